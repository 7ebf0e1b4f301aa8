import Diagnostics
import Syntax
import Testing

@Suite("Refusing what must not be read")
struct HostileTests {
    static let snippets: [(String, [String])] = [
        // Quotes and brackets, where they begin.
        ("a: \"x\ny: z\n", ["1:4 E100"]),
        ("a: \"x\nb: \"y\"\n", ["1:4 E100"]),
        ("a: [x, y\nb: c\n", ["1:4 E100"]),
        ("u:\n  - { email: a\n  - { email: b }\n", ["2:5 E100"]),
        ("roles: [\n  \"a\"\n  \"b\"\n]\n", ["3:3 E100"]),
        ("a: [x", ["1:4 E100"]),
        // Tabs, colons, indentation.
        ("a:\n\t- b\n", ["2:1 E100"]),
        ("a: b\n\tc: d\n", ["2:1 E100"]),
        ("a: b: c\n", ["1:5 E100"]),
        ("key:\"x\"\n", ["1:4 E100"]),
        ("key:\"x\"\nb: c\n", ["1:4 E100"]),
        ("b: c\nkey:\"x\"\nd: e\n", ["2:4 E100"]),
        ("k: {a:\"x\", d:e}\n", ["1:6 E100", "1:13 E100"]),
        ("a: b\nfoo\nc: d\n", ["2:1 E100"]),
        ("a: b\n  c: d\n", ["2:3 E100"]),
        ("a:\n  b: c\n d: e\n", ["3:2 E100"]),
        ("a: b\n- c\n", ["2:1 E100"]),
        ("a: @x\n", ["1:4 E100"]),
        ("a: >b\n", ["1:5 E100"]),
        ("a: \"\\q\"\n", ["1:5 E100"]),
        // Directives, tags, keys.
        ("%FOO bar\n---\na: b\n", ["1:1 E100"]),
        ("%YAML 1.3\n---\na: b\n", ["1:1 E100"]),
        ("%TAG !e! tag:e,2000:\n---\na: b\n", ["1:1 E100"]),
        ("a: !foo b\nc: !!omap []\n", ["1:4 E100", "2:4 E100"]),
        ("a: !!int 5\nb: !!bool true\nc: !!str x\nd: !!seq [!!null null]\n", []),
        ("a: !!binary eA==\nb: !!timestamp 2027-01-01\n", ["1:4 E100", "2:4 E100"]),
        ("a: !!map x\n", ["1:4 E100"]),
        ("? [a]\n: b\n{{ x }}: d\n", ["1:3 E100", "3:2 E100"]),
        ("a: 1\nb: 2\na: 3\n", ["3:1 E103"]),
        ("k: &k a\na: 1\n*k : 2\n", ["1:7 E103"]),
        ("x: &x {a: 1}\ny: {<<: *x, <<: *x}\n", ["2:13 E103"]),
        ("y: {<<: [a]}\n", ["1:9 E100"]),
        // Aliases.
        ("a: *x\n", ["1:4 E100"]),
        ("a: &a [*a]\n", ["1:8 E100"]),
        ("a: &a b\n---\nc: *a\n", ["3:4 E100"]),
        // Merge conflicts and characters.
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", ["2:1 E100"]),
        ("a: b\u{202E}c\n# é\u{2066}\nd: e\n", ["1:5 E108", "2:4 E108"]),
        ("a: \"x\u{2028}y\"\nb: \u{85}\n", ["1:6 E108", "2:4 E108"]),
        ("a: b\u{0}\nc: \u{1B}[31m\n# \u{7F}\n", ["1:5 E108", "2:4 E108", "3:3 E108"]),
        ("a: \"\\u0000\\e\"\nb: \"\\u202e\"\nc: \"\\r\"\n", ["1:5 E108", "2:5 E108", "3:5 E108"]),
        ("a: \u{FEFF}b\n", ["1:4 E108"]),
        ("a: b\rc: d\r", ["1:5 E100"]),
        // What such a line end makes of its line is not a second mistake.
        ("a: b\rc\n", ["1:5 E100"]),
        ("a: ok\u{2028}b: c\n", ["1:6 E108"]),
        ("a: ok\u{85}b: c\nd: [\n", ["1:6 E108"]),
        // One mistake does not hide the others.
        (
            "a: 1\na: 2\nb: *x\nc: !x y\n# \u{202E}\nd: [\n",
            ["3:4 E100", "4:4 E100", "5:3 E108", "6:4 E100"]
        ),
    ]

    @Test("each is reported where it begins", arguments: snippets)
    func place(text: String, codes: [String]) {
        #expect(Reading(text).codes == codes)
    }

    @Test("bytes that are not UTF-8 have a line and a column")
    func encodings() {
        let text: (String, [UInt8]) -> [UInt8] = { Array($0.utf8) + $1 }
        #expect(Reading(bytes: text("a: b\nc: é", [0xFF])).codes == ["2:5 E100"])
        #expect(Reading(bytes: text("a: ", [0xC0, 0xAF])).codes == ["1:4 E100"])
        #expect(Reading(bytes: text("a: ", [0xED, 0xA0, 0x80])).codes == ["1:4 E100"])
        #expect(
            Reading(bytes: text("a: ", [0xE2, 0x82])).complaints
                == ["1:4 E100 encoding: the file ends in the middle of a UTF-8 character."])
        #expect(
            Reading(bytes: [0xFF, 0xFE, 0x61, 0x00]).complaints
                == ["1:1 E100 encoding: the file is UTF-16 (little-endian), not UTF-8."])
        #expect(
            Reading(bytes: [0, 0, 0, 0x61, 0, 0, 0, 0x3A]).complaints
                == ["1:1 E100 encoding: the file is UTF-32 (big-endian), not UTF-8."])
    }

    @Test("limits hold for nesting, texts, keys, values and what aliases expand to")
    func limits() {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(Reading(deep).complaints.isEmpty)
        #expect(Reading("[" + deep + "]").codes == ["1:65 E116"])
        #expect(Reading(String(repeating: "- ", count: 100_000)).codes == ["1:129 E116"])
        #expect(Reading("a: " + String(repeating: "x", count: 65_537)).codes == ["1:4 E116"])
        #expect(Reading(String(repeating: "k", count: 257) + ": b\n").codes == ["1:1 E116"])
        #expect(Reading(String(repeating: "k", count: 1_100) + ": b\n").codes == ["1:1 E116"])
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1..<20 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(Reading(bomb).diagnostics.map(\.code) == ["E116"])
        var limits = Limits()
        limits.fileBytes = 3
        #expect(Reading("a: b", limits: limits).diagnostics.map(\.code) == ["E116"])
    }

    @Test("twenty are enough for one file")
    func twenty() {
        #expect(Reading(String(repeating: "- {a: 1, a: 2}\n", count: 50)).diagnostics.count == 20)
    }

    @Test("a duplicate key points at the first, however many there are")
    func duplicates() {
        let many = (0..<1_000).map { "k\($0): v\n" }.joined()
        let reading = Reading(many + "k7: w\n")
        #expect(reading.codes == ["1001:1 E103"])
        #expect(reading.diagnostics[0].notes.map { $0.span?.start } == [42])
    }
}
