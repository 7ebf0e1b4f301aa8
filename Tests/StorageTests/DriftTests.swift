import AccessModel
import Planning
import Storage
import Support
import Testing

/// What others do to a store behind Muster's back, and what they do so that nobody sees it.
@Suite("Behind Muster's back") struct DriftTests {
    private func world(_ kind: Subject.Kind) async throws -> Subject {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        try await subject.store.commit([], settings: ["guards": "5"], managed: [.tenant("prod")])
        return subject
    }

    private func faults(_ subject: Subject) async throws -> [RecorderFault] {
        try await subject.store.snapshot(project: "acme").recorderFaults
    }

    struct Edit: Sendable, CustomTestStringConvertible {
        var sql: String
        var changed: [String]
        var testDescription: String { sql }

        init(_ sql: String, _ changed: String...) { (self.sql, self.changed) = (sql, changed) }
    }

    static let edits: [Edit] = [
        Edit(
            "UPDATE permissions SET title = 'x' WHERE name = 'invite_admins'",
            "~ permission:invite_admins"),
        Edit("INSERT INTO permissions (name, title) VALUES ('p', '')", "+ permission:p"),
        Edit(
            "DELETE FROM permissions WHERE name = 'assign_permissions'",
            "- permission:assign_permissions"),
        Edit("UPDATE roles SET description = 'x' WHERE name = 'read'", "~ role:read"),
        Edit("UPDATE roles SET sensitive = 0 WHERE name = 'write'", "~ role:write"),
        Edit(
            "INSERT INTO roles (name, title, description, application, sensitive) "
                + "VALUES ('r', '', '', '', 0)", "+ role:r"),
        Edit("UPDATE tenants SET environment = 'non-production'", "~ tenant:prod"),
        Edit(
            "INSERT INTO tenants (name, title, environment) VALUES ('t', '', 'production')",
            "+ tenant:t"),
        Edit("DELETE FROM tenant_roles WHERE role = 'write'", "- tenant:prod#role:write"),
        Edit(
            "UPDATE accounts SET spelling = 'ann@else.example' WHERE spelling LIKE 'ANN%'",
            "~ account:ann@acme.example"),
        Edit(
            "UPDATE accounts SET mobile = NULL, first_name = 'An;3:x' "
                + "WHERE email = 'ann@acme.example'", "~ account:ann@acme.example"),
        Edit(
            "UPDATE accounts SET state = 'Activated', automation = 1 "
                + "WHERE email = 'joe@acme.example'", "~ account:joe@acme.example"),
        Edit("UPDATE memberships SET pending = 0", "~ prod/ann@acme.example"),
        Edit(
            "DELETE FROM membership_permissions WHERE permission = 'invite_admins'",
            "- prod/ann@acme.example#permission:invite_admins"),
        Edit(
            "UPDATE membership_roles SET role = 'write'", "- prod/ann@acme.example#role:read",
            "+ prod/ann@acme.example#role:write"),
        Edit("UPDATE identities SET system = 1", "~ identity:io.acme"),
        Edit(
            "INSERT INTO identities (code, tenant, title, system) "
                + "VALUES ('x', 'prod', '\u{E9}', 0)",
            "+ identity:x"),
        Edit(
            "UPDATE identity_users SET pending = 0, roles = 'z'",
            "~ identity:io.acme/joe@acme.example"),
        Edit("DELETE FROM identity_users", "- identity:io.acme/joe@acme.example"),
    ]

    @Test(
        "every field of every table of access is watched, and no record is missing",
        arguments: Subject.Kind.shared, edits)
    func watched(_ kind: Subject.Kind, _ edit: Edit) async throws {
        let subject = try await world(kind)
        try subject.console(edit.sql)
        let state = try await subject.store.snapshot(project: "acme")
        let changed = state.foreignChanges.map { change in
            "\(change.before == nil ? "+" : change.after == nil ? "-" : "~") \(change.address)"
        }
        #expect(changed == edit.changed)
        #expect(state.foreignChanges.allSatisfy { $0.before != $0.after && $0.times == 1 })
        #expect(state.recorderFaults == [])
        // Neither what settles it nor what has nothing to do with it leaves a doubt.
        try await subject.store.commit([change(.createRole(Role(name: "new")))])
        #expect(try await faults(subject) == [])
        try await subject.store.commit([], managed: [])
        let settled = try await subject.store.snapshot(project: "acme")
        #expect(settled.foreignChanges == [] && settled.recorderFaults == [])
    }

