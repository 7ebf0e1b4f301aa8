internal import AccessModel
internal import Diagnostics
internal import Syntax

/// The files of a project, each read by itself.
struct ReadManifests: Sendable {
    private let none: Findings
    private let condensing: Condensing?
    private var read: [FileReading]

    let sources: SourceMap

    /// - Parameters:
    ///   - none: No findings, and what is to be known for more.
    ///   - condensing: Plain users of identities are kept as rosters alone.
    init(_ files: [SourceFile], _ none: Findings, _ condensing: Condensing? = nil) {
        let files = files.sorted { $0.path < $1.path }
        var sources = SourceMap()
        let ids = files.map { sources.add($0) }
        self.sources = sources
        self.none = none
        self.condensing = condensing
        let isLong = files.reduce(0) { $0 + $1.bytes.count } > 1 << 18
        let watched = WorkCount.watched
        watched?.begin(.files, of: files.count)
        read = values(of: files.indices, inParallel: isLong) { index in
            let known = condensing?.known[files[index].path]
            let file =
                known.flatMap { FileReading($0, of: files[index], as: ids[index], none) }
                ?? FileReading(files[index], as: ids[index], none, condensing)
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

    /// The files that are known.
    var known: Set<FileID> {
        Set(
            read.indices.filter { condensing?.known[sources.files[$0].path] != nil }
                .map(FileID.init))
    }

    /// What each file amounts to whose bytes tell all of it, by its path.
    var condensedFiles: [String: CondensedFile] {
        guard let condensing else { return [:] }
        let found = values(of: read.indices, inParallel: true) { place in
            condensing.known[sources.files[place].path] ?? read[place].condensed
        }
        return Dictionary(uniqueKeysWithValues: zip(sources.files.map(\.path), found))
            .compactMapValues(\.self)
    }

    /// Reads files after all that were not, because others of the same bytes had been.
    mutating func open(where isWanted: @Sendable (IdentityManifest) -> Bool) {
        update { [sources, none, condensing] place, file in
            if file.documents.identities.contains(where: { $0.isClosed && isWanted($0) }) {
                let id = FileID(place)
                file = FileReading(sources[id], as: id, none, condensing)
            }
        }
    }

    /// Declares these people wherever they were condensed, and nobody else who was.
    mutating func restore(_ people: Set<EmailAddress>) {
        let marks = Set(people.map { Face($0).address })
        open { $0.condensed?.faces.contains { marks.contains($0.address) } ?? false }
        update { _, file in file.documents.restore(marks) }
    }

    private mutating func update(_ change: @Sendable (Int, inout FileReading) -> Void) {
        let current = read
        read = values(of: read.indices, inParallel: true) { place in
            var file = current[place]
            change(place, &file)
            return file
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
            diagnostics: findings.sorted(in: sources), files: read.count)
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
        let reader = condensing.map { PlainUsers(limit: none.limits.nameScalars, $0.digest) }
        let (tree, diagnostics) = parse(file, as: id, limits: none.limits, handing: reader)
        for diagnostic in diagnostics { findings.add(diagnostic) }
        documents.read(tree, &findings)
        if diagnostics.contains(where: { $0.severity == .error }) || findings.isFull(id) {
            isReadable = false
            findings.noteBroken(file.bytes)
        }
        guard let reader else { return }
        reader.finish()
        if !isReadable || !documents.condense(reader.lists, reader.none) {
            self = FileReading(file, as: id, none)
        }
    }

    /// A file that has the bytes of one that is known; `nil` where that cannot be.
    init?(_ known: CondensedFile, of file: SourceFile, as id: FileID, _ none: Findings) {
        guard let documents = known.documents(in: id, file.bytes) else { return nil }
        self.documents = documents
        findings = none
    }

    /// `nil` where its bytes alone do not tell what it amounts to.
    var condensed: CondensedFile? {
        isReadable && findings.diagnostics.isEmpty && findings.loose.isEmpty
            ? CondensedFile(documents) : nil
    }
}

private func projectPlace(in sources: SourceMap) -> Span? {
    guard !sources.files.isEmpty else { return nil }
    let index = sources.files.firstIndex { $0.path == "muster.yaml" } ?? 0
    return Span(file: FileID(index), start: 0, end: 0)
}
