import AccessModel

/// who has no place left after the plan. A blocked account is kept.
struct LastMemberships {
    let observed: ObservedState
    let proposals: [Proposal]

    func deletions() -> [Proposal] {
        var change: [EmailAddress: Int] = [:]
        var blocked: [EmailAddress: Bool] = [:]
        for proposal in proposals {
            guard let email = proposal.action.address.person else { continue }
            switch proposal.action {
            case .removeAdmin, .removeIdentityUser: change[email, default: 0] -= 1
            case .inviteAdmin, .addAdmin, .addIdentityUser: change[email, default: 0] += 1
            case .blockAccount: blocked[email] = true
            case .unblockAccount:
                // Without the block, an account that has no place has no reason to be there.
                blocked[email] = false
                change[email, default: 0] += 0
            default: break
            }
        }
        let losers = change.filter { $0.value < 0 || $0.value == 0 && blocked[$0.key] == false }
        guard !losers.isEmpty else { return [] }
        let places = observed.places(of: Set(losers.keys))
        return losers.keys.sorted().compactMap { email in
            guard places[email, default: 0] + losers[email, default: 0] == 0,
                let account = observed.accounts[email], !(blocked[email] ?? account.blocked)
            else { return nil }
            return Proposal(
                action: .deleteAccount(email, account.profile), reason: .lastMembership)
        }
    }
}
