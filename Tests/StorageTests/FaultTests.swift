import AccessModel
import Glibc
import Planning
import PostgresStorage
import Storage
import Support
import Testing

/// A server that goes down in the middle of a commit, and answers that never arrive.
///
/// `MUSTER_FAULTS=N` sets how many; what happens when follows from the number of the run.
@Suite(
    "A commit and a server that fails",
    .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)), .serialized)
struct FaultTests {
    @Test("is wholly there or not at all when the server restarts or ends the session")
    func restarted() async throws {
        try await PostgresServer.withVictim(restarting)
    }

    private func restarting() async throws {
        try shell([PostgresServer.restart, "fast"])
        let url = PostgresServer.newVictimStore()
        let store = PostgresStore(url: url)
        try await makeSmallWorld(store)
        let victim = Victim(url: url)
        try victim.slowDown()
        var commits = FaultedCommits(store: store)
        for number in 1...PostgresServer.faults {
            var dice = Dice(seed: number)
            let trouble = try victim.trouble(&dice)
            let result = await commits.attempt(number)
            var status: Int32 = 0
            waitpid(trouble, &status, 0)
            try await commits.finish(number, after: result)
        }
        // The triggers that slow it down are told as what they are.
        try await commits.check(
            recorderFaults: [.unknown("dawdle"), .unknown("dawdle_at_the_end")])
        #expect(commits.failed > 0 && commits.unknown > 0, "\(commits.figures)")
        print("restarts and ended sessions: \(commits.figures)")
    }

    @Test("is known after the next call when COMMIT or the answer to it is lost")
    func cut() async throws {
        let proxy = try CuttingProxy()
        defer { proxy.stop() }
        let direct = PostgresServer.newStore()
        let store = PostgresStore(url: proxy.address(of: direct))
        try await makeSmallWorld(store)
        var commits = FaultedCommits(store: store)
        for number in 1...max(3, PostgresServer.faults / 2) {
            let cut = CuttingProxy.Cut.allCases[number % 3]
            proxy.cutNext(cut)
            let result = await commits.attempt(number)
            #expect(result == .unknown && proxy.hasCut, "run \(number)")
            let isThere = try await store.run(plan: FaultedCommits.plan(number)) != nil
            #expect(isThere == (cut != .before), "run \(number), \(cut)")
            try await commits.finish(number, after: result)
        }
        try await commits.check()
        print("lost commits and answers: \(commits.figures)")
    }

    @Test("is not sent again when the connection breaks before COMMIT, and nothing is written")
    func terminatedInside() async throws {
        let subject = Subject(.postgres)
        try await makeSmallWorld(subject.store)
        try subject.console(
            """
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE TRIGGER die AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION die();
            """)
        await #expect {
            try await subject.store.commit([change(.blockAccount(email("ann")))])
        } throws: {
            guard case StoreError.unreachable(_, let reason) = $0 else { return false }
            return reason == "terminating connection due to administrator command"
        }
        #expect(try await subject.store.snapshot(project: "").origin?.serial == 1)
    }
}

/// Commits that meet faults, and what came of them.
private struct FaultedCommits {
    enum Result { case done, failed, unknown }

    let store: any Store
    private(set) var failed = 0
    private(set) var unknown = 0
    private var done = 0
    private var again = 0
    private static let people = 12

    init(store: any Store) { self.store = store }

    static func plan(_ number: Int) -> String { "sha256:\(number)" }

    var figures: String {
        "\(done + failed + unknown) runs: \(done) done at once, \(failed) failed, "
            + "\(unknown) unknown, \(again) tried again"
    }

    private func names(_ number: Int) -> [String] { (0..<Self.people).map { "p\(number)-\($0)" } }

    mutating func attempt(_ number: Int) async -> Result {
        let result = await result(number)
        switch result {
        case .done: done += 1
        case .failed: failed += 1
        case .unknown: unknown += 1
        }
        return result
    }

    private func result(_ number: Int) async -> Result {
        let steps = names(number).flatMap { name in
            [
                change(.inviteAdmin("prod", email(name), Grants(roles: ["read"]), NewAccount())),
                .letter(letter(name, to: email(name), invitation: nil)),
            ]
        }
        do {
            let base = try await store.identity().origin
            let run = makeRun(plan: Self.plan(number))
            _ = try await store.commit(Commit(run: run, base: base, steps: steps))
            return .done
        } catch StoreError.outcomeUnknown {
            return .unknown
        } catch StoreError.unreachable {
            return .failed
        } catch {
            Issue.record("run \(number): \(error)")
            return .failed
        }
    }

    /// As apply does it when it is run again: what was applied is not applied again.
    mutating func finish(_ number: Int, after result: Result) async throws {
        let run = try await store.run(plan: Self.plan(number))
        if result != .unknown { #expect((run != nil) == (result == .done), "run \(number)") }
        let there = try await store.snapshot(project: "acme").accounts.keys
        let found = names(number).count { there.contains(email($0)) }
        #expect(found == (run == nil ? 0 : Self.people), "run \(number): a partial apply")
        guard run == nil else { return }
        again += 1
        #expect(await self.result(number) == .done, "run \(number), tried again")
    }

    /// Everything once: people, letters, audit entries, runs.
    func check(recorderFaults: [RecorderFault] = []) async throws {
        let runs = done + failed + unknown
        let state = try await store.snapshot(project: "acme")
        #expect(state.accounts.count == 2 + runs * Self.people)
        #expect(state.origin?.serial == Int64(runs) + 1)
        #expect(state.recorderFaults == recorderFaults)
        let letters = try await store.outbox().map(\.letter.recipient)
        #expect(letters.count == runs * Self.people && Set(letters).count == letters.count)
        #expect(try await store.runs(limit: runs + 2).count == runs + 1)
        let audit = try await store.verifyAudit(expecting: nil)
        #expect(audit.broken == nil && audit.entries == Int64(6 + runs * Self.people))
    }
}

/// A store on the server that is restarted.
private struct Victim {
    let url: String

    private var schema: String { url.split(separator: "=").last.map { String($0) } ?? "" }
    private var server: String { url.split(separator: "&schema=").first.map { String($0) } ?? "" }

    /// A fifth of a second for the rows of a commit, and as much for its end: faults meet both.
    func slowDown() throws {
        try shell([
            "psql", "-qX", "-v", "ON_ERROR_STOP=1", server, "-c",
            """
            SET search_path TO \(schema);
            CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_sleep(0.015); RETURN NEW; END $$;
            CREATE TRIGGER dawdle BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION dawdle();
            CREATE CONSTRAINT TRIGGER dawdle_at_the_end AFTER INSERT ON outbox
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle();
            """,
        ])
    }

    /// Begins a process that restarts the server, or ends the session, at some moment.
    func trouble(_ dice: inout Dice) throws -> pid_t {
        let end = """
            psql -qX -o /dev/null '\(server)' -c "SELECT pg_terminate_backend(pid) \
            FROM pg_stat_activity WHERE application_name = '\(schema)' AND pid <> pg_backend_pid()"
            """
        let fault = dice.pick([
            "'\(PostgresServer.restart)' immediate", "'\(PostgresServer.restart)' fast", end,
        ])
        let moment = Double.random(in: 0..<0.5, using: &dice)
        return try begin(["sh", "-c", "sleep \(moment); \(fault)"])
    }
}
