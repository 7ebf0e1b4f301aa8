import AccessModel
import FoundationEssentials
import Planning
import PostgresStorage
import SQLStorage
import Storage
import Support
import Testing

/// The roles that the README makes, by its own statements.
@Suite(
    // One after the other: a server refuses to change one database's rights twice at once.
    "The roles of a shared store", .serialized,
    .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)))
struct PrivilegeTests {
    private struct Roles {
        let subject = Subject(.postgres)
        var owner: String { subject.schema + "_owner" }
        var applier: String { subject.schema + "_apply" }
        var planner: String { subject.schema + "_plan" }

        /// What the README says to run before the first apply, and after it.
        func statements() throws -> [String] {
            let readme = String(
                decoding: try Data(contentsOf: URL(filePath: ProcessRun.root + "/README.md")),
                as: UTF8.self)
            let block = try #require(
                readme.split(separator: "```sql\nCREATE ROLE muster_owner").dropFirst().first?
                    .split(separator: "```").first)
            let own = [
                ("muster_owner", owner), ("muster_apply", applier), ("muster_plan", planner),
                ("SCHEMA muster", "SCHEMA \(subject.schema)"),
                ("DATABASE access", "DATABASE muster"),
            ].reduce("CREATE ROLE muster_owner" + block) { text, name in
                text.split(separator: name.0, omittingEmptySubsequences: false)
                    .joined(separator: name.1)
            }
            return own.split(separator: "-- after the first apply").map { String($0) }
        }

        func run(_ sql: String, as role: String) throws {
            let name = subject.folder + "/\(role).sql"
            write(sql, to: name)
            try shell(
                ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", name, subject.server(as: role)])
        }

        func store(_ role: String, _ schema: Schema = .current) -> PostgresStore {
            PostgresStore(url: subject.url(as: role), schema: schema)
        }

        func reader(_ role: String, _ schema: Schema = .current) -> PostgresStoreReader {
            PostgresStoreReader(url: subject.url(as: role), schema: schema)
        }
    }

    private func roles() async throws -> Roles {
        let roles = Roles()
        let statements = try roles.statements()
        try #require(statements.count == 2)
        try roles.run(statements[0], as: "muster")
        try await makeSmallWorld(roles.store(roles.owner))
        // What is left of the line that told when.
        try roles.run("--" + statements[1], as: roles.owner)
        return roles
    }

    private func expectRefusal(
        _ reason: String, _ body: () async throws -> Void
    ) async {
        do {
            try await body()
            Issue.record("it was not refused")
        } catch StoreError.unreachable(_, let found) {
            #expect(found.contains(reason))
        } catch {
            Issue.record(error)
        }
    }

    @Test("One that selects plans and looks into everything, and writes nothing")
    func planner() async throws {
        let roles = try await roles()
        let reader = roles.reader(roles.planner)
        #expect(try await reader.mark() != nil)
        #expect(try await reader.snapshot(project: "acme").accounts.count == 2)
        #expect(try await reader.runs(limit: 9).count == 1)
        #expect(try await reader.audit(.run(1)).count == 6)
        #expect(try await reader.foreignRecords() == [])
        #expect(try await reader.outbox() == [])
        #expect(try await reader.verifyAudit(expecting: nil).broken == nil)
        let check = try await reader.check(expecting: nil)
        #expect(check.findings.filter { !$0.isGood }.map(\.check) == [.tokens])
        let denied = "this role may not do that"
        let store = roles.store(roles.planner)
        await expectRefusal(denied) { try await store.commit([.letter(letter("a"))]) }
        await expectRefusal(denied) { try await store.rehearse() }
        await expectRefusal(denied) {
            _ = try await store.claimLetters(
                LetterClaim(letters: ["a"], claimant: "x", at: noon, until: noon))
        }
    }

    @Test("One that changes rows applies, and can neither alter the tables nor stop the recorder")
    func applier() async throws {
        let roles = try await roles()
        let store = roles.store(roles.applier)
        let holder = LockHolder(
            actor: "x", systemUser: "ops", host: "h", process: 1, since: noon)
        let lock = try await store.lock(holder: holder, timeout: 0)
        try await store.commit([change(.blockAccount(email("ann"))), .letter(letter("a"))])
        await lock.release()
        try await store.recordDelivery([.init(letter: "a", at: noon, result: .sent)])
        for sql in [
            "ALTER TABLE accounts DISABLE TRIGGER ALL", "DROP TRIGGER accounts_update ON accounts",
            "ALTER TABLE accounts DISABLE TRIGGER USER", "SET session_replication_role TO replica",
            "ALTER TABLE accounts ADD COLUMN colour text", "DROP TABLE foreign_changes",
            "TRUNCATE audit", "DROP INDEX invitations_live", "CREATE TABLE mine (a int)",
            "ALTER TABLE accounts OWNER TO \(roles.applier)", "DROP SCHEMA \(roles.subject.schema)",
        ] {
            #expect(throws: ConsoleFailure.self, "\(sql)") {
                try roles.run(
                    "SET search_path TO \(roles.subject.schema); \(sql);", as: roles.applier)
            }
        }
        let state = try await roles.reader(roles.planner).snapshot(project: "acme")
        #expect(state.recorderFaults == [] && state.foreignChanges == [])
        #expect(state.accounts[email("ann")]?.blocked == true)
        // What it writes by hand is written down as anybody's.
        try roles.run(
            "UPDATE \(roles.subject.schema).accounts SET blocked = 0;", as: roles.applier)
        let found = try await roles.reader(roles.planner).snapshot(project: "acme").foreignChanges
        #expect(found.map(\.by) == ["\(roles.applier) (psql)"])
    }

    @Test("Only the schema's owner moves it forward, and what is new is then everybody's")
    func owner() async throws {
        let roles = try await roles()
        var newer = Schema.current
        newer.versions.append { dialect in
            [
                "ALTER TABLE tenants ADD COLUMN colour \(dialect.text)",
                "CREATE TABLE news (a \(dialect.text))",
            ]
        }
        let reason = "the next apply of the schema's owner moves it"
        await expectRefusal(reason) {
            _ = try await roles.reader(roles.planner, newer).snapshot(project: "")
        }
        await expectRefusal(reason) {
            try await roles.store(roles.applier, newer).commit([.letter(letter("a"))])
        }
        #expect(try await roles.reader(roles.planner).snapshot(project: "").origin?.serial == 1)
        try await roles.store(roles.owner, newer).commit([.letter(letter("b"))])
        try await roles.store(roles.applier, newer).commit([.letter(letter("c"))])
        let reader = roles.reader(roles.planner, newer)
        #expect(try await reader.outbox().map(\.letter.id) == ["b", "c"])
        let schema = roles.subject.schema
        try roles.run("INSERT INTO \(schema).news VALUES ('x');", as: roles.applier)
        try roles.run("SELECT * FROM \(schema).news;", as: roles.planner)
        #expect(throws: ConsoleFailure.self) {
            try roles.run("INSERT INTO \(schema).news VALUES ('y');", as: roles.planner)
        }
    }
}
