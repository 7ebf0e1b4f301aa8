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
    var findings = Findings(limits: limits, now: now, hasUnread: hasUnread, isStrict: strict)
    var sources = SourceMap()
    var documents = Documents()
    var isReadable = !hasUnread
    let files = files.sorted { $0.path < $1.path }
    let ids = files.map { sources.add($0) }
    let none = findings
    let isLong = files.reduce(0) { $0 + $1.bytes.count } > 1 << 18
    let watched = WorkCount.watched
    watched?.begin(.files, of: files.count)
    let read = values(of: files.indices, inParallel: isLong) { index in
        let file = FileReading(files[index], as: ids[index], none)
        watched?.advance(.files)
        watched?.advance(.users, by: file.documents.userCount)
        return file
    }
    for file in read {
        documents.add(file.documents)
        findings.add(file.findings)
        if !file.isReadable { isReadable = false }
    }
    var provenance = Provenance()
    let home = projectPlace(in: sources)
    let desired = state(of: documents, home: home?.file, &provenance, &findings)
    if isReadable {
        let project =
            documents.projectSpans.first { $0.file == home?.file }
            ?? documents.projectSpans.first
        if project == nil {
            let isTold = home.map { documents.filesWithUnknown.contains($0.file) } ?? false
            if !isTold { findings.add(.noProject(at: home)) }
        } else if documents.others == 0 {
            findings.add(.onlyProject(at: project))
        }
    }
    // What is wrong may be what would make use of something.
    if strict, isReadable, !findings.hasErrors { lint(documents, &findings) }
    return LoadedManifests(
        desired: desired, provenance: provenance, sources: sources,
        diagnostics: findings.sorted(in: sources), files: files.count)
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

/// What one file says by itself, whatever others say.
private struct FileReading {
    var documents = Documents()
    var findings: Findings
    var isReadable = true

    init(_ file: SourceFile, as id: FileID, _ none: Findings) {
        findings = none
        let (tree, diagnostics) = parse(file, as: id, limits: none.limits)
        for diagnostic in diagnostics { findings.add(diagnostic) }
        documents.read(tree, &findings)
        if diagnostics.contains(where: { $0.severity == .error }) || findings.isFull(id) {
            isReadable = false
            findings.noteBroken(file.bytes)
        }
    }
}

private func state(
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

private func projectPlace(in sources: SourceMap) -> Span? {
    guard !sources.files.isEmpty else { return nil }
    let index = sources.files.firstIndex { $0.path == "muster.yaml" } ?? 0
    return Span(file: FileID(index), start: 0, end: 0)
}