    @Test(
        "a change is told with its first and last time and how often it happened",
        arguments: Subject.Kind.shared)
    func times(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        for title in ["a", "b", "c"] {
            try subject.console("UPDATE tenants SET title = '\(title)'")
        }
        let change = try #require(
            try await subject.store.snapshot(project: "acme").foreignChanges.first)
        let records = try await subject.store.foreignRecords()
        #expect(
            change.times == 3 && change.before?["title"] == "P" && change.after?["title"] == "c")
        #expect(records.map(\.at) == records.map(\.at).sorted() && records.count == 3)
        #expect(change.firstAt == records.first?.at && change.at == records.last?.at)
    }

    @Test(
        "what was put back by hand is recorded and no change; what a run settled says which",
        arguments: Subject.Kind.shared)
    func past(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console(
            """
            UPDATE tenants SET title = 'x'; UPDATE tenants SET title = 'P';
            UPDATE roles SET title = 'x' WHERE name = 'read'
            """)
        #expect(
            try await subject.store.snapshot(project: "acme").foreignChanges.map(\.address)
                == [.role("read")])
        let run = try await subject.store.commit([], managed: []).run
        #expect(
            try await subject.store.foreignRecords().map { "\($0.address) \($0.resolved ?? 0)" }
                == ["tenant:prod \(run)", "tenant:prod \(run)", "role:read \(run)"])
    }

    @Test("memory has no back", arguments: [Subject.Kind.memory])
    func none(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        #expect(try await subject.store.foreignRecords() == [])
        #expect(try await faults(subject) == [])
    }
}

/// A record of others' changes that somebody switched off or altered.
@Suite("A tampered recorder") struct RecorderTamperingTests {
    struct Attack: Sendable, CustomTestStringConvertible {
        var sql: String
        /// As SQLite counts moves of the serial.
        var faults: [RecorderFault]
        var testDescription: String { sql }

        init(_ sql: String, _ faults: RecorderFault...) { (self.sql, self.faults) = (sql, faults) }
    }

    private static let accounts = RecorderFault.unrecorded(AccessPart(.account))

    static let attacks: [Attack] = [
        Attack("DROP TRIGGER accounts_update", .missing("accounts_update")),
        Attack(
            "DROP TRIGGER accounts_update; UPDATE accounts SET blocked = 1",
            .missing("accounts_update"), accounts),
        Attack(
            """
            DROP TRIGGER roles_insert; CREATE TRIGGER roles_insert AFTER INSERT ON roles
            BEGIN SELECT 1; END
            """, .altered("roles_insert")),
        Attack(
            """
            PRAGMA writable_schema = ON;
            CREATE TABLE kept (sql TEXT);
            INSERT INTO kept SELECT sql FROM sqlite_master WHERE name = 'accounts_update';
            DROP TRIGGER accounts_update; UPDATE accounts SET blocked = 1;
            INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql)
            SELECT 'trigger', 'accounts_update', 'accounts', 0, sql FROM kept;
            DROP TABLE kept
            """, accounts),
        Attack(
            "CREATE TRIGGER mine AFTER INSERT ON audit BEGIN SELECT 1; END", .unknown("mine")),
        Attack("INSERT INTO writer VALUES (1)", .held),
        Attack(
            "INSERT INTO writer VALUES (1); DELETE FROM membership_roles; DELETE FROM writer",
            .unrecorded(AccessPart(.roleGrant, scope: "prod"))),
        Attack(
            "UPDATE accounts SET blocked = 1; DELETE FROM foreign_changes WHERE resolved IS NULL",
            accounts, .serial(2)),
        Attack(
            "UPDATE accounts SET blocked = 1; UPDATE foreign_changes SET after = before",
            accounts, .historyAltered),
        Attack(
            "UPDATE accounts SET blocked = 1; UPDATE foreign_changes SET resolved = 1",
            accounts, .historyAltered),
        Attack("DELETE FROM foreign_changes", .historyAltered),
        Attack("UPDATE foreign_changes SET who = 'bob'", .historyAltered),
        Attack("UPDATE meta SET serial = 1", .serial(-2)),
        Attack("UPDATE meta SET serial = serial + 1", .serial(1)),
        Attack(
            "UPDATE roles SET title = 'x'; UPDATE meta SET serial = serial - 4", .serial(-3)),
        Attack("DELETE FROM recording", .unsealed),
        Attack("UPDATE recording SET history = 'x'", .unsealed),
        Attack(
            "UPDATE seals SET digest = '0-1' WHERE kind = 'account'", accounts),
        Attack("UPDATE settings SET value = '500'", .unrecorded(AccessPart(.settings))),
        Attack("DELETE FROM managed", .unrecorded(AccessPart(.managed))),
        Attack(
            "INSERT OR REPLACE INTO tenants VALUES ('prod', 'x', 'production')",
            .unrecorded(AccessPart(.tenant))),
    ]

