/// A file that is as large as it may be, made when it is needed.
struct LargeInput: Sendable {
    let name: String
    /// `line:column: error[CODE]`, or the code alone where the place depends on the size.
    let answer: String
    let head: String
    let line: String
    let tail: String

    init(
        _ name: String, _ answer: String, _ head: String = "", each line: String,
        _ tail: String = ""
    ) {
        (self.name, self.answer, self.head, self.line, self.tail) = (name, answer, head, line, tail)
    }

    /// At most `size` bytes; `#n` in a line is its number.
    func bytes(upTo size: Int) -> [UInt8] {
        var bytes = Array(head.utf8)
        bytes.reserveCapacity(size)
        let parts = line.split(separator: "#n", omittingEmptySubsequences: false).map {
            Array($0.utf8)
        }
        let room = size - tail.utf8.count
        var number = 0
        while true {
            let mark = bytes.count
            bytes += parts[0]
            for part in parts.dropFirst() {
                bytes += String(number).utf8
                bytes += part
            }
            number += 1
            if bytes.count > room {
                bytes.removeLast(bytes.count - mark)
                break
            }
        }
        return bytes + tail.utf8
    }

    static let all = ofSyntax + ofLists

    static let role = "kind: Role\nname: access_read\ntitle: Read access\n"
    static let tenant =
        role + "---\nkind: Tenant\nname: production\navailableRoles: [access_read]\n---\n"
    static let members = tenant + "kind: Members\ntenant: production\nadmins:\n"

    private static let ofSyntax = [
        // Nesting.
        LargeInput("brackets", "1:65: error[E116]", each: "["),
        LargeInput("braces", "1:65: error[E116]", each: "{"),
        LargeInput("dashes", "1:129: error[E116]", each: "- "),
        LargeInput("questions", "1:129: error[E116]", each: "? "),
        // One thing without an end.
        LargeInput("quote", "1:4: error[E100]", "a: \"", each: "x"),
        LargeInput("single quotes", "1:4: error[E1", "a: ", each: "''"),
        LargeInput("escapes", "1:4: error[E116]", "a: \"", each: "\\x41", "\""),
        LargeInput("block text", "1:4: error[E116]", "a: |\n", each: "  x\n"),
        LargeInput("plain text", "1:4: error[E116]", "a: x\n", each: "  word word\n"),
        LargeInput("combining marks", "3:8: error[E116]", role.dropped + " e", each: "\u{301}"),
        LargeInput("marks in a key", "E116", role + "e", each: "\u{301}", ": x\n"),
        LargeInput("exclamation marks", "1:1: error[E100]", each: "!"),
        LargeInput("asterisks", "1:1: error[E100]", each: "*"),
        LargeInput("percent signs", "error[E100]", each: "%"),
        LargeInput("tabs", "1:1: error[E100]", each: "\t"),
        LargeInput("returns", "1:1: error[E100]", each: "\r"),
        LargeInput("blanks", "1:1: error[E110]", each: " "),
        LargeInput("comments", "1:1: error[E110]", each: "# nothing\n"),
        // The same mistake all over.
        LargeInput("conflict markers", "1:1: error[E100]", each: "<<<<<<< HEAD\n"),
        LargeInput("directives", "1:1: error[E100]", each: "%TAG !a! a\n"),
        LargeInput("unknown directives", "1:1: error[E100]", each: "%FOO\n"),
        LargeInput("bidirectional controls", "1:4: error[E108]", "a: ", each: "\u{202E}"),
        LargeInput("NULs", "1:1: error[E108]", each: "\0"),
        LargeInput("byte order marks", "1:2: error[E108]", each: "\u{FEFF}"),
        LargeInput("tags", "1:3: error[E100]", each: "- !x a\n"),
        LargeInput("duplicate keys", "E103", role, each: "title: x\n"),
        LargeInput("unknown kinds", "1:7: error[E101]", each: "kind: X\n---\n"),
        LargeInput("unknown fields", "E101", role, each: "k#n: v\n"),
        LargeInput(
            "unknown roles", "E120", members, each: "- {email: a#n@acme.example, roles: [x]}\n"),
        LargeInput("bad addresses", "E104", members, each: "- {email: a#n.acme.example}\n"),
        LargeInput("one person", "E131", members, each: "- {email: a@acme.example, roles: []}\n"),
        LargeInput("one role", "E131", each: "kind: Role\nname: r\n---\n"),
        LargeInput(
            "one list entry", "E1", role + "---\nkind: Tenant\nname: t\navailableRoles:\n",
            each: "- r\n"),
        // Anchors.
        LargeInput("anchors", "E116", each: "- &a#n x\n"),
        LargeInput("small documents", "E1", each: "a: 1\n---\n"),
        LargeInput("aliases", "E116", "- &a x\n", each: "- *a\n"),
        LargeInput("undefined aliases", "1:3: error[E100]", each: "- *a\n"),
        LargeInput("merges", "E116", "- &a {x: y}\n", each: "- <<: *a\n"),
        LargeInput("anchors in a row", "1:7: error[E100]", "a: ", each: "&a "),
        // Documents.
        LargeInput("documents", "E1", each: "---\n"),
        LargeInput("documents of a word", "1:1: error[E102]", each: "a\n---\n"),
        LargeInput("documents without a key", "E107", each: "kind: Role\n---\n"),
    ]
}

extension String {
    /// Without its last word and what follows it.
    fileprivate var dropped: String {
        lastIndex(of: ":").map { String(self[...$0]) } ?? self
    }
}
