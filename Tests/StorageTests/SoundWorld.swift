import AccessModel
import Planning
import PostgresStorage
import SQLStorage
import SQLiteStorage
import Storage

/// A store in which everything holds: people, invitations, letters, settings, and changes of others
/// that a run has settled.
func makeSoundWorld(_ subject: Subject) async throws {
    let (ann, joe) = (email("ann"), email("joe"))
    let store = subject.store
    try await store.commit(
        [
            change(.createRole(Role(name: "read", title: "Read"))),
            change(.createRole(Role(name: "write", title: "Write", sensitive: true))),
            change(
                .createTenant(Tenant(name: "prod", title: "P", availableRoles: ["read", "write"]))),
            change(.createIdentity(Identity(code: "io.acme", tenant: "prod", title: "Plant"))),
            change(
                .inviteAdmin(
                    "prod", ann,
                    Grants(permissions: [.inviteAdmins, .assignRoles], roles: ["read"]),
                    NewAccount(profile: Profile(firstName: "Ann", mobile: "+3161")))),
            change(
                .addIdentityUser(
                    "io.acme", joe, NewIdentityUser(admin: true, roles: ["b", "a"]), NewAccount())),
            .issue(invitation("1", .membership("prod", ann)), tokenHash: hash("1")),
            .issue(invitation("2", .identityUser("io.acme", joe)), tokenHash: hash("2")),
            .letter(letter("l1")), .letter(letter("l2", to: joe, invitation: "2")),
        ], settings: ["guards.maxMails": "500", "delivery": "maildir:.muster/mail"],
        managed: [.tenant("prod"), .role("read")])
    try subject.console(
        """
        UPDATE accounts SET blocked = 1 WHERE email = 'joe@acme.example';
        UPDATE roles SET title = 'Reads' WHERE name = 'read';
        INSERT INTO membership_roles VALUES ('prod', 'ann@acme.example', 'write');
        """)
    try await store.commit(
        [change(.grantPermission("prod", ann, .assignPermissions))],
        managed: [.tenant("prod"), .role("read")])
    try await store.commit([
        .activate(ann, filling: Profile(lastName: "Bee")),
        change(.unassignRole("prod", ann, "read")),
    ])
}

/// What a store would keep of a token.
func hash(_ token: String) -> String { SHA256Digest.hexadecimal(Array(token.utf8)) }

extension Subject {
    func check(expecting head: String? = nil) async throws -> IntegrityReport {
        switch kind {
        case .memory: IntegrityReport(findings: [])
        case .sqlite: try await SQLiteStoreReader(path: path).check(expecting: head)
        case .postgres, .pooled: try await PostgresStoreReader(url: url).check(expecting: head)
        }
    }

    /// Copies the store to where another one will be, which then is one.
    func copy(to other: Subject, underTestClock: Bool = false) throws -> CopyOutcome {
        switch kind {
        case .memory, .sqlite:
            try Self.copy(SQLiteCopyEnd(path: path), to: other, underTestClock)
        case .postgres, .pooled:
            try Self.copy(PostgresCopyEnd(url: url), to: other, underTestClock)
        }
    }

    private static func copy(
        _ source: some SQLCopySource, to other: Subject, _ underTestClock: Bool
    ) throws -> CopyOutcome {
        switch other.kind {
        case .memory, .sqlite:
            try copyStore(
                from: source, to: SQLiteCopyEnd(path: other.path), underTestClock: underTestClock)
        case .postgres, .pooled:
            try copyStore(
                from: source, to: PostgresCopyEnd(url: other.url), underTestClock: underTestClock)
        }
    }
}
