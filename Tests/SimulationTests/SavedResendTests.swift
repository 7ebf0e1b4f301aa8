import AccessModel
import Manifests
import Planning
import Reconciliation
import SQLStorage
import Storage
import Support
import Testing

/// What becomes of an invitation between a plan that would send it again and its apply.
@Suite("A saved plan that sends again") struct SavedResendTests {
    private let store = MemoryStore(hash: SHA256Digest.hexadecimal)
    private let begin = Instant.of("2026-11-01T10:00:00Z")
    private let desired = World(actor: "operator", store: nil, declared: "a{I}")
        .identity("plant", store: nil, declared: "a").people("a").desired

    private func order(at now: Instant) async throws -> Applier.Order {
        let observed = (try? await store.snapshot(project: "acme-access")) ?? ObservedState()
        let loaded = LoadedManifests(desired: desired)
        let report = report(
            loaded, observed: observed, options: PlanOptions(),
            context: RunContext.ofOperator(at: now),
            manifests: .init(digest: "sha256:0", commit: nil, files: 1))
        let id = PlanDocument.encoded(report, maskingMobiles: false).id
        return Applier.Order(report: report, id: id, loaded: loaded, desired: desired)
    }

    private func apply(_ order: Applier.Order, at now: Instant) async throws -> ApplyOutcome {
        try await Applier(store: store, keys: FixedKey(), context: RunContext.ofOperator(at: now))
            .apply(order)
    }

    private func desk(_ now: Instant) -> InvitationDesk {
        InvitationDesk(
            store: store, keys: FixedKey(), context: RunContext.ofOperator(at: now),
            project: desired.project)
    }

    @Test("R-17: is stale when the invitation was revoked meanwhile")
    func revoked() async throws {
        _ = try await apply(try await order(at: begin), at: begin)
        let later = begin.adding(days: 8)
        let order = try await order(at: later)
        #expect(order.report.plan.changes.map(\.kind) == [.resendInvitation, .resendInvitation])
        _ = try await desk(later).revoke(.of("a"), in: nil)
        await #expect(throws: ApplyProblem.self) { try await apply(order, at: later) }
        let state = try await store.snapshot(project: "acme-access")
        #expect(state.invitations.map(\.value.state) == [.revoked, .revoked])
    }

    @Test("R-19: is stale when the person has joined by another link meanwhile")
    func joined() async throws {
        _ = try await apply(try await order(at: begin), at: begin)
        let later = begin.adding(days: 8)
        let order = try await order(at: later)
        let sent = try await desk(later).resend(.of("a"), in: .identity(IdentityCode("plant")))
        let accepted = try await desk(later).accept(token: try #require(sent.first?.token))
        #expect(accepted.places.count == 2)
        await #expect(throws: ApplyProblem.self) { try await apply(order, at: later) }
        let state = try await store.snapshot(project: "acme-access")
        #expect(!state.invitations.contains { $0.value.state == .live })
    }
}
