import AccessModel
import Glibc
import Invitations
import Manifests
import Planning
import PostgresStorage
import Reconciliation
import SQLStorage
import SQLiteStorage
import Storage
import Support
import Synchronization
import Testing

/// The laws of planning once more, from manifests to store and mail, in memory and on every engine.
///
/// `MUSTER_SEEDS=N` sets how many worlds; a failure names the seed.
@Suite("The laws of apply") struct ApplyLawTests {
    private static let seeds = getenv("MUSTER_SEEDS").flatMap { Int(String(cString: $0)) } ?? 60

    @Test("Random worlds: apply does what the plan says, once, and the next plan is empty")
    func laws() async throws {
        var applied = 0
        for seed in 1...Self.seeds {
            let folder = TemporaryFolder()
            var stores: [any Store] = [
                MemoryStore(hash: SHA256Digest.hexadecimal),
                SQLiteStore(path: folder.path + "/store.db"),
            ]
            if PostgresServer.isThere {
                stores.append(PostgresStore(url: PostgresServer.newStore()))
            }
            var life = AppliedLife(seed: seed, stores: stores)
            for _ in 0..<3 {
                let broken = try await life.turn()
                #expect(
                    broken == [], "seed \(seed): MUSTER_SEEDS=\(seed) swift test --filter ApplyLaw")
                if !broken.isEmpty { return }
            }
            applied += life.applied
        }
        #expect(applied > Self.seeds)
    }
}

struct FixedKey: InvitationKeySource {
    let text = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

    func key(mayCreate: Bool) throws(KeyProblem) -> InvitationKey {
        do { return try InvitationKey(text: text) } catch { throw .unusable("\(error)") }
    }
}

/// The same manifests applied to several stores, and people who accept in between.
struct AppliedLife {
    var maker: WorldMaker
    var stores: [any Store]
    var desired: DesiredState
    var now = Instant(seconds: 1_795_000_000)
    var applied = 0
    /// Runs that commit a plan get the same ids in every store.
    private var serials = 0

    init(seed: Int, stores: [any Store]) {
        maker = WorldMaker(seed: seed)
        self.stores = stores
        desired = maker.manifests()
    }

    mutating func turn() async throws -> [String] {
        var broken: [String] = []
        for actor in [Actor.platformOperator, .person(.of("me"))] {
            serials += 1
            desired = actor == .platformOperator ? maker.manifests() : maker.edited(desired)
            var snapshots: [ObservedState] = []
            if try await plans(as: actor).count > 1 { broken.append("the plans differ") }
            if try await exports().count > 1 { broken.append("the exports differ") }
            for store in stores {
                let (found, snapshot) = try await apply(to: store, as: actor)
                broken += found
                snapshots += snapshot.map { [$0] } ?? []
            }
            if Set(snapshots.map(\.lines)).count > 1 {
                broken.append("the stores differ")
            }
            let accepting = maker.dice.some(of: WorldMaker.people, 50)
            for store in stores {
                for person in accepting { broken += try await accept(.of(person), in: store) }
            }
            now = now.adding(days: Int64.random(in: 0...9, using: &maker.dice))
        }
        return broken
    }

