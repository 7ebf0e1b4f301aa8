import AccessModel
import Support
import Testing

private typealias Kind = TextProblem.Kind
private typealias Case = (String, Kind?, Kind?, Kind?)

@Suite("Text")
struct TextTests {
    @Test("normalisation gives one spelling, byte for byte")
    func normalisation() {
        #expect(Array(nfc("Jose\u{301}").utf8) == Array("Jos\u{e9}".utf8))
        #expect(Array(nfc("\u{212b}").utf8) == Array("\u{c5}".utf8))
        #expect(Array(nfc("\u{1112}\u{1161}\u{11ab}").utf8) == Array("\u{d55c}".utf8))
        #expect(nfc("plain") == "plain")
        #expect(nfc("") == "")
        #expect(nfc("a\u{0}\u{301}b").utf8.count == 5)
    }

    @Test(
        "each strictness refuses its characters",
        arguments: [
            ("Ann", nil, nil, nil), ("a\nb", .control, .control, nil),
            ("a\u{1b}b", .control, .control, .control), ("a\tb", .control, .control, .control),
            ("a\u{9f}", .control, .control, .control), ("a\u{7f}", .control, .control, .control),
            ("a\u{85}b", .lineBreak, .lineBreak, .lineBreak),
            ("a\u{2029}b", .lineBreak, .lineBreak, .lineBreak),
            ("a\u{2066}b", .bidirectional, .bidirectional, .bidirectional),
            ("a\u{200f}b", .bidirectional, .bidirectional, .bidirectional),
            ("a\u{200d}b", .invisible, .invisible, nil), ("a\u{ad}b", .invisible, .invisible, nil),
            ("a\u{feff}b", .invisible, .invisible, nil), ("\u{3164}", .invisible, .invisible, nil),
            ("\u{8fba}\u{e0100}", .invisible, nil, nil), ("a\u{e0061}", .tag, .tag, nil),
            ("a\u{ffff}", .nonCharacter, .nonCharacter, nil), ("\u{ff21}nn", .fullWidth, nil, nil),
            ("\u{410}nn", .mixedScripts, nil, nil), ("Zo\u{eb} \u{141}", nil, nil, nil),
        ] as [Case])
    func strictness(
        text: String, identifier: TextProblem.Kind?, name: TextProblem.Kind?,
        free: TextProblem.Kind?
    ) {
        #expect(textProblem(in: text, strictness: .identifier)?.kind == identifier)
        #expect(textProblem(in: text, strictness: .name)?.kind == name)
        #expect(textProblem(in: text, strictness: .free)?.kind == free)
    }

    @Test("eight combining marks may follow a letter, nine may not")
    func combiningMarks() {
        let eight = "a" + String(repeating: "\u{31b}", count: 8)
        #expect(textProblem(in: eight, strictness: .free) == nil)
        let problem = textProblem(in: eight + "\u{31b}", strictness: .free)
        #expect(problem == TextProblem(.combiningMarks, "\u{31b}", at: 9))
        let many = "a" + String(repeating: "\u{31b}", count: 100_000)
        #expect(textProblem(in: many, strictness: .name)?.offset == 9)
    }

    @Test("a problem says where it is in code points, and names the character without showing it")
    func place() throws {
        let problem = try #require(textProblem(in: "\u{e9}\u{1F600}\u{202e}", strictness: .free))
        #expect(problem.offset == 2)
        #expect(problem.codePoint == "U+202E")
        #expect(problem.sentence.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test("scripts that are written together do not mix, others do, word by word")
    func scripts() {
        for text in [
            "Ann Bee", "Zo\u{eb}", "Москва", "Plant Москва", "東京タワー", "Tokyo東京たわー", "한국 Korea漢",
            "\u{3b1}\u{3b2}\u{3b3}", "", "1234", "Łódź-2", "नमस्ते",
        ] {
            #expect(!mixesScripts(text), "\(text)")
        }
        for text in ["\u{410}nn", "p\u{430}yp\u{430}l", "ann\u{3b1}", "Москва\u{3b1}", "ㄅかa", "नx"]
        {
            #expect(mixesScripts(text), "\(text)")
        }
    }
}

@Suite("Sorted sets")
struct SortedSetTests {
    @Test("a set is sorted and holds each element once, whatever it was built from")
    func building() {
        #expect(Array(SortedSet([3, 1, 2, 3, 1])) == [1, 2, 3])
        #expect(Array(SortedSet<Int>([])) == [])
        #expect(SortedSet([2, 1]) == [1, 2])
    }

    @Test("sorted sets do what Swift's sets do")
    func againstSets() {
        var random = Dice(seed: 3)
        for _ in 0..<500 {
            let a = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                Int.random(in: 0...9, using: &random)
            }
            let b = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                Int.random(in: 0...9, using: &random)
            }
            let (one, two) = (SortedSet(a), SortedSet(b))
            #expect(Array(one.union(two)) == Set(a).union(b).sorted())
            #expect(Array(one.intersection(two)) == Set(a).intersection(b).sorted())
            #expect(Array(one.subtracting(two)) == Set(a).subtracting(b).sorted())
            var changed = one
            for element in b { changed.insert(element) }
            #expect(changed == one.union(two))
            for element in b { changed.remove(element) }
            #expect(changed == one.subtracting(two))
            for element in 0...9 { #expect(one.contains(element) == a.contains(element)) }
        }
    }
}
