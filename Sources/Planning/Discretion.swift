import AccessModel

/// a plan does not tell strangers who has an account.
///
/// Whoever may not make an addition sees it as the invitation of somebody unknown, whether or not
/// the store knows the person.
struct Discretion {
    let request: PlanRequest
    let observed: ObservedState

    init(_ request: PlanRequest, observed: ObservedState) {
        self.request = request
        self.observed = observed
    }

    func veiled(_ changes: [Change]) -> [Change] {
        guard case .person(let actor) = request.actor else { return changes }
        return changes.map { change in
            var veiled = change
            switch change.action {
            case .addAdmin(let tenant, let email, let grants):
                guard !mayInvite(actor, tenant) else { return change }
                let profile = request.desired.admins.first { $0.email == email }?.profile
                veiled.action = .inviteAdmin(
                    tenant, email, grants, NewAccount(profile: profile ?? Profile()))
                veiled.mail = .createAccount
            case .inviteAdmin(let tenant, _, _, _):
                guard !mayInvite(actor, tenant) else { return change }
                veiled.mail = .createAccount
            case .addIdentityUser(let code, let email, let user, _):
                guard !observed.isActiveAdmin(actor, of: code) else { return change }
                veiled.action = .addIdentityUser(code, email, user, NewAccount())
                veiled.mail = .createAccount
            default: return change
            }
            return veiled
        }
    }

    private func mayInvite(_ actor: EmailAddress, _ tenant: TenantName) -> Bool {
        observed.activePermissions(of: actor, in: tenant).contains(.inviteAdmins)
    }
}
