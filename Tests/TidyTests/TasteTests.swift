import Testing

/// What can be counted of the rules in CONTRIBUTING: a fault is named with its file and line.
@Suite("Taste")
struct TasteTests {
    @Test("no source file has more than 400 lines")
    func fileLength() {
        let long = Repository.sources.filter { $0.lines.count > 400 }
        #expect(long.map { "\($0.path): \($0.lines.count) lines" } == [])
    }

    @Test("most source files are under 300 lines, and half of them around 120")
    func usualFileLength() {
        let lengths = Repository.sources.map(\.lines.count).sorted()
        #expect(lengths.count > 50)
        #expect(lengths[lengths.count * 9 / 10] < 300)
        #expect(lengths[lengths.count / 2] <= 160)
    }

    @Test("no line of Swift is longer than 100 columns")
    func lineLength() {
        #expect(Repository.sources.flatMap { $0.faults { $0.unicodeScalars.count > 100 } } == [])
    }

    @Test("nothing is left for later, and no exit is forced where an error belongs")
    func marks() {
        let marks = /\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b|fatal[E]rror\(/
        let faults = Repository.sources.flatMap { $0.faults { $0.contains(marks) } }
        #expect(faults == [])
    }

    @Test("the package is the only audience: nothing is public, and tests use what callers use")
    func access() {
        let words = ["pub" + "lic ", "op" + "en class", "@test" + "able"]
        let faults = Repository.sources.flatMap { file in
            file.faults { line in
                let code = line.drop { $0 == " " }
                return words.contains { code.hasPrefix($0) }
            }
        }
        #expect(faults == [])
    }

    @Test("only the wrappers of C libraries hold unsafe things")
    func unsafe() {
        let wrappers = [
            "AccessModel/Text", "Syntax", "SQLiteStorage", "PostgresStorage", "Commands",
            "MailDelivery",
            "Reconciliation", "muster",
        ]
        let words = ["Unsafe" + "Mutable", "Unsafe" + "Pointer", "@unchecked " + "Sendable"]
        let faults = Repository.sources
            .filter { file in
                file.path.hasPrefix("Sources/")
                    && !wrappers.contains { file.path.hasPrefix("Sources/\($0)") }
            }
            .flatMap { file in file.faults { line in words.contains { line.contains($0) } } }
        #expect(faults == [])
    }

    @Test("no path of one machine, and no address of a real person")
    func neutral() {
        let places = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
        let paths = Repository.texts.flatMap { file in
            file.faults { line in places.contains { line.contains($0) } }
        }
        #expect(paths == [])
        let address = /[A-Za-z0-9._+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}/
        let real = Repository.texts.filter { $0.path.hasPrefix("examples/") }.flatMap { file in
            file.faults { line in
                line.matches(of: address).contains { !$0.output.0.hasSuffix(".example") }
            }
        }
        #expect(real == [])
    }

    @Test("the top level holds what it always holds")
    func topLevel() {
        let expected: Set = [
            "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Package.swift", "README.md", "Sources",
            "Tests", "examples", "schema",
        ]
        // SwiftPM writes down here what it resolved; git does not keep it.
        let visible = Repository.names(in: "").filter {
            !$0.hasPrefix(".") && $0 != "Package.resolved"
        }
        #expect(Set(visible).symmetricDifference(expected) == [])
    }

    @Test(
        "the output in the readme is what the examples give",
        arguments: [
            "quickstart/plan.txt", "review/plan.txt", "review/redacted.txt", "delegation/test.txt",
            "questions/why.txt", "questions/who-can.txt",
        ])
    func readme(path: String) throws {
        let readme = try #require(Repository.file("README.md")).text
        let output = try #require(Repository.file("examples/\(path)")).text
        #expect(readme.contains("<!-- examples/\(path) -->\n```\n\(output)```\n<!-- end -->"))
    }
}
