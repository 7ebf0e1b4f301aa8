import AccessModel
import Planning
import SQLiteStorage
import Storage
import Testing

/// What others do to a store, with the engine's own console; SQLite's checks no foreign keys.
@Suite("Changes that others make") struct ForeignChangeTests {
    private let ann = email("ann")
    private let joe = email("joe")

    private func changes(_ subject: Subject) async throws -> [String] {
        try await subject.store.snapshot(project: "acme").foreignChanges.map { change in
            func text(_ fields: [String: String]?) -> String {
                guard let fields else { return "nothing" }
                return fields.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
                    .joined(separator: " ")
            }
            return "\(change.address): [\(text(change.before))] → [\(text(change.after))]"
        }
    }

    private func world(_ kind: Subject.Kind) async throws -> Subject {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        return subject
    }

    @Test(
        "are recorded by address, with what was and what is, and move the serial",
        arguments: Subject.Kind.shared)
    func recorded(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console(
            """
            UPDATE accounts SET blocked = 1 WHERE email = 'ann@acme.example';
            UPDATE identity_users SET admin = 0, enabled = 0;
            INSERT INTO accounts (email, spelling, state, blocked, automation)
              VALUES ('eve@acme.example', 'eve@acme.example', 'Activated', 0, 0);
            INSERT INTO memberships VALUES ('prod', 'eve@acme.example', 0);
            INSERT INTO membership_permissions
              VALUES ('prod', 'eve@acme.example', 'assign_permissions');
            UPDATE roles SET sensitive = 0 WHERE name = 'write';
            UPDATE tenants SET title = 'X';
            """)
        #expect(
            try await changes(subject) == [
                """
                account:ann@acme.example: [automation=false blocked=false firstName=Ann \
                mobile=+3161 spelling=ANN@acme.example state=Invited] → [automation=false \
                blocked=true firstName=Ann mobile=+3161 spelling=ANN@acme.example state=Invited]
                """,
                """
                account:eve@acme.example: [nothing] → [automation=false blocked=false \
                spelling=eve@acme.example state=Activated]
                """,
                """
                identity:io.acme/joe@acme.example: [admin=true enabled=true pending=true \
                roles=a,b] → [admin=false enabled=false pending=true roles=a,b]
                """,
                "prod/eve@acme.example: [nothing] → [pending=false]",
                "prod/eve@acme.example#permission:assign_permissions: [nothing] → []",
                """
                role:write: [application= description= sensitive=true title=Write] → \
                [application= description= sensitive=false title=Write]
                """,
                "tenant:prod: [environment=production title=P] → [environment=production title=X]",
            ])
        #expect(try await subject.store.snapshot(project: "").origin?.serial == 8)
    }

    @Test("that cancel each other are none", arguments: Subject.Kind.shared)
    func netted(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console(
            """
            UPDATE identity_users SET admin = 0;
            UPDATE identity_users SET admin = 1;
            DELETE FROM membership_roles;
            INSERT INTO membership_roles VALUES ('prod', 'ann@acme.example', 'read');
            """)
        #expect(try await changes(subject) == [])
    }

    @Test(
        "take a member's grants along, and cannot leave half of something",
        arguments: Subject.Kind.shared)
    func cascades(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console("DELETE FROM memberships WHERE email = 'ann@acme.example'")
        #expect(
            try await changes(subject) == [
                "prod/ann@acme.example: [pending=true] → [nothing]",
                "prod/ann@acme.example#permission:assign_roles: [] → [nothing]",
                "prod/ann@acme.example#permission:invite_admins: [] → [nothing]",
                "prod/ann@acme.example#role:read: [] → [nothing]",
            ])
        #expect(throws: ConsoleFailure.self) {
            try subject.console("DELETE FROM accounts WHERE email = 'joe@acme.example'")
        }
        #expect(throws: ConsoleFailure.self) {
            try subject.console("DELETE FROM tenants")
        }
    }

    @Test("are a removal and an addition when a key changes", arguments: Subject.Kind.shared)
    func keys(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console("UPDATE membership_roles SET role = 'write'")
        #expect(
            try await changes(subject) == [
                "prod/ann@acme.example#role:read: [] → [nothing]",
                "prod/ann@acme.example#role:write: [nothing] → []",
            ])
    }

    @Test("are settled by the step that writes the same object", arguments: Subject.Kind.shared)
    func resolved(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console(
            """
            DELETE FROM membership_permissions WHERE permission = 'invite_admins';
            UPDATE identity_users SET admin = 0;
            INSERT INTO membership_roles VALUES ('prod', 'ann@acme.example', 'write');
            """)
        #expect(try await changes(subject).count == 3)
        try await subject.store.commit([
            change(.grantPermission("prod", ann, .inviteAdmins)),
            .join(.identityUser("io.acme", joe)),
        ])
        #expect(try await changes(subject).count == 2)
        try await subject.store.commit([change(.removeAdmin("prod", ann, Grants()))])
        #expect(try await changes(subject).count == 1)
        try await subject.store.commit([], managed: [], run: makeRun(.accept))
        #expect(try await changes(subject).count == 1)
        try await subject.store.commit([], managed: [])
        #expect(try await changes(subject) == [])
    }

    @Test("follow a rename", arguments: Subject.Kind.shared)
    func renamed(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        try subject.console("DELETE FROM membership_roles")
        try await subject.store.commit([
            change(
                .updateTenant(
                    "live", before: TenantFields(name: "prod"), after: TenantFields(name: "live")))
        ])
        #expect(
            try await changes(subject) == ["live/ann@acme.example#role:read: [] → [nothing]"])
    }

    @Test("make a plan's base stale", arguments: Subject.Kind.shared)
    func stale(_ kind: Subject.Kind) async throws {
        let subject = try await world(kind)
        let base = try await subject.store.snapshot(project: "acme").origin
        try subject.console("UPDATE accounts SET blocked = 1")
        await #expect(throws: StoreError.stale) {
            _ = try await subject.store.commit(Commit(run: makeRun(), base: base, steps: []))
        }
    }
}

