/// A story: commands, the files that they meet, and what must come of them.
///
/// Line based. A story runs in a copy of its own folder, with an environment of its own: `PATH`,
/// `HOME` (an empty folder), `WORK` (the copy), and what the story sets. With a PostgreSQL server,
/// `$SERVER` is its URL, `$POOLER` the one by way of PgBouncer, and `$SCHEMA` a name that nobody
/// has used there; `$SECURE` is a port of localhost where a server asks for TLS and a password, and
/// `$AUTHORITY` the folder with the certificates `ca.crt`, which vouches for it, and `other.crt`.
///
///     # a comment; the first one is the story's sentence
///     env NAME=VALUE          from here on
///     file PATH               writes a file: the lines up to `end`, less four spaces of indent
///     $ muster plan …         runs a command; the lines below it, up to the next, are about it
///     exit 3                  its exit code (0 when not said); `exit !0`: anything but 0
///     out> text               standard output contains the text
///     err> text               standard error does
///     all> text               one of them does
///     !out> !err> !all>       it does not
///     out= plan.txt           standard output is this file, to the byte (UPDATE_SNAPSHOTS=1)
///     in> line                a line of standard input
///     save NAME REGEX         the first group's (or the whole) match in standard output
///     token NAME ADDRESS DIR  the token in the newest letter to the address in a maildir
///
/// `$NAME` and `${NAME}` stand for values in commands and expectations, but not in single quotes.
/// Quotes and backslashes mean in commands what they mean to a shell; nothing else does, for there
/// is none: `$ sh -c '…'` starts one.
struct Story: Sendable {
    enum Stream: String, Sendable { case out, err, all }

    enum Expectation: Sendable {
        case exit(Int32)
        case anyFailure
        case contains(Stream, String)
        case lacks(Stream, String)
        case snapshot(String)
        case save(name: String, pattern: String)
        case token(name: String, address: String, maildir: String)
    }

    struct Command: Sendable {
        var line: Int
        var text: String
        var input: [String] = []
        var expectations: [(line: Int, Expectation)] = []
    }

    enum Step: Sendable {
        case set(name: String, value: String)
        case write(path: String, text: String)
        case run(Command)
    }

    struct Malformed: Error, CustomStringConvertible {
        var line: Int
        var text: String
        var description: String { "line \(line) of the story is not understood: \(text)" }
    }

    /// What it tells, for the test's name.
    private(set) var sentence = ""
    private(set) var steps: [Step] = []

    init(parsing text: String) throws(Malformed) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().map { (number: $0 + 1, text: String($1)) }[...]
        while let (number, line) = lines.popFirst() {
            if line.isEmpty { continue }
            if line.hasPrefix("#") {
                if sentence.isEmpty { sentence = String(line.dropFirst(2)) }
                continue
            }
            if let path = line.removing(prefix: "file ") {
                steps.append(.write(path: path, text: Self.block(from: &lines)))
            } else if let command = line.removing(prefix: "$ ") {
                steps.append(.run(Command(line: number, text: command)))
            } else if let (name, value) = line.removing(prefix: "env ")?.splitOnce("=") {
                steps.append(.set(name: name, value: value))
            } else if case .run(var command)? = steps.last {
                if let input = line.removing(prefix: "in> ") {
                    command.input.append(input)
                } else if let expectation = Self.expectation(line) {
                    command.expectations.append((number, expectation))
                } else {
                    throw Malformed(line: number, text: line)
                }
                steps[steps.count - 1] = .run(command)
            } else {
                throw Malformed(line: number, text: line)
            }
        }
    }

    private static func block(from lines: inout ArraySlice<(number: Int, text: String)>) -> String {
        var block = ""
        while let (_, line) = lines.popFirst(), line != "end" {
            block += (line.removing(prefix: "    ") ?? line) + "\n"
        }
        return block
    }

    private static func expectation(_ line: String) -> Expectation? {
        if line == "exit !0" { return .anyFailure }
        if let code = line.removing(prefix: "exit ").flatMap({ Int32($0) }) { return .exit(code) }
        if let path = line.removing(prefix: "out= ") { return .snapshot(path) }
        if let (name, pattern) = line.removing(prefix: "save ")?.splitOnce(" ") {
            return .save(name: name, pattern: pattern)
        }
        if let words = line.removing(prefix: "token ")?.split(separator: " "), words.count == 3 {
            return .token(
                name: String(words[0]), address: String(words[1]), maildir: String(words[2]))
        }
        let negated = line.hasPrefix("!")
        guard let (name, text) = line.dropFirst(negated ? 1 : 0).description.splitOnce("> "),
            let stream = Stream(rawValue: name)
        else { return nil }
        return negated ? .lacks(stream, text) : .contains(stream, text)
    }
}

extension String {
    func removing(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }

    func splitOnce(_ separator: Character) -> (String, String)? {
        splitOnce(String(separator))
    }

    func splitOnce(_ separator: String) -> (String, String)? {
        guard let range = firstRange(of: separator) else { return nil }
        return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
    }
}
