import Presentation
import Testing

/// Every diagnostic code has its page and its example.
@Suite("Codes")
struct CodeTests {
    /// The codes that the product can say: those in string literals outside the pages.
    static let said: Set<String> = {
        let code = /"([EW][123]\d\d)"/
        let literals = Set(
            Repository.sources
                .filter { $0.path.hasPrefix("Sources/") && !$0.path.contains("/Explanations/") }
                .flatMap { $0.text.matches(of: code).map { String($0.1) } })
        return literals.union(literals.intersection(policies).map { "W" + $0.dropFirst() })
    }()

    /// Each policy rule has one: an old violation is a warning with the same number.
    static let policies: Set = ["E291", "E292", "E293", "E294", "E295", "E296"]

    static let pages = Set(Explanations.all.map(\.code))

    @Test("every code that can be said has a page")
    func page() {
        #expect(Self.said.count > 60)
        #expect(Self.said.subtracting(Self.pages) == [])
    }

    @Test("every page is about a code that can be said")
    func live() {
        #expect(Self.pages.subtracting(Self.said) == [])
    }

    @Test("every code has an example that triggers it")
    func example() {
        #expect(Set(Repository.names(in: "examples/broken")) == Self.pages)
    }

    @Test("the example of a code tells that the code is said")
    func told() throws {
        for code in Self.pages.sorted() {
            let story = try #require(Repository.file("examples/broken/\(code)/story"), "\(code)")
            let severity = code.hasPrefix("E") ? "error" : "warning"
            #expect(story.text.contains("> \(severity)[\(code)]"), "\(code)")
        }
    }

    @Test("a page says what, why, by an example, and what to do, in at most 86 columns")
    func shape() {
        for page in Explanations.all {
            let lines = page.body.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { $0.unicodeScalars.count <= 86 }, "\(page.code)")
            for part in ["\nWhy: ", "\nExample:\n", "\nWhat to do: ", "[\(page.code)]"] {
                #expect(page.body.contains(part), "\(page.code) lacks \(part)")
            }
            #expect((8...40).contains(lines.count), "\(page.code)")
        }
    }

    @Test("pages are found by their code in any letter case")
    func lookup() {
        #expect(Explanations.page(for: "e271")?.code == "E271")
        #expect(Explanations.page(for: "E999") == nil)
    }

    @Test("each code has one page")
    func unique() {
        #expect(Explanations.all.count == Self.pages.count)
    }
}
