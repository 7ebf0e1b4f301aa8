import Diagnostics
import Presentation
import Reconciliation
import Testing

@Suite("A finding") struct FindingsTests {
    private func finding(_ line: String, column: Int, width: Int, label: String? = nil)
        -> ResolvedDiagnostic
    {
        ResolvedDiagnostic(
            code: "E101", severity: .error, subject: "kind: Tenant", message: "wrong.",
            help: "Do it right.", location: Location(file: "t.yaml", line: 9, column: column),
            excerpt: Excerpt(line: line, column: column, width: width), label: label)
    }

    private func marked(_ line: String, column: Int, width: Int) -> [String] {
        let lines = finding(line, column: column, width: width).text()
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return [String(lines[2].dropFirst(4)), String(lines[3].dropFirst(4))]
    }

    @Test("is shown with its line, a caret under the exact span, and its notes")
    func snapshot() {
        let text = ResolvedDiagnostic(
            code: "E131", severity: .error, subject: "ann@acme.example", message: "declared twice.",
            help: "Keep one of them.",
            location: Location(file: "people/b.yaml", line: 12, column: 8),
            excerpt: Excerpt(line: "email: ann@acme.example", column: 8, width: 16),
            label: "again here",
            notes: [
                .init(
                    message: "first declared here",
                    location: Location(file: "people/a.yaml", line: 3, column: 8),
                    excerpt: Excerpt(line: "email: Ann@acme.example", column: 8, width: 16)),
                .init(message: "addresses are compared in lower case"),
            ]
        ).text()
        #expect(
            text == """
                people/b.yaml:12:8: error[E131]: ann@acme.example: declared twice. Keep one of them.
                   |
                12 | email: ann@acme.example
                   |        ^^^^^^^^^^^^^^^^ again here
                   = note: people/a.yaml:3:8: first declared here
                   |
                 3 | email: Ann@acme.example
                   |        ^^^^^^^^^^^^^^^^
                   = note: addresses are compared in lower case

                """)
    }

    @Test("without a place is one line")
    func placeless() {
        let finding = ResolvedDiagnostic(
            code: "E110", severity: .error, subject: "project", message: "nothing is declared.")
        #expect(finding.text() == "error[E110]: project: nothing is declared.\n")
    }

    @Test("keeps the caret under its text after tabs, wide characters and escapes")
    func alignment() {
        #expect(marked("\ta: b", column: 5, width: 1) == ["    a: b", "       ^"])
        #expect(marked("title: 日本 x", column: 11, width: 1) == ["title: 日本 x", "            ^"])
        #expect(marked("日本", column: 1, width: 2) == ["日本", "^^^^"])
        #expect(marked("a\u{1B}b", column: 3, width: 1) == ["a\\u{1b}b", "       ^"])
        #expect(marked("e\u{301}x", column: 3, width: 1) == ["e\u{301}x", " ^"])
        #expect(marked("ab", column: 3, width: 1) == ["ab", "  ^"])
    }

    @Test("keeps of a line of megabytes what is around the span")
    func longLine() {
        let before = String(repeating: "é", count: 100_000)
        let text = before + "X" + String(repeating: "b", count: 100_000)
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "a.yaml", bytes: Array(text.utf8)))
        let span = Span(file: file, start: 200_000, end: 200_001)
        let resolved = sources.resolved(Diagnostic("E100", subject: "x", message: "y.", at: span))
        #expect(resolved.location?.column == 100_001)
        #expect((resolved.excerpt?.line.utf8.count ?? 0) < 5_000)
        let lines = resolved.text().split(separator: "\n")
        let column = lines[2].unicodeScalars.firstIndex(of: "X").map {
            lines[2].unicodeScalars.distance(from: lines[2].startIndex, to: $0)
        }
        let caret = lines[3].unicodeScalars.firstIndex(of: "^").map {
            lines[3].unicodeScalars.distance(from: lines[3].startIndex, to: $0)
        }
        #expect(column != nil && column == caret)
    }

    @Test("does not repeat a secret")
    func secret() {
        let text = "store: postgres://ann:hunter2@host/db"
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "muster.yaml", bytes: Array(text.utf8)))
        let span = Span(file: file, start: 22, end: 29)
        let secret = Diagnostic("E113", subject: "project", message: "a password.", at: span)
        let shown = sources.resolved(secret).text()
        #expect(shown.contains("store: postgres://ann:*******@host/db"))
        #expect(!shown.contains("hunter2"))
        let other = Diagnostic("E102", subject: "project", message: "wrong.", at: span)
        #expect(sources.resolved(other).text().contains("hunter2"))
    }

    @Test("of a file without text has no excerpt")
    func unread() {
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "a.yaml", bytes: []))
        let span = Span(file: file, start: 0, end: 0)
        let diagnostic = Diagnostic("E111", subject: "a.yaml", message: "it is a folder.", at: span)
        #expect(
            sources.resolved(diagnostic).text()
                == "a.yaml:1:1: error[E111]: a.yaml: it is a folder.\n")
    }

    @Test("cuts a very long line around the span")
    func longLines() {
        let line =
            String(repeating: "a", count: 5_000) + "BAD" + String(repeating: "z", count: 5_000)
        let shown = marked(line, column: 5_001, width: 3)
        #expect(shown[0].count <= 106)
        #expect(shown[0].hasPrefix("...a") && shown[0].hasSuffix("z..."))
        let indent = shown[1].prefix { $0 == " " }.count
        #expect(shown[0].dropFirst(indent).hasPrefix("BAD"))
        #expect(shown[1].trimmingPrefix { $0 == " " } == "^^^")
        let marks = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect(marked(marks, column: 1, width: 1)[0].unicodeScalars.count < 200)
    }

    @Test("escapes what a terminal would act upon in every part")
    func escaping() {
        var evil = finding("x: \u{1B}[2J", column: 4, width: 1, label: "l\u{202E}")
        evil.subject = "s\u{7}"
        evil.message = "m\nfake: error"
        evil.location = Location(file: "f\u{1B}]0;x", line: 1, column: 1)
        evil.notes = [.init(message: "n\r")]
        let text = evil.text()
        #expect(
            text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value < 0x7F) })
        #expect(text.hasPrefix("f\\u{1b}]0;x:1:1: error[E101]: s\\u{7}: m\\u{a}fake: error"))
    }

    @Test("is coloured only when asked to")
    func colour() {
        let finding = finding("a: b", column: 1, width: 1)
        #expect(!finding.text().contains("\u{1B}"))
        #expect(finding.text(style: .coloured).contains("\u{1B}[1;31merror[E101]\u{1B}[0m"))
    }

    @Test("becomes a workflow annotation that nothing in it can end early")
    func annotations() {
        var evil = finding("a: b", column: 5, width: 1)
        evil.location = Location(file: "a,b:c%.yaml", line: 9, column: 5)
        evil.message = "50% of\n::error::it."
        #expect(
            [evil].annotations
                == "::error file=a%2Cb%3Ac%25.yaml,line=9,col=5,title=E101::kind: Tenant: 50%25 of"
                + "\\u{a}::error::it. Do it right.\n")
    }

    @Test("becomes a SARIF result with a place, a region and related places")
    func sarif() throws {
        let json = [Sample.typo, Sample.selfRole].sarif
        let run = try #require(json["runs"]?.array?.first)
        #expect(json["version"] == "2.1.0")
        #expect(run["tool"]?["driver"]?["rules"]?.array?.map { $0["id"] } == ["E120", "W224"])
        let result = try #require(run["results"]?.array?.first)
        #expect(result["ruleId"] == "E120" && result["level"] == "error")
        let place = result["locations"]?.array?.first?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"] == "people/bob.yaml")
        #expect(
            place?["region"]
                == [
                    "startLine": .integer(7), "startColumn": .integer(35),
                    "endColumn": .integer(45),
                ])
        #expect(result["relatedLocations"]?.array?.count == 1)
    }

    @Test("is counted in the result of validate, in every format")
    func validation() {
        let page = ValidationPage(findings: [Sample.typo, Sample.selfRole], files: 12)
        #expect(page.summary == "Invalid: 1 error and 1 warning in 12 files.")
        #expect(ValidationPage(findings: [], files: 1).text() == "Valid: 1 file.\n")
        let strict = ValidationPage(findings: [Sample.selfRole], files: 3, strict: true)
        #expect(!strict.passes)
        #expect(strict.summary == "Invalid: 1 warning in 3 files (--strict).")
        #expect(page.json.hasPrefix("{\n  \"format\": \"muster.findings/1\",\n  \"findings\": [\n"))
        #expect(page.markdown().hasPrefix("### Invalid: 1 error and 1 warning in 12 files.\n"))
    }
}
