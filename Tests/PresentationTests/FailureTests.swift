import AccessModel
import Diagnostics
import Presentation
import Reconciliation
import Storage
import Testing

@Suite("What went wrong in the world") struct FailureTests {
    @Test("is said with its code and what to do")
    func store() {
        let holder = LockHolder(
            actor: "ann@acme.example", systemUser: "ann", host: "build7", process: 4711,
            since: Instant(seconds: 0))
        #expect(
            StoreError.locked(holder).diagnostic.text()
                == "error[E302]: store: ann@acme.example (ann on build7, process 4711) has held the"
                + " lock since 1970-01-01 00:00:00 UTC. Wait, and run it again;"
                + " `apply --lock-timeout` waits longer.\n")
        #expect(
            StoreError.full("/s.db").diagnostic.text()
                == "error: /s.db: the disk is full. Nothing was changed; make room and run it"
                + " again.\n")
        let codes = [
            StoreError.stale, .locked(nil), .newer(found: 9, known: 1), .trackedByGit("s"),
        ].map(\.diagnostic.code)
        #expect(codes == ["E301", "E302", "E303", "E306"])
    }

    @Test("a plan file's problem is E304, and masked JSON says how it is done")
    func planFile() {
        let diagnostic = PlanFileProblem.masked.diagnostic(path: "plan.json")
        #expect(
            diagnostic.text()
                == "error[E304]: plan.json: this JSON was printed to standard output with masked"
                + " mobiles. Write the plan with --out.\n")
    }

    @Test("a table is aligned by what is seen, and escaped")
    func table() {
        let table = Table(
            [.init("PERSON"), .init("TRIES", .right), .init("STATE")],
            rows: [["日本@x.example", "2", "live"], ["a\u{1B}", "10", ""]])
        #expect(
            table.text() == """
                PERSON          TRIES  STATE
                日本@x.example      2  live
                a\\u{1b}            10

                """)
    }
}
