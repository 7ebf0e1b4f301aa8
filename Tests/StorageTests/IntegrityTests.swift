import AccessModel
import PostgresStorage
import SQLStorage
import Storage
import Testing

private typealias Check = IntegrityReport.Check

/// One thing that somebody does behind Muster's back, and the checks that see it.
private struct Damage: Sendable, CustomTestStringConvertible {
    var sql: String
    /// Without foreign keys and triggers.
    var isUnwatched = true
    var failing: Set<IntegrityReport.Check>

    var testDescription: String { sql }

    /// With the tables' recorder away, so that nothing is written down, nothing cascades and
    /// nothing is refused; it is put back as it was.
    static let rows: [Damage] = [
        Damage(
            sql: "DELETE FROM accounts WHERE email LIKE 'ann%'", failing: [.references, .state]),
        Damage(sql: "DELETE FROM memberships", failing: [.references, .state, .strays]),
        Damage(
            sql: "DELETE FROM tenant_roles WHERE role = 'write'",
            failing: [.references, .roles, .state]),
        Damage(sql: "UPDATE accounts SET blocked = 0", failing: [.state]),
        Damage(
            sql: "UPDATE accounts SET blocked = 0; DELETE FROM identity_users",
            failing: [.state, .strays]),
        Damage(
            sql: "UPDATE accounts SET spelling = 'eve@acme.example'", failing: [.accounts, .state]),
        Damage(
            sql: """
                INSERT INTO accounts VALUES ('Eve@Acme.example', 'Eve@Acme.example', NULL, NULL,
                NULL, NULL, 'Invited', 1, 0)
                """, failing: [.accounts, .state]),
        Damage(sql: "UPDATE invitations SET token_hash = 'wX1-' || id", failing: [.tokens]),
        Damage(
            sql: "UPDATE invitations SET expires_at = 'soon'", failing: [.invitations, .values]),
        Damage(sql: "UPDATE outbox SET letter = '{'", failing: [.values]),
        Damage(sql: "UPDATE audit SET actor = 'eve' WHERE sequence = 3", failing: [.chain]),
        Damage(sql: "DELETE FROM audit WHERE sequence = 3", failing: [.chain, .sequence]),
        Damage(sql: "UPDATE runs SET host = 'x' WHERE number = 2", failing: [.chain]),
        Damage(sql: "UPDATE settings SET value = '1'", failing: [.state]),
        Damage(sql: "DELETE FROM managed", failing: [.state]),
        Damage(
            sql: "DELETE FROM seals",
            failing: [.state]),
        Damage(sql: "DELETE FROM recording", failing: [.recorder]),
        Damage(sql: "UPDATE recording SET serial = -5", failing: [.recorder]),
        Damage(sql: "UPDATE recording SET position = position + 1", failing: [.recorder]),
        Damage(sql: "UPDATE meta SET serial = serial - 1", failing: [.recorder]),
        Damage(sql: "DELETE FROM foreign_changes", failing: [.recorder]),
        Damage(sql: "INSERT INTO writer VALUES (1)", failing: [.recorder]),
    ]
}

@Suite("The check of a store") struct IntegrityTests {
    private func world(_ kind: Subject.Kind) async throws -> Subject {
        let subject = Subject(kind)
        try await makeSoundWorld(subject)
        return subject
    }

    private func failing(_ subject: Subject) async throws -> Set<IntegrityReport.Check> {
        let report = try await subject.check()
        #expect(report.findings.map(\.check) == IntegrityReport.Check.allCases)
        return Set(report.findings.filter { !$0.isGood }.map(\.check))
    }

    @Test("finds nothing in a sound store", arguments: Subject.Kind.shared)
    func sound(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        let report = try await subject.check()
        #expect(report.findings.filter { !$0.isGood } == [])
        #expect(report.origin == (try await subject.store.identity().origin))
        #expect(report.auditHead == (try await subject.store.verifyAudit(expecting: nil).head))
        #expect(report.digest?.hasPrefix("sha256:") == true)
        // What others change and the store writes down is drift, and no damage.
        try subject.console("UPDATE tenants SET title = 'Z'")
        #expect(try await failing(subject) == [])
    }

