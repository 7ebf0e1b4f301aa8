import AccessModel
import Support
import Testing

private func canonical(_ text: String) -> String? {
    try? EmailAddress.parse(text).get().canonical
}

private func problem(_ text: String) -> EmailProblem? {
    if case .failure(let problem) = EmailAddress.parse(text) { problem } else { nil }
}

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(
        "the canonical form is trimmed, lower-cased in ASCII and has its domain in A-labels",
        arguments: [
            ("ann@acme.example", "ann@acme.example"),
            ("  Ann.Bee@ACME.Example ", "ann.bee@acme.example"),
            ("ann+tag@acme.example", "ann+tag@acme.example"),
            ("o'neil!#$%&*/=?^_`{|}~-@x.example", "o'neil!#$%&*/=?^_`{|}~-@x.example"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
            ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
            ("a@bu\u{308}cher.example", "a@xn--bcher-kva.example"),
            ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
            ("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"),
            ("a@faß.example", "a@xn--fa-hia.example"),
            ("Ünn@x.example", "Ünn@x.example"),
            ("jose\u{301}@x.example", "jos\u{e9}@x.example"),
            ("иван@x.example", "иван@x.example"),
            ("a@r3---sn.example", "a@r3---sn.example"),
            ("a@1.2.3.example", "a@1.2.3.example"),
        ])
    func canonicalForm(text: String, expected: String) {
        // Compared by bytes: Swift's == would take NFD for NFC.
        #expect(canonical(text).map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test("the spelling is kept, without the spaces around it")
    func spelling() throws {
        #expect(
            try EmailAddress.parse(" Ann@Bücher.Example ").get().spelling == "Ann@Bücher.Example")
        #expect(try EmailAddress.parse("Ann@X.example").get().spelling == "Ann@X.example")
    }

    @Test("two spellings of one address are equal and have one hash")
    func equality() throws {
        let a = try EmailAddress.parse("Ann@X.example").get()
        let b = try EmailAddress.parse("ann@x.example").get()
        #expect(a == b)
        #expect(Set([a, b]).count == 1)
        #expect(a.domain == "x.example")
        #expect(a.localPart == "ann")
    }

    @Test(
        "what is no bare address is refused with its reason",
        arguments: [
            ("", EmailProblem.empty), ("   ", .empty), ("ann", .noAt), ("@x.example", .noAt),
            ("ann@", .badDomain(.empty)), ("a@b@x.example", .badDomain(.character("@"))),
            ("a..b@x.example", .notDotAtom(".")), (".a@x.example", .notDotAtom(".")),
            ("a.@x.example", .notDotAtom(".")), ("a b@x.example", .notDotAtom(" ")),
            ("a,b@x.example", .notDotAtom(",")), ("a@x y.example", .badDomain(.character(" "))),
            ("a@localhost", .badDomain(.noDot)), ("a@x.example.", .badDomain(.emptyLabel)),
            ("a@.x.example", .badDomain(.emptyLabel)), ("a@x..example", .badDomain(.emptyLabel)),
            ("a@-x.example", .badDomain(.hyphenAtEdge(label: "-x"))),
            ("a@x-.example", .badDomain(.hyphenAtEdge(label: "x-"))),
            ("a@x.example-", .badDomain(.hyphenAtEdge(label: "example-"))),
            ("a@x_y.example", .badDomain(.character("_"))),
            ("a@x.123", .badDomain(.numericTopLevel)), ("a@192.0.2.1", .ipLiteral),
            ("a@[192.0.2.1]", .ipLiteral), ("a@[IPv6:::1]", .ipLiteral),
            ("Ann <ann@x.example>", .displayName(suggestion: "ann@x.example")),
            ("<Ann@x.example>", .displayName(suggestion: "Ann@x.example")),
            ("Ann <nobody>", .displayName(suggestion: nil)),
            ("mailto:ann@x.example", .mailto(suggestion: "ann@x.example")),
            ("MAILTO:ann@x.example?subject=hi", .mailto(suggestion: "ann@x.example")),
            ("\"ann\"@x.example", .quotedLocalPart(suggestion: "ann@x.example")),
            ("\"a n\"@x.example", .quotedLocalPart(suggestion: nil)),
        ])
    func refused(text: String, expected: EmailProblem) {
        #expect(problem(text) == expected)
        #expect(problem(text)?.code == "E104")
    }

    @Test("lengths are limited to 64, 255 and 254 bytes, and a label to 63")
    func lengths() {
        let local = String(repeating: "a", count: 64)
        let label = String(repeating: "b", count: 63)
        #expect(canonical(local + "@x.example") != nil)
        #expect(problem(local + "a@x.example") == .tooLong(.local))
        #expect(problem(String(repeating: "é", count: 33) + "@x.example") == .tooLong(.local))
        #expect(canonical("a@" + label + ".example") != nil)
        #expect(problem("a@" + label + "b.example") == .badDomain(.longLabel))
        let domain = [label, label, label, String(repeating: "c", count: 60)].joined(separator: ".")
        #expect(canonical("a@" + domain) != nil)
        #expect(problem("aa@" + domain) == .tooLong(.whole))
        #expect(problem("a@" + domain + ".dddd") == .tooLong(.domain))
        #expect(problem("a@ü" + String(repeating: "b", count: 80) + ".example") != nil)
    }

    @Test(
        "characters that hide or steer are E108",
        arguments: [
            ("a\u{0}@x.example", TextProblem.Kind.control), ("a\u{1b}@x.example", .control),
            ("ann@x.example\n", .control), ("a\u{7f}@x.example", .control),
            ("a\u{9b}@x.example", .control), ("a\u{85}@x.example", .lineBreak),
            ("a\u{2028}@x.example", .lineBreak), ("a\u{202e}@x.example", .bidirectional),
            ("a\u{200b}@x.example", .invisible), ("a\u{ad}@x.example", .invisible),
            ("a@x\u{200d}y.example", .invisible), ("a\u{fe0f}@x.example", .invisible),
            ("a\u{e0041}@x.example", .tag), ("a\u{ffff}@x.example", .nonCharacter),
            ("a\u{a0}b@x.example", .unusualSpace), ("\u{ff41}@x.example", .fullWidth),
            ("a@\u{ff58}.example", .fullWidth), ("\u{430}nn@x.example", .mixedScripts),
            ("a@\u{430}cme.example", .mixedScripts),
        ])
    func hostileCharacters(text: String, kind: TextProblem.Kind) {
        guard case .forbiddenCharacter(let found) = problem(text) else {
            Issue.record("\(text.debugDescription) is not refused for its characters")
            return
        }
        #expect(found.kind == kind)
        #expect(problem(text)?.code == "E108")
    }

    @Test("a domain that IDNA refuses is refused")
    func idna() {
        for text in ["a@xn--a.example", "a@xn--\u{fc}.example", "a@\u{301}x.example"] {
            guard case .badDomain = problem(text) else {
                Issue.record("\(text) passes")
                continue
            }
        }
    }

    @Test("every problem says what is wrong and what to do")
    func sentences() throws {
        let wrapped = try #require(problem("Ann <ann@x.example>"))
        #expect(wrapped.sentence == "is an e-mail address with a display name.")
        #expect(wrapped.help == "Write ann@x.example.")
        let hidden = try #require(problem("a\u{202e}@x.example"))
        #expect(hidden.sentence.contains("U+202E"))
        #expect(!hidden.sentence.unicodeScalars.contains("\u{202e}"))
    }

    @Test("an address whose local part folds to another's collides with it")
    func collisions() throws {
        func key(_ text: String) throws -> String {
            try EmailAddress.parse(text).get().collisionKey
        }
        #expect(try key("m\u{131}ke@x.example") == key("mike@x.example"))
        #expect(try key("\u{dc}nn@x.example") == key("\u{fc}nn@x.example"))
        #expect(try key("stra\u{df}e@x.example") == key("strasse@x.example"))
        #expect(try key("\u{17f}am@x.example") == key("sam@x.example"))
        #expect(try key("m\u{131}ke@y.example") != key("mike@x.example"))
        #expect(try key("mike@x.example") == "mike@x.example")
        #expect(try EmailAddress.parse("m\u{131}ke@x.example").get().hasNonASCIILocalPart)
        #expect(try !EmailAddress.parse("mike@b\u{fc}cher.example").get().hasNonASCIILocalPart)
    }

    @Test("addresses that look alike have one look-alike key")
    func lookAlikes() throws {
        func key(_ text: String) throws -> String {
            try EmailAddress.parse(text).get().lookAlikeKey
        }
        #expect(try key("paul@x.example") == key("pau1@x.example"))
        #expect(try key("bob@x.example") == key("b0b@x.example"))
        #expect(try key("modern@x.example") == key("modem@x.example"))
        #expect(try key("vvill@x.example") == key("wiii@x.example"))
        #expect(try key("ann@x.example") != key("anna@x.example"))
    }

    @Test("no text, however odd, makes parsing crash, and what it accepts is a fixed point")
    func fixedPoint() throws {
        var random = Dice(seed: 7)
        let pieces = [
            "a", "B", ".", "@", "-", "x.example", "\u{fc}", "\u{301}", " ", "\"", "<", ">", "xn--",
            "\u{430}", "1", "\u{0}", "mailto:", "\u{200d}", "\u{1F600}", "[", "]", "\u{df}",
            "\u{3002}",
        ]
        var accepted = 0
        for _ in 0..<20_000 {
            var text = random.next() % 2 == 0 ? "" : "a@b"
            for _ in 0..<(random.next() % 7) {
                text += pieces[Int(random.next() % UInt64(pieces.count))]
            }
            if random.next() % 2 == 0 { text += ".example" }
            guard let email = try? EmailAddress.parse(text).get() else { continue }
            accepted += 1
            let again = try EmailAddress.parse(email.canonical).get()
            #expect(
                Array(again.canonical.utf8) == Array(email.canonical.utf8),
                "\(text.debugDescription)")
        }
        #expect(accepted > 1_000)
    }
}
