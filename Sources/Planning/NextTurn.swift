package import AccessModel

extension PlanRequest {
    /// When the present can next make a difference: the same request of any time before it is
    /// answered by the same plan, but for the time that it is said at. `nil`: never.
    ///
    /// What looks at the clock: ends that have come or are near (W145 and policies: 14 days), ends
    /// too far off for a policy (E295), and invitations that expire.
    package var nextTurn: Instant? {
        let ahead = Set(desired.policies.flatMap(\.rules).compactMap(\.horizon))
            .union([0, 14 * 86_400])
        var next: Instant?
        func meet(_ moment: Instant) {
            guard moment > min(now, at) else { return }
            next = next.map { min($0, moment) } ?? moment
        }
        func meet(end: Instant?) {
            guard let end else { return }
            for seconds in ahead { meet(end.adding(seconds: -seconds)) }
        }
        for person in desired.admins { meet(end: person.expires) }
        for membership in desired.memberships { meet(end: membership.expires) }
        for user in desired.identityUsers { meet(end: user.expires) }
        observed.invitations.forEachExpiry(meet)
        for users in observed.settled.values { users.until.map { meet($0) } }
        return next
    }
}

extension PolicyRule {
    /// How many seconds ahead of the present it looks.
    fileprivate var horizon: Int64? {
        switch self {
        case .requireExpiry(_, let within): within
        case .mutuallyExclusive, .maxHolders, .minHolders, .allowedDomains, .requireReason: nil
        }
    }
}
