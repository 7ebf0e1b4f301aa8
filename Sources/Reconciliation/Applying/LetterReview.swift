import AccessModel
import Storage

/// The letters of an outbox by what has become of the invitations that they tell of: a link that is
/// dead is not sent, and a letter that waits for nobody any more goes.
struct LetterReview {
    /// To be sent; of places whose invitation has ended they do not speak any more.
    private(set) var open: [OutboxEntry] = []
    private(set) var undeliverable = 0
    /// Nothing that they invite to can be accepted by their link.
    private(set) var obsolete: [String] = []

    /// - Parameters:
    ///   - standing: Of every invitation that the letters tell of.
    ///   - now: An invitation that has expired by then has ended; the next plan sends another.
    init(_ entries: [OutboxEntry], _ standing: [String: InvitationStanding], now: Instant) {
        for entry in entries {
            let places = entry.letter.places.filter { place in
                guard let id = place.invitation else { return true }
                guard let standing = standing[id] else { return false }
                return standing.isOpen(place.generation, now, undeliverable: entry.undeliverable)
            }
            let isAboutInvitations = entry.letter.places.contains { $0.invitation != nil }
            if isAboutInvitations, !places.contains(where: { $0.invitation != nil }) {
                obsolete.append(entry.letter.id)
            } else if entry.undeliverable {
                undeliverable += 1
            } else if !places.contains(where: { place in
                // no mail to accounts that are blocked; it waits until they are not.
                place.invitation.flatMap { standing[$0]?.isBlocked } ?? false
            }) {
                var entry = entry
                entry.letter.places = places
                open.append(entry)
            }
        }
        // Those that were tried least come first, so that a few that always fail hold up nobody.
        open = open.enumerated()
            .sorted { ($0.element.attempts, $0.offset) < ($1.element.attempts, $1.offset) }
            .map(\.element)
    }
}

extension InvitationStanding {
    fileprivate func isOpen(_ generation: Int, _ now: Instant, undeliverable: Bool) -> Bool {
        guard invitation.generation == generation else { return false }
        switch invitation.state {
        case .live: return undeliverable || !invitation.isExpired(at: now)
        case .undeliverable: return undeliverable
        case .accepted, .declined, .revoked, .closed: return false
        }
    }
}
