package import AccessModel
package import Diagnostics

/// Who wrote a line of a file that git keeps.
package struct LineOrigin: Hashable, Sendable {
    package struct Commit: Hashable, Sendable {
        package var id: String
        /// The author's name, as the commit has it.
        package var author: String
        package var at: Instant
        /// The first line of its message.
        package var summary: String

        package init(id: String, author: String, at: Instant, summary: String) {
            self.id = id
            self.author = author
            self.at = at
            self.summary = summary
        }
    }

    /// `nil`: not committed yet.
    package var commit: Commit?
    /// A shallow clone ends there: the line may be older than the commit.
    package var isCutOff: Bool

    package init(commit: Commit?, isCutOff: Bool = false) {
        self.commit = commit
        self.isCutOff = isCutOff
    }
}

extension GitRepository {
    /// Who wrote these lines of a project's files; those that git knows nothing of are left out.
    ///
    /// git is asked once for each file. Nothing is wrong with a folder that is no repository, or
    /// with a machine without git: then nobody is known.
    package static func lines(
        at locations: [Location], of folder: ProjectFolder
    ) -> [Location: LineOrigin] {
        let root = folder.root
        guard case .success = run(["rev-parse", "--git-dir"], in: root) else { return [:] }
        var found: [Location: LineOrigin] = [:]
        let byFile = Dictionary(grouping: Set(locations), by: \.file)
        for file in byFile.keys.sorted() {
            let places = byFile[file] ?? []
            let numbers = Set(places.map(\.line))
            let lines = lines(numbers, of: file, in: root)
            for place in places { found[place] = lines[place.line] }
        }
        if found.values.contains(where: \.isCutOff), !isShallow(root) {
            // Without a cut it is the commit with which the history began.
            for place in found.keys { found[place]?.isCutOff = false }
        }
        return found
    }

    private static func lines(
        _ numbers: Set<Int>, of file: String, in root: String
    ) -> [Int: LineOrigin] {
        let ranges = numbers.sorted().flatMap { ["-L", "\($0),\($0)"] }
        let arguments = ["blame", "--porcelain", "--no-textconv"] + ranges + ["--", file]
        switch run(arguments, in: root) {
        case .success(let output): return Blame(output).lines
        case .failure:
            let isCommitted = headCommit(of: root) != nil && isTracked(joined(root, file))
            guard !isCommitted else { return [:] }
            return Dictionary(
                numbers.map { ($0, LineOrigin(commit: nil)) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    private static func isShallow(_ root: String) -> Bool {
        guard case .success(let answer) = run(["rev-parse", "--is-shallow-repository"], in: root)
        else { return false }
        return answer.starts(with: "true".utf8)
    }
}

/// What `git blame --porcelain` writes: a header for each line, and what a commit is where it comes
/// first.
package struct Blame: Sendable {
    package private(set) var lines: [Int: LineOrigin] = [:]
    private var commits: [String: LineOrigin] = [:]

    package init(_ output: [UInt8]) {
        var header: (id: String, line: Int)?
        var fields: [String: String] = [:]
        for bytes in output.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if bytes.first == 0x09 {
                // The line itself ends what is said of it.
                if let header { finish(header, fields) }
                (header, fields) = (nil, [:])
                continue
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let words = text.split(separator: " ", maxSplits: 1)
            guard let first = words.first else { continue }
            let rest = words.count > 1 ? String(words[1]) : ""
            if header != nil {
                fields[String(first)] = rest
            } else if let number = rest.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
            {
                header = (String(first), number)
            }
        }
    }

    private mutating func finish(_ header: (id: String, line: Int), _ fields: [String: String]) {
        if commits[header.id] == nil {
            let isCommitted = header.id.contains { $0 != "0" }
            commits[header.id] = LineOrigin(
                commit: !isCommitted
                    ? nil
                    : LineOrigin.Commit(
                        id: header.id, author: fields["author"] ?? "",
                        at: Instant(seconds: fields["author-time"].flatMap { Int64($0) } ?? 0),
                        summary: fields["summary"] ?? ""),
                isCutOff: fields["boundary"] != nil)
        }
        lines[header.line] = commits[header.id]
    }
}
