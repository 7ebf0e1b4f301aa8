import AccessModel
import Glibc
import Manifests
import Planning
import Reconciliation
import SQLStorage
import Storage
import Support
import Testing

/// Undoing the last run of a random life.
@Suite("The laws of undo") struct UndoLawTests {
    private static let seeds = getenv("MUSTER_SEEDS").flatMap { Int(String(cString: $0)) } ?? 60

    @Test("Random worlds: the undo of the last run leads back, and its own undo forth again")
    func backAndForth() async throws {
        var undone = 0
        for seed in 1...Self.seeds {
            var life = UndoneLife(seed: seed)
            let (broken, count) = try await life.run()
            #expect(broken == [], "seed \(seed): MUSTER_SEEDS=\(seed) swift test --filter UndoLaw")
            if !broken.isEmpty { return }
            undone += count
        }
        #expect(undone > Self.seeds / 3)
    }
}

private struct UndoneLife {
    var maker: WorldMaker
    let store = MemoryStore(hash: SHA256Digest.hexadecimal)
    let now = Instant.of("2026-11-22T10:00:00Z")

    init(seed: Int) { maker = WorldMaker(seed: seed) }

    /// What does not hold, and how many undos were applied.
    mutating func run() async throws -> ([String], Int) {
        var broken: [String] = []
        var undone = 0
        for turn in 0..<4 {
            let desired = maker.manifests()
            let loaded = LoadedManifests(desired: desired)
            let before = try? await store.snapshot(project: desired.project.name)
            let plan = report(
                loaded, observed: before ?? ObservedState(), options: PlanOptions(),
                context: context, manifests: manifests)
            guard try await apply(plan, loaded) != nil, turn > 0, let before else { continue }
            let after = try await store.snapshot(project: desired.project.name)
            let settings = (after.settings, after.managed)
            let back = try await undo(loaded)
            guard let run = try await apply(back, loaded) else { continue }
            undone += 1
            let restored = try await store.snapshot(project: desired.project.name)
            if !back.plan.notes.contains(where: { $0.kind == .observed }),
                restored.rights != before.rights
            {
                broken.append("run \(run) does not lead back: \(restored.difference(before))")
            }
            if (restored.settings, restored.managed) != settings {
                broken.append("run \(run) changes settings or what is managed")
            }
            let forth = try await undo(loaded)
            // Nobody did anything in between.
            for report in [back, forth] {
                broken += report.plan.notes.filter { $0.kind == .conflict }.map { "\($0)" }
            }
            guard try await apply(forth, loaded) != nil else { continue }
            let again = try await store.snapshot(project: desired.project.name)
            if !forth.plan.notes.contains(where: { $0.kind == .observed }),
                again.rights != after.rights
            {
                broken.append("run \(run) and its undo: \(again.difference(after))")
            }
        }
        return (broken, undone)
    }

    private var context: RunContext { .ofOperator(at: now) }

    private var manifests: PlanReport.ManifestsSummary {
        PlanReport.ManifestsSummary(digest: "sha256:0", commit: nil, files: 1)
    }

    private var allowances: Allowances {
        Allowances(
            removals: 100, revocations: 100, mails: 100, selfRemoval: true,
            permissionExtinction: true)
    }

    private func undo(_ loaded: LoadedManifests) async throws -> PlanReport {
        let run = try await store.runs(limit: 1)[0]
        let history = try #require(try await RunHistory.of(run: run.number, in: store))
        let observed = try await store.snapshot(project: "acme-access")
        return try await Undo(history, observed: observed, in: store).report(
            loaded, allow: allowances, context: context, manifests: manifests)
    }

    /// The run, if anything was applied, after a journey through a file.
    private func apply(_ report: PlanReport, _ loaded: LoadedManifests) async throws -> Int64? {
        guard report.applicable, let desired = loaded.desired, !report.plan.changes.isEmpty else {
            return nil
        }
        let file = PlanDocument.encoded(report, maskingMobiles: false)
        let document = try PlanDocument.decoded(file.bytes).get()
        #expect(document.report.undoing == report.undoing)
        let order = Applier.Order(
            report: document.report, id: file.id, loaded: loaded, desired: desired)
        let applier = Applier(store: store, keys: FixedKey(), context: context)
        guard case .applied(let run, _) = try await applier.apply(order) else { return nil }
        return run
    }
}

extension ObservedState {
    /// Who may do what, without what only time and people can bring back.
    fileprivate var rights: [String] {
        var all = permissions.values.map { "\($0)" } + roles.values.map { "\($0)" }
        all += tenants.values.map { "\($0)" } + identities.values.map { "\($0)" }
        all += accounts.values.map { "\($0.email) \($0.blocked)" }
        for (tenant, members) in memberships {
            all += members.map { "\(tenant) \($0.key) \($0.value.grants)" }
        }
        for (code, users) in identityUsers {
            all += users.map { "\(code) \($0.key) \($0.value.entry)" }
        }
        return all.sorted()
    }

    fileprivate func difference(_ other: ObservedState) -> [String] {
        let (own, others) = (Set(rights), Set(other.rights))
        return own.subtracting(others).map { "+ \($0)" } + others.subtracting(own).map { "- \($0)" }
    }
}
