import AccessModel
import Diagnostics
import Reconciliation
import Storage
import Support
import Testing

@Suite("A remembered result") struct RememberedResultTests {
    private let noon = Instant.of("2026-11-22T12:00:00Z")

    private func results() -> [RememberedResult] {
        let origins: [PlanOrigin?] = [
            nil,
            PlanOrigin(
                actor: .platformOperator, at: noon, project: "acme", store: nil, serial: 0,
                commit: nil),
            PlanOrigin(
                actor: .person(email("ann@acme.example")), at: noon, project: "\u{7}\"",
                store: "id", serial: 41, commit: nil),
        ]
        return origins.flatMap { origin in
            [nil, noon.adding(days: 3)].map { until in
                RememberedResult(
                    question: "q", store: StoreMark("m"), since: noon, until: until,
                    text: "No changes.\n\u{1B}[1m", origin: origin)
            }
        }
    }

    @Test("is read back as it was written")
    func roundTrip() {
        for result in results() { #expect(RememberedResult(result.bytes) == result) }
    }

    @Test("is none with any byte flipped, or cut at any length")
    func damaged() {
        for result in results() {
            let bytes = result.bytes
            // What lies between the digest and the object is nobody's.
            for place in bytes.indices where place != 64 {
                var other = bytes
                other[place] ^= 1
                #expect(RememberedResult(other) == nil, "byte \(place)")
            }
            for length in bytes.indices {
                #expect(RememberedResult(Array(bytes.prefix(length))) == nil, "cut at \(length)")
            }
        }
    }

    @Test("answers the same question about the same store, within its time")
    func answers() {
        let endless = results()[0]
        let result = results()[1]
        let mark = StoreMark("m")
        #expect(result.answers("q", of: mark, at: noon))
        #expect(!result.answers("q", of: mark, at: noon.adding(seconds: -1)))
        #expect(result.answers("q", of: mark, at: noon.adding(seconds: 3 * 86_400 - 1)))
        #expect(!result.answers("q", of: mark, at: noon.adding(days: 3)))
        #expect(endless.answers("q", of: mark, at: noon.adding(days: 3)))
        #expect(!result.answers("p", of: mark, at: noon))
        #expect(!result.answers("q", of: StoreMark("n"), at: noon))
    }

    @Test("is asked for by questions that differ in any part or file")
    func questions() {
        func files(_ pairs: (String, String)...) -> FileDigests {
            FileDigests(of: pairs.map { SourceFile(path: $0, bytes: Array($1.utf8)) })
        }
        let digests = [
            questionDigest([], of: files()), questionDigest([""], of: files()),
            questionDigest(["a", "b"], of: files()), questionDigest(["ab"], of: files()),
            questionDigest(["a"], of: files(("b", ""))), questionDigest([], of: files(("ab", ""))),
            questionDigest([], of: files(("a", "b"))), questionDigest([], of: files(("b", "a"))),
            questionDigest([], of: files(("a", ""), ("b", ""))),
        ]
        #expect(Set(digests).count == digests.count)
        #expect(
            questionDigest([], of: files(("b", "2"), ("a", "1")))
                == questionDigest([], of: files(("a", "1"), ("b", "2"))))
    }
}
