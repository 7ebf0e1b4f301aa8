package import AccessModel
import Invitations
package import Storage

/// What a token offers. It reads and never writes: a link opened is not a link accepted.
///
/// The store is read whole only when its serial has moved; the invitation itself is looked up each
/// time, so that one that ended just now is known to have ended.
package actor OfferDesk {
    private let ports: ServicePorts
    private let reader: any StoreReader
    private var observed: ObservedState?
    private var inviters: [String: Actor?] = [:]

    package init(_ ports: ServicePorts) throws(StoreError) {
        self.ports = ports
        reader = try ports.reader()
    }

    /// `nil`, after the same steps, for unknown, used, expired and revoked tokens, and for texts
    /// that are none.
    package func offer(
        for token: String
    ) async throws(StoreError) -> (offer: AcceptanceOffer, invitation: Invitation)? {
        let found = try await reader.invitation(tokenHash: tokenHash(token))
        guard let invitation = found, hasShapeOfToken(token), invitation.state == .live,
            !invitation.isExpired(at: ports.context(.platformOperator).now)
        else { return nil }
        let observed = try await present()
        guard let account = observed.accounts[invitation.scope.email], !account.blocked,
            observed.isPending(invitation.scope)
        else { return nil }
        let offer = AcceptanceOffer(
            invitation, in: observed, of: ports.project, by: try await inviter(invitation))
        return (offer, invitation)
    }

    private func present() async throws(StoreError) -> ObservedState {
        let origin = try await reader.identity().origin
        if let observed, observed.origin == origin { return observed }
        let now = try await reader.snapshot(project: ports.project.name)
        observed = now
        return now
    }

    /// Whoever ran what issued the link, as its letter says.
    private func inviter(_ invitation: Invitation) async throws(StoreError) -> Actor? {
        let generation = "\(invitation.id) \(invitation.generation)"
        if let known = inviters[generation] { return known }
        let kinds: Set = ["inviteAdmin", "addAdmin", "addIdentityUser", "resendInvitation"]
        let entry = try await reader.audit(.objects([invitation.scope.address]))
            .last { kinds.contains($0.kind) && $0.address == invitation.scope.address.text }
        var inviter: Actor?
        if let run = entry?.run, let actor = try await reader.runs(numbered: [run]).first?.actor,
            case .success(let email) = EmailAddress.parse(actor)
        {
            inviter = .person(email)
        }
        if inviters.count >= 1_000 { inviters = [:] }
        inviters[generation] = .some(inviter)
        return inviter
    }
}