/// Edits of the audit log by somebody who can write the file.
@Suite("A tampered audit log") struct AuditTamperingTests {
    @Test(
        "is found out",
        arguments: [
            "UPDATE audit SET actor = 'x' WHERE sequence = 2",
            "UPDATE audit SET address = 'x' WHERE sequence = 2",
            "UPDATE audit SET kind = 'x' WHERE sequence = 2",
            "UPDATE audit SET reason = NULL WHERE sequence = 2",
            "UPDATE audit SET before = 'x' WHERE sequence = 2",
            "UPDATE audit SET after = NULL WHERE sequence = 2",
            "UPDATE audit SET comment = 'x' WHERE sequence = 2",
            "UPDATE audit SET salt = 'x' WHERE sequence = 2",
            "UPDATE audit SET digest = 'x' WHERE sequence = 2",
            "UPDATE audit SET previous = 'x' WHERE sequence = 2",
            "UPDATE audit SET hash = 'x' WHERE sequence = 2",
            "UPDATE audit SET run = 2 WHERE sequence = 2",
            "DELETE FROM audit WHERE sequence = 2",
            "DELETE FROM audit WHERE sequence = 7",
            "DELETE FROM audit",
            "DELETE FROM runs WHERE number = 1",
            "UPDATE runs SET actor = 'x' WHERE number = 1",
            "UPDATE runs SET at = '2020-01-01T00:00:00Z' WHERE number = 1",
            "UPDATE runs SET git_commit = 'x' WHERE number = 1",
            """
            UPDATE audit SET sequence = 100 WHERE sequence = 2;
            UPDATE audit SET sequence = 2 WHERE sequence = 3;
            UPDATE audit SET sequence = 3 WHERE sequence = 100;
            """,
        ], Subject.Kind.shared)
    func found(_ edit: String, _ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        try await subject.store.commit([change(.blockAccount(email("ann")))])
        #expect(try await subject.store.verifyAudit(expecting: nil).broken == nil)
        try subject.console(edit, unchecked: true)
        #expect(try await subject.store.verifyAudit(expecting: nil).broken != nil)
    }
}
