import AccessModel
import Invitations
import Testing

/// Names that would like to be something else, in every variable of every template.
@Suite("Letters about a hostile world")
struct HostileLetterTests {
    static let texts = [
        "Ann\r\nBcc: eve@evil.example", "a\n\n<b>b</b>", "{{inviter}}", "{{{link}}}", "{{#places}}",
        "{{% CONTENT_TYPE:HTML}}", "{{=<% %>=}}", "<script>alert(1)</script>", "\"><img src=x>",
        "\"\u{301} onload=\"x", "<\u{301}b>", "' onmouseover='x", "</title><script>", "&lt;b&gt;",
        "javascript:alert(1)", "\u{202e}nnA", "\u{2066}x", "\u{0}\u{1b}]0;x\u{7}",
        "\u{85}x\u{2028}",
        String(repeating: "\u{10348}", count: 200), String(repeating: "w ", count: 100),
        "--=_muster_00000000000000000000000000000000--", ".", "From x", "=?UTF-8?Q?=0ABcc:_x?=",
    ]

    private static func letter(_ kind: LetterKind, _ language: String, _ text: String) -> Letter {
        var letter = Letter.example(
            kind, language: language, validFor: 86_400, asks: true,
            at: Instant(rfc3339: "2026-11-22T10:00:00Z")!)
        letter.recipientName = text
        letter.inviter = text
        letter.places = letter.places.map { place in
            var place = place
            place.title = text
            place.name = text
            place.permissions = [text]
            place.roles = [text]
            return place
        }
        return letter
    }

    /// Every variable, in text, in quotes of both kinds and in the subject.
    private static func own() throws -> LetterTemplates {
        let values = """
            {{recipient}}|{{email}}|{{inviter}}|{{firstPlace}}|{{otherPlaces}}|{{expires}}|\
            {{#places}}{{title}}{{name}}{{#permissions}}{{.}}{{/permissions}}{{/places}}|{{link}}
            """
        var templates = LetterTemplates()
        for kind in LetterKind.allCases {
            try templates.replace(
                TemplateName(kind, .text), with: Array("Subject: {{inviter}}\n\(values)".utf8))
            try templates.replace(
                TemplateName(kind, .html),
                with: Array("<p title=\"{{inviter}}\">\(values)</p><p title='{{inviter}}'>".utf8))
        }
        return templates
    }

