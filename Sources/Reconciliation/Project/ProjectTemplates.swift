package import AccessModel
package import Diagnostics
package import Invitations
package import Syntax

/// The templates of a project's own, with what is wrong with them.
package struct ProjectTemplates: Sendable {
    package var templates: LetterTemplates
    /// E111, E114, W114.
    package var diagnostics: [Diagnostic]
}

extension ProjectFolder {
    /// The files of `invitations/` that letters could be made of: texts and pages. A folder that is
    /// not there has none, and that of another project is its own.
    package func templateFiles(ignore: [String] = [], limits: Limits = Limits()) -> ProjectFiles {
        var result = ProjectFiles()
        let folder = TemplateName.folder
        guard case .success(let place) = FileSystem.resolved(joined(root, folder)),
            case .success(let names) = FileSystem.names(in: place),
            !names.contains(Array(FileName.project.utf8))
        else { return result }
        let globs = ignore.map(Glob.init)
        for bytes in names {
            guard let name = String(validating: bytes, as: UTF8.self), !FileName.isHidden(name),
                !FileName.isLeftover(name), name.hasSuffix(".txt") || name.hasSuffix(".html")
            else { continue }
            let path = joined(folder, name)
            guard !globs.contains(where: { $0.matches(path) }) else { continue }
            guard result.files.count < limits.files else { break }
            read(path, limits, &result)
        }
        result.sort()
        return result
    }

    private func read(_ path: String, _ limits: Limits, _ result: inout ProjectFiles) {
        let target: String
        switch FileSystem.resolved(joined(root, path)) {
        case .success(let found): target = found
        case .failure(let failure):
            return result.refuse(path, "it cannot be read: \(failure.reason).")
        }
        guard target.hasPrefix(root == "/" ? "/" : root + "/") else {
            return result.refuse(
                path, "it is a symbolic link that leaves the project.",
                help: "Copy the file into the project.")
        }
        let limit = min(LetterTemplate.maximumSize, limits.fileBytes)
        switch FileSystem.content(of: target, limit: limit) {
        case .success(.bytes(let bytes)): result.files.append(SourceFile(path: path, bytes: bytes))
        case .success(.tooBig(let size)):
            result.diagnostics.append(.templateTooBig(visible(path), size, limit))
        case .success(.notAFile):
            result.refuse(path, "it is not a file.", help: "Move it out of the folder.")
        case .success(.changed):
            result.refuse(path, "it was changed while it was read.", help: "Run it again.")
        case .failure(let failure):
            result.refuse(path, "it cannot be read: \(failure.reason).")
        }
    }
}

/// The templates that files are, and what is wrong with them.
///
/// - Parameter sources: gets the files that something is said about.
package func projectTemplates(
    _ files: ProjectFiles, for settings: InvitationSettings, _ sources: inout SourceMap
) -> ProjectTemplates {
    var result = ProjectTemplates(templates: LetterTemplates(), diagnostics: [])
    var names: Set<TemplateName> = []
    for diagnostic in files.diagnostics {
        var diagnostic = diagnostic
        let file = sources.add(SourceFile(path: diagnostic.subject, bytes: []))
        diagnostic.span = Span(file: file, start: 0, end: 0)
        result.diagnostics.append(diagnostic)
    }
    for file in files.files {
        guard let name = TemplateName(file: String(file.path.dropFirst(folderLength))) else {
            result.diagnostics.append(.noTemplate(file, at: sources.start(of: file)))
            continue
        }
        names.insert(name)
        let problems = problems(of: file, as: name, settings, &result.templates)
        guard !problems.isEmpty else { continue }
        let id = sources.add(file)
        result.diagnostics += problems.map { problem in
            .brokenTemplate(
                problem, in: file.path, at: Span(file: id, start: problem.start, end: problem.end))
        }
    }
    for file in files.files {
        guard let name = TemplateName(file: String(file.path.dropFirst(folderLength))) else {
            continue
        }
        var other = name
        other.format = name.format == .text ? .html : .text
        if !names.contains(other), !names.contains(TemplateName(other.kind, other.format)) {
            result.diagnostics.append(
                .halfReplaced(file.path, missing: other.file, at: sources.start(of: file)))
        }
    }
    return result
}

private let folderLength = TemplateName.folder.count + 1

/// What is wrong with a file, which is taken if nothing is.
private func problems(
    of file: SourceFile, as name: TemplateName, _ settings: InvitationSettings,
    _ templates: inout LetterTemplates
) -> [TemplateProblem] {
    do {
        try templates.replace(name, with: file.bytes)
    } catch {
        return error.list
    }
    let problem = templates.linkProblem(
        of: name, acceptURL: settings.acceptURL, asks: settings.acceptance == .required)
    return problem.map { [$0] } ?? []
}

extension SourceMap {
    /// Its bytes are left out: what reads manifests again must not find any here.
    fileprivate mutating func start(of file: SourceFile) -> Span {
        Span(file: add(SourceFile(path: file.path, bytes: [])), start: 0, end: 0)
    }
}
