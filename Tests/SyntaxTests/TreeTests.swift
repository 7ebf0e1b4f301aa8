import Diagnostics
import Syntax
import Testing

@Suite("Reading YAML into a tree")
struct TreeTests {
    @Test(
        "spans are the exact bytes of scalars and collections, without comments, anchors and tags")
    func spans() throws {
        let reading = Reading(
            "é: &x !!str ü v  # c\nb: {c: [1,  2 ]  }\nd:\n  - |\n    foo\n\n  - 'x y'\n")
        let entries = try #require(reading.tree.documents.first).entries
        #expect(reading.complaints.isEmpty)
        #expect(reading.source(of: entries[0].key) == "é")
        #expect(reading.source(of: entries[0].value) == "ü v")
        #expect(reading.source(of: entries[1].value) == "{c: [1,  2 ]  }")
        #expect(reading.source(of: entries[1].value.entries[0].value) == "[1,  2 ]")
        #expect(reading.source(of: entries[2].value) == "- |\n    foo\n\n  - 'x y'")
        #expect(reading.source(of: entries[2].value.elements[0]) == "|\n    foo")
        #expect(entries[2].value.elements[0].text == "foo\n")
        #expect(entries[2].value.elements[1].style == .singleQuoted)
    }

    @Test("a byte order mark at the start shifts the offsets and nothing else")
    func byteOrderMark() throws {
        let reading = Reading("\u{FEFF}a: b\nc: d\n")
        #expect(reading.shape == "{a: b, c: d}")
        let first = try #require(reading.tree.documents.first)
        #expect(first.span.start == 3)
        #expect(first.entries[1].key.span.start == 8)
    }

    @Test(
        "files without content have no documents and no complaints",
        arguments: [
            "", "# c\n", "---\n", "---\n---\n...\n", "\n\n", "\u{FEFF}", "%YAML 1.2\n---\n",
        ])
    func empty(text: String) {
        let reading = Reading(text)
        #expect(reading.complaints.isEmpty)
        #expect(reading.tree.documents.isEmpty)
    }

    @Test("texts are as written, in NFC, with LF for CRLF")
    func texts() {
        #expect(
            Reading("a: e\u{301}\nb: \"\\u0065\\u0301\"\n").shape == "{a: \u{E9}, b: \"\u{E9}\"}")
        #expect(Reading("a: b\r\nc: |\r\n  x\r\n  y\r\n").shape == "{a: b, c: \"x\ny\n\"}")
        #expect(Reading("a: no\nb: +31\nc: 1:30\n").shape == "{a: no, b: +31, c: 1:30}")
        #expect(Reading("a: !!str 5\nb: ! 6\n").shape == "{a: \"5\", b: \"6\"}")
        #expect(Reading("a: x\n  y\nb: 'it''s'\n").shape == "{a: x y, b: \"it's\"}")
    }

    @Test("a value that is not there is missing, an empty text is not")
    func missing() throws {
        let reading = Reading("a:\nb: ~\nc: null\nd: ''\ne: x\nf: !!str\n")
        let entries = try #require(reading.tree.documents.first).entries
        #expect(entries.map(\.value.isMissing) == [true, true, true, false, false, false])
    }

    @Test("an alias is the node that it names, and a merge adds what is not there")
    func aliases() {
        let reading = Reading("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: *x\n")
        #expect(reading.complaints.isEmpty)
        #expect(reading.shape == "{x: {a: 1, b: 2}, y: {b: 3, a: 1}, z: {a: 1, b: 2}}")
    }

    @Test("documents before a syntax error are kept, the one with it is not")
    func documents() {
        let reading = Reading("a: b\n---\nc: d\ne: [\n---\nf: g\n")
        #expect(reading.shape == "{a: b}")
        #expect(reading.codes == ["4:4 E100"])
    }

    @Test("what is refused is left out, and its parent says so")
    func incomplete() throws {
        let reading = Reading("a: *x\nb: [1, \"\\0\"]\n")
        let root = try #require(reading.tree.documents.first)
        #expect(reading.codes == ["1:4 E100", "2:9 E108"])
        #expect(root.isIncomplete)
        #expect(root.entries.count == 1)
        #expect(root.entries[0].value.isIncomplete)
        #expect(root.entries[0].value.elements.map(\.text) == ["1"])
    }
}
