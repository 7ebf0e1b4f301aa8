package import AccessModel

/// Which letters of the outbox are asked for. There may be a million of them.
package enum OutboxSelection: Hashable, Sendable {
    /// Every one, also those that were given up.
    case all
    /// So many.
    case oldest(Int)
    /// Those that were not given up and, with an instant, whose next try has come by then.
    case open(due: Instant?)
    /// Those that were given up.
    case givenUp
    /// Those whose ids begin with one of these.
    case named([String])
}

/// The outbox in numbers.
package struct OutboxFigures: Hashable, Sendable {
    /// Not delivered and not given up.
    package var waiting = 0
    package var undeliverable = 0
    /// When the first of the runs was that the waiting ones come from, which is when the letters of
    /// a run are queued; to the second.
    package var waitingSince: Instant?

    package init(waiting: Int = 0, undeliverable: Int = 0, waitingSince: Instant? = nil) {
        self.waiting = waiting
        self.undeliverable = undeliverable
        self.waitingSince = waitingSince
    }

    package var count: Int { waiting + undeliverable }
}

/// What has become of an invitation, as far as a letter about it has to know.
package struct InvitationStanding: Hashable, Sendable {
    package var invitation: Invitation
    /// Its account is blocked.
    package var isBlocked: Bool

    package init(invitation: Invitation, isBlocked: Bool) {
        self.invitation = invitation
        self.isBlocked = isBlocked
    }
}

extension StoreReader {
    package func outbox() async throws(StoreError) -> [OutboxEntry] { try await outbox(.all) }
}

extension OutboxSelection {
    /// What a store selects that holds its letters in memory.
    func entries(of outbox: [OutboxEntry]) -> [OutboxEntry] {
        switch self {
        case .all: outbox
        case .oldest(let count): Array(outbox.prefix(count))
        case .open(let due):
            outbox.filter { entry in
                guard !entry.undeliverable else { return false }
                guard let due, let next = entry.nextAttempt else { return true }
                return next <= due
            }
        case .givenUp: outbox.filter(\.undeliverable)
        case .named(let beginnings):
            outbox.filter { entry in
                beginnings.contains { entry.letter.id.utf8.starts(with: $0.utf8) }
            }
        }
    }
}
