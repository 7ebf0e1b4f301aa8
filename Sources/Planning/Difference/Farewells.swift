import AccessModel

extension Difference {
    /// Which removals are told by letter, where the project wants that (`removedMail: send`).
    ///
    /// Told is who had the access: not who was still to accept, nor who goes on under a new
    /// address. Blocked people and pipelines get no mail at all.
    mutating func tellOfRemovals() {
        guard desired.project.invitations.removedMail == .send else { return }
        for index in draft.proposals.indices where isTold(draft.proposals[index]) {
            draft.proposals[index].mail = .removed
        }
    }

    private func isTold(_ proposal: Proposal) -> Bool {
        let scope: Scope
        switch proposal.action {
        case .removeAdmin(let tenant, let email, _): scope = .membership(tenant, email)
        case .removeIdentityUser(let code, let email, _): scope = .identityUser(code, email)
        default: return false
        }
        guard proposal.reason != .renamed, !isPending(scope),
            let account = observed.accounts[scope.email], account.state == .activated
        else { return false }
        return !account.automation && !staysBlocked(account)
    }

    private func isPending(_ scope: Scope) -> Bool {
        switch scope {
        case .membership(let tenant, let email):
            observed.membership(of: email, in: tenant)?.pending ?? false
        case .identityUser(let code, let email): observed.user(email, of: code)?.pending ?? false
        }
    }
}