    /// Those that know no engine.
    static let plainAttacks = attacks.filter { attack in
        !["TRIGGER", "PRAGMA", "OR REPLACE"].contains { attack.sql.contains($0) }
    }

    static let serverAttacks: [Attack] = [
        Attack("DROP TRIGGER accounts_record ON accounts", .missing("accounts_record")),
        Attack(
            "DROP TRIGGER accounts_record ON accounts; UPDATE accounts SET blocked = 1",
            .missing("accounts_record"), accounts),
        Attack("ALTER TABLE roles DISABLE TRIGGER roles_turn", .altered("roles_turn")),
        Attack(
            """
            CREATE OR REPLACE FUNCTION accounts_record() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RETURN NULL; END $$; UPDATE accounts SET blocked = 1
            """, .altered("accounts_record"), accounts),
        Attack("ALTER FUNCTION roles_record() SECURITY INVOKER", .altered("roles_record")),
        Attack(
            "SET session_replication_role TO replica; UPDATE accounts SET blocked = 1", accounts),
        Attack(
            """
            CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER mine BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION mine()
            """, .unknown("mine")),
    ]

    /// With two changes of others that a run has settled, and two runs of Muster's own.
    private func world(_ kind: Subject.Kind) async throws -> Subject {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        try subject.console("UPDATE accounts SET language = 'nl'")
        try await subject.store.commit([], settings: ["guards": "5"], managed: [.tenant("prod")])
        #expect(try await faults(subject) == [])
        return subject
    }

    private func faults(_ subject: Subject) async throws -> [RecorderFault] {
        let faults = try await subject.store.snapshot(project: "acme").recorderFaults
        return subject.kind == .sqlite ? faults : faults.map(\.uncounted)
    }

    @Test("is found out, whatever Muster does next but a whole apply", arguments: attacks)
    func found(_ attack: Attack) async throws { try await find(attack, .sqlite) }

    @Test(
        "is found out on a server",
        .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)),
        arguments: plainAttacks + serverAttacks)
    func foundOnServer(_ attack: Attack) async throws { try await find(attack, .postgres) }

    private func find(_ attack: Attack, _ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console(attack.sql)
        let expected = kind == .sqlite ? attack.faults : attack.faults.map(\.uncounted)
        #expect(try await faults(subject) == expected)

        try await subject.store.commit([.activate(email("joe"), filling: Profile())])
        let lasting = expected.filter { fault in
            switch fault {
            // A run moves the serial itself, and takes the mark away.
            case .serial, .held: false
            case .missing, .altered, .unknown, .unrecorded, .historyAltered, .unsealed: true
            }
        }
        #expect(try await faults(subject) == lasting)

        try await subject.store.commit([], settings: ["guards": "5"], managed: [.tenant("prod")])
        let others = expected.filter { if case .unknown = $0 { true } else { false } }
        #expect(try await faults(subject) == others)
        try subject.console("UPDATE accounts SET blocked = 1 - blocked")
        let state = try await subject.store.snapshot(project: "acme")
        #expect(state.recorderFaults == others && state.foreignChanges.count == 2)
    }
}

extension RecorderFault {
    /// A server moves the serial once in a transaction, and not for each row.
    fileprivate var uncounted: RecorderFault { if case .serial = self { .serial(0) } else { self } }
}
