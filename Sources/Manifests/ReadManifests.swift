internal import AccessModel
internal import Diagnostics
internal import Syntax

/// The files of a project, each read by itself.
struct ReadManifests: Sendable {
    private let files: [SourceFile]
    private let ids: [FileID]
    private let none: Findings
    private var read: [FileReading]

    let sources: SourceMap

    /// - Parameters:
    ///   - none: No findings, and what is to be known for more.
    ///   - isCondensing: Plain users of identities are kept as rosters alone.
    init(_ files: [SourceFile], _ none: Findings, isCondensing: Bool = false) {
        let files = files.sorted { $0.path < $1.path }
        var sources = SourceMap()
        let ids = files.map { sources.add($0) }
        self.sources = sources
        self.files = files
        self.ids = ids
        self.none = none
        let isLong = files.reduce(0) { $0 + $1.bytes.count } > 1 << 18
        let watched = WorkCount.watched
        watched?.begin(.files, of: files.count)
        read = values(of: files.indices, inParallel: isLong) { index in
            let condensing = isCondensing ? Condensing(keepsRosters: true) : nil
            let file = FileReading(files[index], as: ids[index], none, condensing)
            watched?.advance(.files)
            watched?.advance(.users, by: file.documents.userCount)
            return file
        }
    }

    /// All documents of all files.
    var documents: Documents {
        var documents = Documents()
        for file in read { documents.add(file.documents) }
        return documents
    }

    /// Reads the files again that condensed one of these people: they are users then.
    mutating func restore(_ people: Set<EmailAddress>) {
        let marks = Set(people.map { Face($0).address })
        let condensing = Condensing(leaving: marks)
        let (files, ids, none) = (files, ids, none)
        let current = read
        read = values(of: read.indices, inParallel: true) { place in
            let file = current[place]
            let isConcerned = file.documents.identities.contains {
                $0.condensed?.faces.contains { marks.contains($0.address) } == true
            }
            return isConcerned
                ? FileReading(files[place], as: ids[place], none, condensing) : file
        }
    }

    /// - Parameter hasUnread: See `load`.
    func loaded(hasUnread: Bool) -> LoadedManifests {
        var findings = none
        let documents = documents
        var isReadable = !hasUnread
        for file in read {
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
        if none.isStrict, isReadable, !findings.hasErrors { lint(documents, &findings) }
        return LoadedManifests(
            desired: desired, provenance: provenance, sources: sources,
            diagnostics: findings.sorted(in: sources), files: files.count)
    }
}

/// What one file says by itself, whatever others say.
private struct FileReading: Sendable {
    var documents = Documents()
    var findings: Findings
    var isReadable = true

    init(
        _ file: SourceFile, as id: FileID, _ none: Findings, _ condensing: Condensing? = nil
    ) {
        findings = none
        let reader = condensing.map {
            PlainUsers(leaving: $0.people, limit: none.limits.nameScalars)
        }
        let (tree, diagnostics) = parse(file, as: id, limits: none.limits, handing: reader)
        for diagnostic in diagnostics { findings.add(diagnostic) }
        documents.read(tree, &findings)
        if diagnostics.contains(where: { $0.severity == .error }) || findings.isFull(id) {
            isReadable = false
            findings.noteBroken(file.bytes)
        }
        guard let condensing, let reader else { return }
        reader.finish()
        if !isReadable || !documents.condense(reader.lists, condensing) {
            self = FileReading(file, as: id, none)
        }
    }
}

private func projectPlace(in sources: SourceMap) -> Span? {
    guard !sources.files.isEmpty else { return nil }
    let index = sources.files.firstIndex { $0.path == "muster.yaml" } ?? 0
    return Span(file: FileID(index), start: 0, end: 0)
}
