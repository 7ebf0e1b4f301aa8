import AccessModel
import Invitations
import Testing

/// What is wrong with a template, as `start-end kind`; none when it is one.
private func mistakes(_ text: String, html: Bool = false) -> [String] {
    mistakes(Array(text.utf8), html: html)
}

private func mistakes(_ bytes: [UInt8], html: Bool = false) -> [String] {
    var templates = LetterTemplates()
    do {
        try templates.replace(TemplateName(.join, html ? .html : .text), with: bytes)
        return []
    } catch {
        return error.list.map { "\($0.start)-\($0.end) \($0.kind)" }
    }
}

private func example(_ kind: LetterKind, language: String = "en", asks: Bool = false) -> Letter {
    .example(
        kind, language: language, validFor: 7 * 86_400, asks: asks,
        at: Instant(rfc3339: "2026-11-22T10:00:00Z")!)
}

private func content(
    _ letter: Letter, _ templates: LetterTemplates = .builtIn,
    acceptURL: String? = "https://a.example/a"
) -> LetterContent {
    LetterContent(letter, acceptURL: acceptURL, templates: templates) { invitation, _ in invitation
    }
}

@Suite("Templates of letters")
struct TemplateTests {
    @Test("the tags of a good template are sections, variables and comments")
    func good() {
        #expect(
            mistakes("{{! note }}{{#places}}{{ title }}{{#roles}}{{.}}{{/roles}}{{/places}}") == [])
        #expect(mistakes("{{#recipient}}{{.}}{{/recipient}}{{^recipient}}you{{/recipient}}") == [])
        #expect(mistakes("\u{feff}Guten Tag\r\n\tin Zürich, \u{5d0}") == [])
        #expect(mistakes("not { a } tag }}") == [])
    }

    @Test(
        "each mistake is found at its place",
        arguments: [
            ("a {{name", "2-8 unclosedTag"),
            ("{{{inviter}}}", "0-13 unescaped"),
            ("{{&inviter}}", "0-12 unescaped"),
            ("{{>join}}", "0-9 unsupported(\">\")"),
            ("{{=<% %>=}}", "0-11 unsupported(\"=\")"),
            ("{{%CONTENT_TYPE:TEXT}}", "0-22 unsupported(\"%\")"),
            ("{{$x}}", "0-6 unsupported(\"$\")"),
            ("{{<x}}", "0-6 unsupported(\"<\")"),
            ("{{upper(inviter)}}", "0-18 malformedName(\"upper(inviter)\")"),
            ("{{}}", "0-4 malformedName(\"\")"),
            ("{{a.b}}", "0-7 malformedName(\"a.b\")"),
            ("{{places}}", "0-10 notText(\"places\")"),
            ("{{asks}}", "0-8 notText(\"asks\")"),
            ("{{.}}", "0-5 noElement"),
            ("{{#asks}}{{.}}{{/asks}}", "9-14 noElement"),
            ("{{/link}}", "0-9 closesNothing(\"link\")"),
            ("{{#link}}", "0-9 unclosedSection(\"link\")"),
            ("{{#asks}}{{#link}}{{/asks}}", "18-27 closesOther(\"asks\", open: \"link\")"),
            ("", "0-0 empty"), (" \n", "0-0 empty"),
        ])
    func bad(text: String, mistake: String) {
        #expect(mistakes(text) == [mistake])
    }

    @Test("variables of a place are known inside of places only")
    func scopes() {
        #expect(mistakes("{{#places}}{{title}}{{/places}}") == [])
        #expect(mistakes("{{title}}").first?.hasPrefix("0-9 unknownVariable(\"title\"") == true)
        #expect(mistakes("{{^places}}{{title}}{{/places}}").count == 1)
    }

    @Test("bytes that are not UTF-8, and characters that steer, reorder or hide, are refused")
    func characters() {
        #expect(mistakes([0x61, 0xFF]) == ["1-2 notUTF8"])
        #expect(mistakes([0x61, 0xE2, 0x82]) == ["1-2 notUTF8"])
        #expect(mistakes([0xFF, 0xFE, 0x61, 0]) == ["0-0 otherEncoding(\"UTF-16\")"])
        for scalar: Unicode.Scalar in ["\0", "\u{1b}", "\r", "\u{85}", "\u{202e}", "\u{200b}"] {
            let found = mistakes("ab" + String(Character(scalar)) + "c")
            #expect(found.count == 1 && found[0].hasPrefix("2-"), "\(scalar.value)")
        }
    }

    @Test("sections nest as deep as anybody needs, and ten thousand are no crash")
    func deep() {
        let open = String(repeating: "{{#asks}}", count: 10_000)
        let close = String(repeating: "{{/asks}}", count: 10_000)
        #expect(mistakes(open + close).contains { $0.hasSuffix("tooDeep") })
    }

    @Test(
        "in HTML a variable stands in text or in a quoted attribute",
        arguments: [
            ("<p>{{inviter}}</p>", true), ("<p title=\"{{inviter}}\">", true),
            ("<p title='by {{inviter}}' class=x>{{inviter}}", true),
            ("<a href=\"{{link}}\">{{link}}</a>", true), ("<!-- a --><b>{{inviter}}", true),
            ("<title>{{inviter}}</title>", true), ("1 < 2 {{inviter}}", true),
            ("<p title={{inviter}}>", false), ("<p {{inviter}}>", false),
            ("<{{inviter}}>", false), ("</{{inviter}}>", false),
            ("<a href=\"{{inviter}}\">", false), ("<a HREF='https://x/{{recipient}}'>", false),
            ("<img src=\"{{email}}\">", false), ("<p onclick=\"x('{{inviter}}')\">", false),
            ("<p style=\"color:{{inviter}}\">", false), ("<script>'{{inviter}}'</script>", false),
            ("<STYLE>{{inviter}}</STYLE>", false), ("<!-- {{inviter}} -->", false),
            ("<script>1</script>{{inviter}}", true), ("<a href = {{link}}>", false),
            ("<a title=\"x\"href=\"{{inviter}}\">", false),
            ("<a ping=\"{{inviter}}\">", false), ("<meta content=\"{{inviter}}\">", false),
            ("<!DOCTYPE {{inviter}}>", false), ("<?x {{inviter}}?>", false),
            ("<![CDATA[{{inviter}}]]>", false), ("<!DOCTYPE html><p>{{inviter}}", true),
            ("<p {{#inviter}}title=\"{{/inviter}}{{recipient}}\">", false),
            ("<p title=\"{{#inviter}}{{recipient}}{{/inviter}}\">", true),
            ("<p title=\"{{#inviter}}\">{{/inviter}}", false),
            ("<p title=\"{{#inviter}}\" id=\"{{/inviter}}\">", false),
            ("<p {{#inviter}}hidden{{/inviter}}>", false),
            ("{{#inviter}}<p title=\"{{recipient}}\">{{/inviter}}", true),
        ])
    func places(html: String, isSafe: Bool) {
        #expect(mistakes(html, html: true).isEmpty == isSafe)
    }

    @Test("the project's template wins over the built-in one, the language's over the general")
    func choice() throws {
        var templates = LetterTemplates()
        try templates.replace(
            TemplateName(.join, .text), with: Array("Subject: S {{inviter}}\n\ngeneral".utf8))
        try templates.replace(
            TemplateName(.join, .text, language: "de"), with: Array("deutsch".utf8))
        #expect(content(example(.join), templates).text == "general\n")
        #expect(content(example(.join), templates).subject == "S Ann Bee")
        #expect(content(example(.join, language: "nl"), templates).text == "general\n")
        #expect(content(example(.join, language: "DE-at"), templates).text == "deutsch\n")
        // The built-in subject is the language's.
        #expect(
            content(example(.join, language: "de"), templates).subject
                == "Sie haben jetzt Zugang: Production und 1 mehr")
        #expect(content(example(.join), templates).html.contains("<bdi>Ann Bee</bdi> has given"))
        #expect(content(example(.createAccount), templates).text.contains("invites you"))
    }

    @Test("a language that is not here is English")
    func unknownLanguage() {
        for kind in LetterKind.allCases {
            #expect(content(example(kind, language: "nl")) == content(example(kind)))
            #expect(content(example(kind, language: "de")) != content(example(kind)))
            #expect(
                content(example(kind, language: "de")) == content(example(kind, language: "de-CH")))
        }
    }

    @Test("an account's letter that nobody gets without a link is refused")
    func links() throws {
        func problem(
            _ text: String, _ kind: LetterKind = .createAccount,
            acceptURL: String? = "https://a.example",
            asks: Bool = false
        ) throws -> TemplateProblem.Kind? {
            let name = TemplateName(kind, .text)
            var templates = LetterTemplates()
            try templates.replace(name, with: Array(text.utf8))
            return templates.linkProblem(of: name, acceptURL: acceptURL, asks: asks)?.kind
        }
        #expect(try problem("{{link}}") == nil)
        #expect(try problem("{{#link}}{{.}}{{/link}}") == nil)
        #expect(try problem("hello") == .lacksLink(variable: "link"))
        #expect(try problem("{{#recipient}}{{link}}{{/recipient}}") == .lacksLink(variable: "link"))
        #expect(try problem("{{#expires}}{{link}}{{/expires}}") == .lacksLink(variable: "link"))
        #expect(try problem("{{^link}}{{link}}{{/link}}") == .lacksLink(variable: "link"))
        #expect(try problem("{{link}}", acceptURL: nil) == .lacksLink(variable: "code"))
        #expect(try problem("{{code}}", acceptURL: nil) == nil)
        #expect(try problem("hello", .join) == nil)
        #expect(try problem("hello", .join, asks: true) == .lacksLink(variable: "placeLink"))
        #expect(try problem("{{#places}}{{placeLink}} {{/places}}", .join, asks: true) == nil)
        #expect(try problem("bye", .removed) == nil)
    }

    @Test("files are called by kind, language and part")
    func names() {
        #expect(TemplateName(file: "join.txt") == TemplateName(.join, .text))
        #expect(TemplateName(file: "create-account.de-CH.html")?.language == "de-ch")
        for name in [
            "joined.txt", "join", "join.md", "join.d.txt", "join..txt", "join.de.x.txt", ".txt",
        ] {
            #expect(TemplateName(file: name) == nil, "\(name)")
        }
        for kind in LetterKind.allCases {
            let name = TemplateName(kind, .html, language: "de")
            #expect(TemplateName(file: name.file) == name)
        }
    }

    @Test("lines of the text part break at spaces, links never")
    func width() {
        var letter = example(.createAccount)
        letter.inviter = String(repeating: "long ", count: 39) + "name"
        letter.places[0].roles = [String(repeating: "role ", count: 40)]
        let lines = content(
            letter, acceptURL: "https://a.example/" + String(repeating: "x", count: 90)
        )
        .text.split(separator: "\n")
        for line in lines where !line.hasPrefix("https:") {
            #expect(line.unicodeScalars.count <= 76, "\(line)")
        }
        #expect(lines.contains { $0.hasPrefix("https:") && $0.hasSuffix("/tenant") })
        #expect(lines.contains { $0.hasPrefix("    role role") })
    }

    @Test("how long a link works is said in its largest whole unit")
    func duration() {
        for (seconds, text) in [
            (86_400, "1 day"), (7_200, "2 hours"), (5_400, "90 minutes"), (1, "1 minute"),
        ] {
            var letter = example(.createAccount)
            letter.expiresAt =
                Instant(rfc3339: letter.queuedAt)?.adding(seconds: Int64(seconds)).text
            #expect(content(letter).text.contains("Valid for \(text), until"))
        }
    }
}
