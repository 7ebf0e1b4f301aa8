package import AccessModel
package import Diagnostics
package import Syntax

/// What the manifests of a project say, and everything that is wrong with them.
package struct LoadedManifests: Sendable {
    /// What could be understood; `nil` only when there is no usable Project document.
    package var desired: DesiredState?
    package var provenance: Provenance
    package var sources: SourceMap
    /// By file, position and code.
    package var diagnostics: [Diagnostic]
    /// How many files were read.
    package var files: Int

    package init(
        desired: DesiredState?, provenance: Provenance = Provenance(),
        sources: SourceMap = SourceMap(), diagnostics: [Diagnostic] = [], files: Int = 0
    ) {
        self.desired = desired
        self.provenance = provenance
        self.sources = sources
        self.diagnostics = diagnostics
        self.files = files
    }

    /// Something in it is an error, so that what it declares is not to be relied on.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// The settings of a project alone: enough to walk its folder, and for commands that need no more.
package struct LoadedProject: Sendable {
    /// `nil` when the file has no usable Project document, which an error then says.
    package var project: Project?
    package var sources: SourceMap
    package var diagnostics: [Diagnostic]

    package init(project: Project?, sources: SourceMap, diagnostics: [Diagnostic]) {
        self.project = project
        self.sources = sources
        self.diagnostics = diagnostics
    }
}

/// All manifests of a project, `muster.yaml` among them, in any order.
///
/// The result does not depend on the order of the files. `now` decides what expires soon. `limits`
/// hold as they are given: whoever reads the project first lowers them by its `limits`.
///
/// - Parameter hasUnread: there are files that could not be read. They may declare anything, so
///   nothing is unknown, and the project is not empty.
/// - Parameter strict: tell what is right and of no use, too.
package func load(
    _ files: [SourceFile], limits: Limits, now: Instant, hasUnread: Bool = false,
    strict: Bool = false
) -> LoadedManifests {
    ReadManifests(
        files,
        Findings(limits: limits, now: now, hasUnread: hasUnread, isStrict: strict)
    ).loaded(hasUnread: hasUnread)
}

/// The Project document of `muster.yaml`; other documents in it are left for `load`.
package func loadProject(_ file: SourceFile, limits: Limits, now: Instant) -> LoadedProject {
    var findings = Findings(limits: limits, now: now)
    var sources = SourceMap()
    let id = sources.add(file)
    let (tree, diagnostics) = parse(file, as: id, limits: limits)
    for diagnostic in diagnostics { findings.add(diagnostic) }
    let node = tree.documents.first { node in
        node.entries.contains { $0.key.says("kind") && $0.value.says(text: Kind.project.rawValue) }
    }
    if node == nil {
        for document in tree.documents { _ = kind(of: document, &findings) }
        if !findings.diagnostics.contains(where: { $0.severity == .error }) {
            findings.add(.noProject(at: Span(file: id, start: 0, end: 0)))
        }
    }
    let project = node.flatMap { ProjectManifest($0, &findings) }
    return LoadedProject(
        project: project?.project, sources: sources, diagnostics: findings.sorted(in: sources))
}

func state(
    of documents: Documents, home: FileID?, _ provenance: inout Provenance,
    _ findings: inout Findings
) -> DesiredState? {
    // The one in muster.yaml is the project; others are declared a second time.
    let atHome = documents.projects.filter { $0.span.file == home }
    let elsewhere = documents.projects.filter { $0.span.file != home }
    let projects = firstDeclarations(
        of: atHome + elsewhere, by: { _ in 0 }, at: \.span, about: { _ in .address(.project) },
        &findings)
    // Without a project the rest is looked at all the same, so that all mistakes are told at once.
    let project = projects.first?.project ?? Project(name: "")
    if let span = projects.first?.span { provenance.add(.project, at: span) }
    let state = DesiredState(documents, project: project, &provenance, &findings)
    return projects.isEmpty ? nil : state
}
