import AccessModel
import HTTPService
import Hummingbird
import HummingbirdTesting
import Invitations
import Manifests
import Planning
import Reconciliation
import SQLStorage
import Storage
import Support
import Synchronization
import Syntax

/// A store in which Ann is invited, and the service in front of it.
final class Home: Sendable {
    let store: MemoryStore
    private let clock = Mutex<Instant>(.of("2026-11-22T10:00:00Z"))
    private let lines = Mutex<[String]>([])
    private let space = Mutex<Int64?>(nil)
    private let failure = Mutex<StoreError?>(nil)

    static let ann = EmailAddress.of("ann")
    static let token = String(repeating: "T", count: 43)
    static let production = TenantName("production")

    var log: [String] { lines.withLock { $0 } }
    var now: Instant { clock.withLock { $0 } }

    /// - Parameters:
    ///   - profile: What is declared of Ann.
    ///   - state: Of Ann's account.
    init(
        profile: Profile = Profile(
            firstName: "Ann", lastName: "Bee", mobile: "+31612345678"),
        state: Account.State = .invited, asAdmin: Bool = true, title: String = "Production"
    ) async throws {
        store = MemoryStore(hash: SHA256Digest.hexadecimal)
        let role = Role(name: RoleName("access_read"), title: "Read access")
        let tenant = Tenant(
            name: Self.production, title: title, availableRoles: [RoleName("access_read")])
        let plant = Identity(
            code: IdentityCode("io.acme.plant1"), tenant: Self.production, title: "Plant 1")
        let scope: Scope =
            asAdmin
            ? .membership(Self.production, Self.ann) : .identityUser(plant.code, Self.ann)
        var steps: [Step] = [
            change(.createRole(role)), change(.createTenant(tenant)),
            change(.createIdentity(plant)),
            .account(Account(email: Self.ann, profile: profile, state: state)),
        ]
        if asAdmin {
            let grants = Grants(
                permissions: [PermissionName("invite_admins")], roles: [role.name])
            steps.append(
                .membership(
                    Self.production, Self.ann, Membership(grants: grants, pending: true)))
        } else {
            steps.append(
                .user(plant.code, Self.ann, IdentityUser(roles: [Label("viewer")], pending: true)))
        }
        steps.append(
            .issue(
                Invitation(id: "i1", scope: scope, expiresAt: .of("2026-11-29T10:00:00Z")),
                tokenHash: tokenHash(Self.token)))
        _ = try await store.commit(
            Commit(
                run: context(.platformOperator).run(.apply, project: "acme-access"), base: nil,
                newStoreID: "s1", steps: steps))
    }

    func set(_ now: String) { clock.withLock { $0 = .of(now) } }
    func setSpace(_ bytes: Int64) { space.withLock { $0 = bytes } }
    func fail(_ error: StoreError?) { failure.withLock { $0 = error } }

    private func context(_ actor: Actor) -> RunContext {
        RunContext(
            actor: actor, now: now, underTestClock: false, systemUser: "test", host: "test",
            process: 1, ci: nil, random: { Array(repeating: 7, count: $0) })
    }

    /// Talks to the service.
    func visit(
        _ settings: ServiceSettings = ServiceSettings(version: "0"),
        acceptURL: String? = nil, language: String = "en",
        _ talk: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        var project = Project(name: "acme-access")
        project.invitations.acceptURL = acceptURL
        project.invitations.language = language
        let ports = ServicePorts(
            project: project,
            reader: { () throws(StoreError) in
                if let failure = self.failure.withLock({ $0 }) { throw failure }
                return self.store
            },
            store: store,
            trial: { () throws(StoreError) in
                if let failure = self.failure.withLock({ $0 }) { throw failure }
                return self.store
            }, keys: NoKey(), transport: nil,
            claimant: { Claimant(name: "test", hasEnded: { _ in false }, time: { self.now }) },
            context: { self.context($0) },
            manifests: { load([], limits: .init(), now: self.now) },
            freeSpace: { self.space.withLock { $0 } })
        let application = try application(settings, ports) { line in
            self.lines.withLock { $0.append(line) }
        }
        try await application.test(.router, talk)
    }

    func observed() async throws -> ObservedState {
        try await store.snapshot(project: "acme-access")
    }
}

private func change(_ action: Action) -> Step {
    .change(Change(action: action, actor: .platformOperator, reason: .declared), comment: nil)
}

private struct NoKey: InvitationKeySource {
    func key(mayCreate: Bool) throws(KeyProblem) -> InvitationKey { throw .missing("none") }
}

/// What came back.
struct Reply: Equatable {
    var status: Int
    var body: String
    var headers: HTTPFields

    init(_ response: TestResponse) {
        status = response.status.code
        body = String(buffer: response.body)
        headers = response.headers
    }
}

extension TestClientProtocol {
    func get(
        _ path: String, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get
    ) async throws -> Reply {
        try await execute(uri: path, method: method, headers: headers) { Reply($0) }
    }

    func post(
        _ path: String, _ form: String = "", _ headers: HTTPFields = [:],
        type: String? = "application/x-www-form-urlencoded"
    ) async throws -> Reply {
        var headers = headers
        headers[.contentType] = type
        return try await execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: form)
        ) { Reply($0) }
    }
}
