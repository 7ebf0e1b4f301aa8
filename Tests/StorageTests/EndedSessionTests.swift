import AccessModel
import Glibc
import Planning
import PostgresStorage
import Storage
import Support
import Testing

/// Sessions that end in the middle of a commit: a server that goes down, an administrator, a
/// network.
///
/// `MUSTER_ENDED_SESSIONS=N` sets how many commits; more follow until one was interrupted.
@Suite(
    "A session that ends at any moment",
    .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)))
struct EndedSessionTests {
    private static let runs =
        getenv("MUSTER_ENDED_SESSIONS").flatMap { Int(String(cString: $0)) } ?? 8

    @Test(
        "leaves all of a commit or nothing, and the same again finds out",
        arguments: [Subject.Kind.postgres, .pooled])
    func ended(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        try endSessions(of: subject)
        var (commits, interrupted) = (0, 0)
        while commits < Self.runs || interrupted == 0 && commits < 100 * Self.runs {
            commits += 1
            let number = commits
            let plan = "sha256:\(number)"
            var run: RunRecord?
            repeat {
                let result = await attempt(number, plan, subject.store)
                interrupted += result == .done ? 0 : 1
                run = try await self.run(of: plan, in: subject.store)
                #expect(result == .unknown || (run != nil) == (result == .done))
                // As apply does it: a plan that was applied already is not applied again.
            } while run == nil
            #expect(run?.number == Int64(number) + 1 && run?.letters == Self.people)
        }
        try subject.console("INSERT INTO enough VALUES (1); SELECT pg_sleep(0.5)")
        let state = try await subject.store.snapshot(project: "acme")
        #expect(state.accounts.count == 2 + commits * Self.people)
        #expect(state.memberships["prod"]?.count == 1 + commits * Self.people)
        let letters = try await subject.store.outbox().map(\.letter.id)
        #expect(letters.count == commits * Self.people && Set(letters).count == letters.count)
        let audit = try await subject.store.verifyAudit(expecting: nil)
        #expect(audit.broken == nil && audit.entries == 6 + Int64(commits * Self.people))
        #expect(state.origin?.serial == Int64(commits) + 1)
        #expect(interrupted > 0, "nothing was ever interrupted")
    }

    private static let people = 15

    /// Ends whatever session is in a transaction, now and then, until there is enough.
    private func endSessions(of subject: Subject) throws {
        let mark = subject.folder + "/mark"
        try subject.console(
            """
            CREATE TABLE enough (one integer);
            \\! touch \(mark)
            DO $$ BEGIN LOOP
              PERFORM pg_sleep(0.02);
              EXIT WHEN EXISTS (SELECT 1 FROM enough);
              PERFORM pg_stat_clear_snapshot();
              CONTINUE WHEN NOT EXISTS (SELECT 1 FROM pg_stat_activity
                WHERE application_name = '\(subject.schema)' AND xact_start IS NOT NULL);
              PERFORM pg_sleep(random() * 0.3);
              PERFORM pg_stat_clear_snapshot();
              PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE application_name = '\(subject.schema)' AND state <> 'idle';
              -- Long enough for one that is left in peace.
              PERFORM pg_sleep(random() * 2);
            END LOOP; END $$
            """, until: mark)
    }

    /// Who only asks may ask until there is an answer.
    private func run(of plan: String, in store: any Store) async throws -> RunRecord? {
        for _ in 1..<100 {
            let found = await answer(plan, store)
            if let found { return found.first }
        }
        return try await store.run(plan: plan)
    }

    /// `nil` when the session ended before there was an answer.
    private func answer(_ plan: String, _ store: any Store) async -> [RunRecord]? {
        let run = try? await [store.run(plan: plan)]
        return run?.compactMap(\.self)
    }

    private enum Result { case done, failed, unknown }

    private func attempt(_ number: Int, _ plan: String, _ store: any Store) async -> Result {
        let names = (0..<Self.people).map { "p\(number)-\($0)" }
        let steps = names.flatMap { name in
            [
                change(.inviteAdmin("prod", email(name), Grants(roles: ["read"]), NewAccount())),
                .letter(letter(name, to: email(name), invitation: nil)),
            ]
        }
        do {
            try await store.commit(steps, run: makeRun(plan: plan))
            return .done
        } catch StoreError.outcomeUnknown {
            return .unknown
        } catch StoreError.unreachable {
            return .failed
        } catch {
            Issue.record(error)
            return .failed
        }
    }
}
