import AccessModel
import Glibc
import Manifests
import Planning
import Reconciliation
import SQLiteStorage
import Storage
import Support
import Testing

/// What the plan has seen stands for the live store only with the proof that nobody wrote since.
@Suite("A store that was seen before it is applied to") struct SeenStoreTests {
    private let folder = TemporaryFolder()
    private let now = Instant.of("2026-11-22T10:00:00Z")

    private var store: SQLiteStore { SQLiteStore(path: folder.path + "/store.db") }

    private var context: RunContext { .ofOperator(at: now) }

    private func order(
        _ people: String, on observed: ObservedState
    ) -> Applier.Order {
        let desired = World(actor: "operator", store: nil, declared: people)
            .people("a b c").desired
        let loaded = LoadedManifests(desired: desired)
        let report = report(
            loaded, observed: observed, options: PlanOptions(), context: context,
            manifests: .init(digest: "sha256:0", commit: nil, files: 1))
        let id = PlanDocument.encoded(report, maskingMobiles: false).id
        return Applier.Order(report: report, id: id, loaded: loaded, desired: desired)
    }

    private func apply(_ order: Applier.Order) async throws -> ApplyOutcome {
        try await Applier(store: store, keys: FixedKey(), context: context).apply(order)
    }

    /// A store with one member, as it was seen, and with its mark.
    private func seen() async throws -> SeenStore {
        _ = try await apply(order("a{I,P,R}", on: ObservedState()))
        usleep(30_000)
        let mark = try #require(try await store.mark())
        return SeenStore(state: try await store.snapshot(project: "acme-access"), mark: mark)
    }

    @Test("is not read again while its mark is the same")
    func unchanged() async throws {
        var seen = try await seen()
        var order = order("a{I,P,R}; b{I}", on: seen.state)
        // Another serial than the live one shows which of the two is looked at.
        seen.state.origin?.serial += 1
        order.seen = seen
        await #expect(throws: ApplyProblem.self) { try await apply(order) }
    }

    @Test("is read again once its mark is another, or it has none", arguments: [true, false])
    func changed(hasMark: Bool) async throws {
        var seen = try await seen()
        var order = order("a{I,P,R}; b{I}", on: seen.state)
        seen.state.origin?.serial += 1
        if hasMark {
            #expect(utimensat(AT_FDCWD, folder.path + "/store.db", nil, 0) == 0)
        } else {
            seen.mark = nil
        }
        order.seen = seen
        guard case .applied = try await apply(order) else {
            Issue.record("nothing was applied")
            return
        }
    }
}