    @Test("names what is damaged", arguments: Damage.rows)
    private func rows(_ damage: Damage) async throws {
        for kind in Subject.Kind.shared where kind != .pooled {
            let subject = try await world(kind)
            try subject.unwatched(damage.sql)
            var expected = damage.failing
            // SQLite looks after references itself when it is asked.
            if kind == .sqlite, expected.contains(.references) { expected.insert(.engine) }
            #expect(try await failing(subject) == expected, "\(kind)")
        }
    }

    @Test("misses what the schema has, and what it does not", arguments: Subject.Kind.shared)
    func schema(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console(
            """
            DROP INDEX invitations_live; CREATE INDEX mine ON audit (kind);
            ALTER TABLE tenants ADD COLUMN colour TEXT; CREATE TABLE theirs (a INTEGER);
            """)
        let problems = try await subject.check().findings.filter { !$0.isGood }
        let expected: [IntegrityProblem] = [
            .missing("index invitations_live"), .unexpected("index mine"),
            .unexpected("column tenants.colour"),
        ]
        #expect(problems.map(\.check) == [.schema])
        #expect(Set(problems.flatMap(\.problems)) == Set(expected))
    }

    @Test(
        "sees an older version than the store has, which cannot be read or copied",
        arguments: Subject.Kind.shared)
    func older(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console("UPDATE meta SET schema_version = 1")
        let reason = "it says that its schema is version 1, and has a later one's"
        #expect(
            try await subject.check().findings.first { $0.check == .schema }?.problems
                == [.failed(reason)])
        let refusal: (any Error) -> Bool = {
            guard case StoreError.damaged(_, reason) = $0 else { return false }
            return true
        }
        // A shared store looks at the version when it connects.
        let reader: any StoreReader =
            kind == .sqlite ? subject.store : PostgresStoreReader(url: subject.url)
        await #expect(
            performing: { _ = try await reader.snapshot(project: "") }, throws: refusal)
        let target = Subject(.sqlite)
        #expect(performing: { try subject.copy(to: target) }, throws: refusal)
        #expect(Subject.names(in: target.folder) == [])
    }

    @Test(
        "tells of a table that is gone, and so does whoever reads", arguments: Subject.Kind.shared)
    func gone(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console("DROP TABLE seals")
        #expect(try await failing(subject) == [.schema, .recorder, .values, .state])
        await #expect {
            _ = try await subject.store.snapshot(project: "")
        } throws: {
            if case StoreError.damaged = $0 { true } else { false }
        }
    }

    @Test("sees two live invitations of one place, once the index that forbids it is gone")
    func twoLive() async throws {
        let subject = try await world(.sqlite)
        try subject.console(
            """
            DROP INDEX invitations_live;
            INSERT INTO invitations SELECT '9', 9, kind, first, second, generation, state,
            expires_at, automatic_resends, replace(token_hash, '4', '5') FROM invitations
            WHERE id = '2';
            """)
        let found = try await subject.check().findings.first { $0.check == .invitations }
        #expect(found?.problems == [.liveTwice(.identityUser("io.acme", email("joe")))])
    }

    @Test("sees a cut tail where a head was kept", arguments: Subject.Kind.shared)
    func head(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        let head = try await subject.store.verifyAudit(expecting: nil).head
        #expect(try await subject.check(expecting: head).isGood)
        try subject.unwatched("DELETE FROM audit WHERE run = 3; DELETE FROM runs WHERE number = 3")
        #expect(try await subject.check().isGood)
        let found = try await subject.check(expecting: head).findings.filter { !$0.isGood }
        #expect(found == [.init(.chain, [.headNotFound(head)])])
    }

    @Test("tells the first of many problems, and how many there are")
    func many() async throws {
        let subject = try await world(.sqlite)
        try subject.unwatched(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
            INSERT INTO accounts SELECT 'p' || i || '@acme.example', 'p' || i || '@acme.example',
            NULL, NULL, NULL, NULL, 'Invited', 0, 0 FROM n
            """)
        let found = try await subject.check().findings.first { $0.check == .strays }
        #expect(found?.problems.count == 20 && found?.count == 50)
    }

    @Test("is refused where there is nothing, and of a newer version")
    func refused() async throws {
        let subject = try await world(.sqlite)
        await #expect(throws: StoreError.absent(subject.path)) {
            unlinkFile(subject.path)
            _ = try await subject.check()
        }
        let newer = try await world(.sqlite)
        try newer.console("UPDATE meta SET schema_version = 99")
        await #expect(throws: StoreError.newer(found: 99, known: Schema.current.versions.count)) {
            _ = try await newer.check()
        }
    }
}
