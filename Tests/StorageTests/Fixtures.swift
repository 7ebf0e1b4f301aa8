import AccessModel
import Glibc
import Planning
import PostgresStorage
import SQLStorage
import SQLiteStorage
import Storage
import Support

/// A store under test; an SQLite one with a folder of its own that goes with it.
final class Subject: Sendable, CustomStringConvertible {
    enum Kind: CaseIterable, Sendable {
        case memory, sqlite, postgres
        /// PostgreSQL behind a pooler, which may give every transaction another session.
        case pooled

        static let allCases: [Kind] = [.memory] + shared
        /// Stores that others can write.
        static let shared: [Kind] =
            [.sqlite] + (PostgresServer.isThere ? [.postgres, .pooled] : [])
    }

    let kind: Kind
    let store: any Store
    /// Of a shared store.
    let url: String
    private let temporary = TemporaryFolder()

    var folder: String { temporary.path }

    var description: String { "\(kind)" }
    var path: String { folder + "/store.db" }

    /// On the common server, or at a URL of PostgreSQL.
    init(_ kind: Kind, at url: String? = nil) {
        self.kind = kind
        let url =
            switch kind {
            case .memory, .sqlite: ""
            case .postgres: url ?? PostgresServer.newStore()
            case .pooled: PostgresServer.newStore(pooled: true)
            }
        self.url = url
        store =
            switch kind {
            case .memory: MemoryStore(hash: SHA256Digest.hexadecimal)
            case .sqlite: SQLiteStore(path: temporary.path + "/store.db")
            case .postgres, .pooled: PostgresStore(url: url)
            }
    }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

func email(_ name: String) -> EmailAddress {
    EmailAddress(canonical: "\(name)@acme.example", spelling: "\(name.uppercased())@acme.example")
}

let noon = Instant(seconds: 1_800_000_000)

func makeRun(_ kind: RunRecord.Kind = .apply, plan: String? = nil) -> RunRecord {
    RunRecord(
        kind: kind, actor: "operator", at: noon, project: "acme", systemUser: "ops", host: "h",
        plan: plan)
}

func change(_ action: Action) -> Step {
    .change(Change(action: action, actor: .platformOperator, reason: .declared), comment: nil)
}

extension Store {
    /// Commits onto what is there now, or begins the store.
    @discardableResult
    func commit(
        _ steps: [Step], acceptance: InvitationSettings.Acceptance = .implicit,
        settings: [String: String]? = nil, managed: Set<Address>? = nil,
        run: RunRecord = makeRun()
    ) async throws -> CommitOutcome {
        var base: ObservedState.Origin?
        do {
            base = try await snapshot(project: "acme").origin
        } catch StoreError.absent {}
        return try await commit(
            Commit(
                run: run, base: base, newStoreID: "id-1", steps: steps, acceptance: acceptance,
                settings: settings, managed: managed,
                beginsRecordAnew: managed != nil))
    }
}

/// What two snapshots have to agree on, as text that shows the difference.
func comparable(_ state: ObservedState) -> [String] {
    var lines = ["\(String(describing: state.origin))"]
    lines += state.permissions.values.map { "\($0)" }
    lines += state.roles.values.map { "\($0)" }
    lines += state.tenants.values.map { "\($0)" }
    lines += state.accounts.values.map { "\($0) \($0.email.spelling)" }
    for (tenant, members) in state.memberships {
        lines += members.map { "\(tenant) \($0) \($1)" }
    }
    lines += state.identities.values.map { "\($0)" }
    for (code, users) in state.identityUsers { lines += users.map { "\(code) \($0) \($1)" } }
    lines += state.invitations.map { "\($0) \($1)" }
    lines += state.settings.map { "\($0)=\($1)" }
    lines += state.managed.map { "managed \($0)" }
    lines += state.foreignChanges.map { "\($0)" }
    lines += state.recorderFaults.map { "\($0)" }
    return lines.sorted()
}

func makeSmallWorld(_ store: any Store) async throws {
    let ann = email("ann")
    try await store.commit([
        change(.createRole(Role(name: "read", title: "Read"))),
        change(.createRole(Role(name: "write", title: "Write", sensitive: true))),
        change(.createTenant(Tenant(name: "prod", title: "P", availableRoles: ["read", "write"]))),
        change(.createIdentity(Identity(code: "io.acme", tenant: "prod", title: "Plant"))),
        change(
            .inviteAdmin(
                "prod", ann, Grants(permissions: [.inviteAdmins, .assignRoles], roles: ["read"]),
                NewAccount(profile: Profile(firstName: "Ann", mobile: "+3161")))),
        change(
            .addIdentityUser(
                "io.acme", email("joe"),
                NewIdentityUser(admin: true, roles: ["b", "a"]), NewAccount())),
        .issue(invitation("1", .membership("prod", ann)), tokenHash: "h1"),
        .issue(invitation("2", .identityUser("io.acme", email("joe"))), tokenHash: "h2"),
    ])
}

func invitation(
    _ id: String, _ scope: Scope, generation: Int = 1, resends: Int = 0
) -> Invitation {
    Invitation(
        id: id, scope: scope, generation: generation, expiresAt: noon.adding(days: 7),
        automaticResends: resends)
}

func letter(
    _ id: String, to recipient: EmailAddress = email("ann"), invitation: String? = "1"
) -> Letter {
    Letter(
        id: id, recipient: recipient, recipientName: "Ann", kind: .createAccount, language: "en",
        inviter: "ops",
        places: [
            .init(kind: .tenant, name: "prod", title: "P", invitation: invitation, generation: 1)
        ], ended: [.init(kind: .identity, name: "plant", title: "P", admin: true)],
        expiresAt: noon.adding(days: 7), queuedAt: noon)
}

extension Name: ExpressibleByUnicodeScalarLiteral {}
extension Name: ExpressibleByExtendedGraphemeClusterLiteral {}
extension Name: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(text) }
}

func write(_ text: String, to path: String) { write(Array(text.utf8), to: path) }

func write(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
}

func bytes(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    _ = read(descriptor, &bytes, bytes.count)
    return bytes
}