    /// The same ids in every store.
    private func context(_ actor: Actor) -> RunContext {
        let dice = Mutex(Dice(seed: serials))
        return RunContext(
            actor: actor, now: now, underTestClock: false, systemUser: "test", host: "test",
            process: 1, ci: nil,
            random: { count in
                dice.withLock { dice in
                    (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
                }
            })
    }

    func snapshot(_ store: any Store) async throws -> ObservedState {
        do {
            return try await store.snapshot(project: desired.project.name)
        } catch StoreError.absent {
            return ObservedState()
        }
    }

    /// The bytes of every store's plan, with one name for all stores.
    func plans(as actor: Actor) async throws -> Set<[UInt8]> {
        var plans: Set<[UInt8]> = []
        for store in stores {
            var observed = try await snapshot(store)
            observed.origin?.id = "the store"
            let report = report(
                LoadedManifests(desired: desired), observed: observed, options: PlanOptions(),
                context: context(actor),
                manifests: .init(digest: "sha256:0", commit: nil, files: 1))
            plans.insert(PlanDocument.encoded(report, maskingMobiles: false).bytes)
        }
        return plans
    }

    /// The files of every store's export.
    func exports() async throws -> Set<[String]> {
        var exports: Set<[String]> = []
        for store in stores {
            let export = try exported(
                try await snapshot(store), as: Project(name: desired.project.name), now: now
            ).get()
            exports.insert(export.files.flatMap { [$0.path, $0.text] } + export.remarks)
        }
        return exports
    }

    private mutating func apply(
        to store: any Store, as actor: Actor
    ) async throws -> ([String], ObservedState?) {
        let observed = try await snapshot(store)
        if observed.origin == nil, actor != .platformOperator { return ([], nil) }
        let loaded = LoadedManifests(desired: desired)
        let context = context(actor)
        let manifests = PlanReport.ManifestsSummary(digest: "sha256:0", commit: nil, files: 1)
        let report = report(
            loaded, observed: observed, options: PlanOptions(), context: context,
            manifests: manifests)
        guard report.applicable else { return ([], observed) }
        let id = PlanDocument.encoded(report, maskingMobiles: false).id
        let order = Applier.Order(report: report, id: id, loaded: loaded, desired: desired)
        let applier = Applier(store: store, keys: FixedKey(), context: context)
        let letters = observed.origin == nil ? 0 : try await store.outbox().count
        let result = try await applier.apply(order)
        guard case .applied = result else {
            return (report.plan.changes.isEmpty ? [] : ["nothing was applied"], observed)
        }
        applied += report.plan.changes.isEmpty ? 0 : 1
        var broken: [String] = []
        var expected = observed
        for change in report.plan.changes {
            expected.apply(change.action, acceptance: desired.project.invitations.acceptance)
        }
        let after = try await snapshot(store)
        if after.lines != expected.lines { broken.append("the store is not as simulated") }
        if try await store.outbox().count - letters != report.plan.summary.mails {
            broken.append("letters are not as planned")
        }
        let next = plan(
            PlanRequest(desired: desired, observed: after, actor: actor, now: now))
        if !next.changes.isEmpty {
            broken.append("the next plan is not empty: \(next.changes.map(\.address.text))")
        }
        broken += try await untruths(about: store, after, loaded, now: now)
        guard case .alreadyApplied = try await applier.apply(order) else {
            return (broken + ["applied twice"], after)
        }
        if try await store.verifyAudit(expecting: nil).broken != nil {
            broken.append("the audit chain is broken")
        }
        return (broken, after)
    }

    private func accept(_ email: EmailAddress, in store: any Store) async throws -> [String] {
        let before = try await snapshot(store)
        guard let origin = before.origin,
            let scope = before.pendingScopes(of: email).first,
            let invitation = before.invitations[scope], invitation.state == .live
        else { return [] }
        let key = try FixedKey().key(mayCreate: false)
        let token = key.token(
            store: origin.id, invitation: invitation.id, generation: invitation.generation)
        let desk = InvitationDesk(
            store: store, keys: FixedKey(), context: context(.platformOperator),
            project: desired.project)
        let isBlocked = before.accounts[email]?.blocked == true
        let mayAccept = !isBlocked && !invitation.isExpired(at: now)
        guard let accepted = await accepted(token, at: desk) else {
            return mayAccept ? ["\(email) could not accept"] : []
        }
        let after = try await snapshot(store)
        guard mayAccept else { return ["\(email) accepted in spite of a block or the time"] }
        if accepted.places.contains(where: after.isPending) { return ["\(email) still waits"] }
        if after.accounts[email]?.state != .activated { return ["\(email) is not activated"] }
        return await self.accepted(token, at: desk) == nil ? [] : ["\(email) accepted twice"]
    }

    private func accepted(
        _ token: String, at desk: InvitationDesk
    ) async -> InvitationDesk.Accepted? {
        try? await desk.accept(token: token)
    }
}

extension ObservedState {
    /// All access as one comparable value; a tenant without members is the same as one unknown.
    var lines: [String] {
        var all = permissions.values.map { "\($0)" } + roles.values.map { "\($0)" }
        all += tenants.values.map { "\($0)" } + identities.values.map { "\($0)" }
        all += accounts.values.map {
            "\($0.email) \($0.profile) \($0.state) \($0.blocked) \($0.automation)"
        }
        for (tenant, members) in memberships {
            all += members.map { "\(tenant) \($0.key) \($0.value)" }
        }
        for (code, users) in identityUsers { all += users.map { "\(code) \($0.key) \($0.value)" } }
        return all.sorted()
    }
}
