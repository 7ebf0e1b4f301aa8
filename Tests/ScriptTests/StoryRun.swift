import FoundationEssentials
import Glibc
import Support

/// One telling of a story, in a folder that is gone afterwards.
struct StoryRun {
    /// What a story may run; whatever else it needs, `sh` can start.
    private static let tools: Set<String> = [
        "muster", "cat", "chmod", "cmp", "cp", "diff", "git", "grep", "head", "ln", "ls", "mkdir",
        "mv", "psql", "python3", "rm", "sed", "sh", "sqlite3", "touch",
    ]

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let origin: String?
    private let base: String
    private var values: [String: String] = [:]
    private var environment: [String: String]

    private var work: String { base + "/story" }

    /// Copies the story's folder, when it has one.
    ///
    /// - Parameter shared: The story's own store gives way to a shared one.
    init(folder: String?, program: String, shared: Bool = false) throws {
        origin = folder
        let files = FileManager.default
        var template = Array(("/tmp/muster-story-" + String(repeating: "X", count: 6)).utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no temporary folder") }
        base = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for name in ["home", "bin", "scratch"] {
            try files.createDirectory(
                atPath: base + "/" + name, withIntermediateDirectories: false)
        }
        try files.createSymbolicLink(
            atPath: base + "/bin/muster", withDestinationPath: program)
        if let folder {
            try files.copyItem(atPath: folder, toPath: base + "/story")
            try? files.removeItem(atPath: base + "/story/.muster")
        } else {
            try files.createDirectory(atPath: base + "/story", withIntermediateDirectories: false)
        }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        environment = [
            "PATH": base + "/bin:" + path, "HOME": base + "/home", "WORK": base + "/story",
            "MUSTER_CACHE": "off",
        ]
        values["WORK"] = base + "/story"
        values["HOME"] = base + "/home"
        if PostgresServer.isThere {
            values["SCHEMA"] = PostgresServer.newSchema()
            values["SERVER"] = PostgresServer.direct
            values["SECURE"] = PostgresServer.secure.port
            values["AUTHORITY"] = PostgresServer.secure.authority
            values["POOLER"] = PostgresServer.pooler
        }
        if shared {
            environment["MUSTER_STORE"] = PostgresServer.newStore()
            environment["MUSTER_INVITATION_KEY"] = String(repeating: "0123456789abcdef", count: 4)
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: base) }

    mutating func tell(_ story: Story) throws {
        for step in story.steps {
            switch step {
            case .set(let name, let value):
                let expanded = CommandWords.expanded(value, values)
                environment[name] = expanded
                values[name] = expanded
            case .write(let path, let text):
                let url = URL(filePath: work + "/" + path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            case .run(let command):
                try run(command)
            }
        }
    }

    private mutating func run(_ command: Story.Command) throws {
        let words = CommandWords.words(of: command.text, values)
        guard let tool = words.first, Self.tools.contains(tool) else {
            throw Failure(
                description: "line \(command.line): not a tool of stories: \(command.text)")
        }
        let input = command.input.map { $0 + "\n" }.joined()
        let result = try ProcessRun.of(
            words, in: work, input: input, environment: environment, scratch: base + "/scratch")
        var problems = try differencesWithCache(words, input, result)
        if !command.expectations.contains(where: { $0.1.isExit }), result.exit != 0 {
            problems.append("line \(command.line): exit \(result.exit) instead of 0")
        }
        for (line, expectation) in command.expectations {
            if let problem = try problem(with: expectation, in: result) {
                problems.append("line \(line): \(problem)")
            }
        }
        guard problems.isEmpty else {
            throw Failure(
                description: """
                    \(problems.joined(separator: "\n"))
                    $ \(command.text)
                    exit \(result.exit)
                    --- standard output
                    \(result.out.prefix(6_000))
                    --- standard error
                    \(result.err.prefix(6_000))
                    ---
                    """)
        }
    }

    /// What `plan` and `drift` say otherwise when they remember nothing yet and may remember, and
    /// when they have just been asked the same: nothing, whatever the story did before.
    private func differencesWithCache(
        _ words: [String], _ input: String, _ result: ProcessRun
    ) throws -> [String] {
        guard words.first == "muster", !Set(words).isDisjoint(with: ["plan", "drift"]),
            environment["MUSTER_CLOCK"] != nil, environment["MUSTER_CACHE"] == "off",
            !words.contains("--redact") || environment["MUSTER_REDACT_KEY"] != nil
        else { return [] }
        // A store that somebody has only just written to is not remembered.
        usleep(25_000)
        var remembering = environment
        remembering["MUSTER_CACHE"] = "always"
        return try ["cold", "warm"].compactMap { state in
            let again = try ProcessRun.of(
                words, in: work, input: input, environment: remembering,
                scratch: base + "/scratch")
            guard (again.exit, again.out, again.err) != (result.exit, result.out, result.err)
            else { return nil }
            return "with a \(state) cache: exit \(again.exit)\n\(again.out)\n\(again.err)"
        }
    }

    private mutating func problem(
        with expectation: Story.Expectation, in result: ProcessRun
    ) throws -> String? {
        switch expectation {
        case .exit(let code):
            return result.exit == code ? nil : "exit \(result.exit) instead of \(code)"
        case .anyFailure:
            return result.exit == 0 ? "exit 0, and a failure was expected" : nil
        case .contains(let stream, let text):
            let wanted = CommandWords.expanded(text, values)
            return result[stream].contains(wanted) ? nil : "not in \(stream): \(wanted)"
        case .lacks(let stream, let text):
            let unwanted = CommandWords.expanded(text, values)
            return result[stream].contains(unwanted) ? "in \(stream): \(unwanted)" : nil
        case .snapshot(let path):
            return try problem(withSnapshot: path, result.out)
        case .save(let name, let pattern):
            guard let match = try result.out.firstMatch(of: Regex(pattern)) else {
                return "no match of \(pattern)"
            }
            values[name] = String(match[match.count > 1 ? 1 : 0].substring ?? "")
            return nil
        case .token(let name, let address, let maildir):
            guard let token = try Maildir(path: work + "/" + maildir).token(for: address) else {
                return "no letter with a token to \(address) in \(maildir)"
            }
            values[name] = token
            return nil
        }
    }

    private func problem(withSnapshot path: String, _ text: String) throws -> String? {
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1", let origin {
            try Data(text.utf8).write(to: URL(filePath: origin + "/" + path))
            return nil
        }
        let expected = try? Data(contentsOf: URL(filePath: work + "/" + path))
        guard let expected else { return "there is no \(path); UPDATE_SNAPSHOTS=1 writes it" }
        return Array(expected) == Array(text.utf8) ? nil : "standard output is not \(path)"
    }
}

extension Story.Expectation {
    fileprivate var isExit: Bool {
        switch self {
        case .exit, .anyFailure: true
        case .contains, .lacks, .snapshot, .save, .token: false
        }
    }
}

extension ProcessRun {
    fileprivate subscript(stream: Story.Stream) -> String {
        switch stream {
        case .out: out
        case .err: err
        case .all: out + "\n" + err
        }
    }
}