    @Test(
        "no name becomes a header, a part, a line or an element",
        arguments: LetterKind.allCases, [true, false])
    func harmless(kind: LetterKind, isOwn: Bool) throws {
        let templates = isOwn ? try Self.own() : .builtIn
        let sender = try Mailbox.parse("Acme <access@acme.example>").get()
        func bytes(_ text: String, _ language: String) -> [UInt8] {
            let letter = Self.letter(kind, language, text)
            let content = LetterContent(
                letter, acceptURL: "https://a.example/a", templates: templates
            ) { invitation, _ in invitation }
            let bytes = message(for: letter, from: sender, saying: content).bytes
            #expect(bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
            for part in [content.subject, content.text, content.html] {
                #expect(part.unicodeScalars.allSatisfy(isHarmless), "\(text)")
            }
            return bytes
        }
        for language in ["en", "de"] {
            let all = ["Plain"] + Self.texts
            let read = try #require(
                try PythonMail.read(all.map { text in bytes(text, language) }))
            #expect(read.count == all.count)
            let elements = try #require(read[0]["elements"])
            #expect(elements.split(separator: ",").count >= 2)
            for (text, fields) in zip(all, read) {
                #expect(fields["status"] == "0", "\(text): \(fields)")
                #expect(fields["names"] == read[0]["names"], "\(text)")
                #expect(fields["parts"] == "text/plain,text/html", "\(text)")
                #expect(fields["defects"] == "[]", "\(text)")
                #expect(fields["to-count"] == "1", "\(text)")
                #expect(fields["elements"] == elements, "\(text)")
            }
        }
    }

    @Test("a thousand names of everything that is not a name, as Python reads them")
    func thousand() throws {
        var names = Names()
        let all = (0..<1000).map { _ in names.next() }
        let addresses = try Mailbox.parse("access@acme.example").get().address
        let messages = all.map { name in
            let letter = Self.letter(.createAccount, "en", name)
            return message(
                for: letter, from: Mailbox(name: name, address: addresses),
                acceptURL: "https://a.example/a", key: try! InvitationKey(bytes: Array(0..<32)),
                store: "store")
        }
        let read = try #require(try PythonMail.read(messages.map(\.bytes)))
        #expect(read.count == 1000)
        for (name, fields) in zip(all, read) {
            let isRead = fields["status"] == "0" && fields["defects"] == "[]"
            #expect(isRead, "\(name.debugDescription)")
            for (field, same) in read[0] where Self.constant.contains(field) {
                #expect(fields[field] == same, "\(field) of \(name.debugDescription)")
            }
            let shown = try #require(fields["to-name"])
            #expect(shown.utf8.starts(with: "Ann".utf8))
            #expect(shown.unicodeScalars.allSatisfy(isHarmless))
            #expect(fields["subject-text"] == "\(shown) invites you to \(shown) and 1 more")
            #expect(fields["from-count"] == "1" && fields["to-count"] == "1")
            #expect(fields["links"]?.hasPrefix("https://a.example/a/") == true)
            #expect(fields["links"]?.contains(",") == false)
            #expect(fields["longest-word"].flatMap { Int($0) } ?? 99 <= 75)
            #expect(fields["longest"].flatMap { Int($0) } ?? 999 <= 998)
        }
        // Names are as different as that.
        #expect(Set(read.compactMap { $0["to-name"] }).count > 800)
    }

    /// What no name changes.
    private static let constant: Set = [
        "names", "parts", "type", "to-address", "from-address", "reply-to-address", "date",
        "elements", "links", "auto-submitted", "message-id",
    ]

    @Test("what looks like a template in a name is shown as it is")
    func braces() {
        let letter = Self.letter(.createAccount, "en", "{{link}}")
        let content = LetterContent(
            letter, acceptURL: "https://a.example", templates: .builtIn
        ) { _, _ in "TOKEN" }
        #expect(content.subject == "{{link}} invites you to {{link}} and 1 more")
        #expect(content.text.contains("Hello {{link}},"))
        #expect(content.html.contains("Hello <bdi>{{link}}</bdi>,"))
    }
}

private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: true
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: false
    default: true
    }
}

/// Names from a number: pieces that break lines, hide, steer, reorder, quote, or look like headers,
/// words of RFC 2047, HTML, templates and ends of parts.
private struct Names {
    private var state: UInt64 = 2026

    private static let pieces = [
        "\r\n", "\n", "\r", "\0", "\t", " ", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{2028}",
        "Bcc: eve@evil.example", "\r\nBcc: eve@evil.example", "\r\n\r\n<html>", "=?", "?=",
        "=?UTF-8?Q?=0D=0ABcc:_x?=", "=?UTF-8?B?QQ==?=", "\"", "\\", "<", ">", ",", ";", ":", "@",
        "(", ")", "[", "'", "&", "&lt;", "<a href=x>", "</p>", "\" onclick=\"x", "javascript:x",
        "{{link}}", "{{{code}}}", "{{/places}}", "--=_muster_0--", "\r\n.\r\n", "\nFrom x",
        "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{e0041}", "שלום", "مرحبا",
        "é", "e\u{301}", "ß", "漢字", "😀", "👩‍👩‍👧‍👦", "\u{10ffff}", "\u{fffe}",
        String(repeating: "w", count: 1200), String(repeating: "😀", count: 90),
        String(repeating: "a ", count: 300), String(repeating: "\u{301}", count: 50),
    ]

    private mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }

    mutating func next() -> String {
        var scalars = "Ann".unicodeScalars
        for _ in 0...below(8) {
            scalars += Self.pieces[below(Self.pieces.count)].unicodeScalars
        }
        return String(scalars)
    }
}
