package import AccessModel

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
        let actor = request.actor
        guard actor != .platformOperator else { return changes }
        return changes.map { change in
            var veiled = change
            switch change.action {
            case .addAdmin(let tenant, let email, let grants):
                guard !observed.mayInvite(actor, to: tenant) else { return change }
                veiled.action = .inviteAdmin(
                    tenant, email, grants, NewAccount(profile: written(of: email)))
                veiled.mail = .createAccount
            case .inviteAdmin(let tenant, let email, let grants, var account):
                guard !observed.mayInvite(actor, to: tenant) else { return change }
                account.profile = written(of: email)
                veiled.action = .inviteAdmin(tenant, email, grants, account)
                veiled.mail = .createAccount
            case .addIdentityUser(let code, let email, let user, _):
                guard !observed.mayAddUsers(actor, to: code) else { return change }
                veiled.action = .addIdentityUser(code, email, user, NewAccount())
                veiled.mail = .createAccount
            default: return change
            }
            return veiled
        }
    }

    /// What everybody may read of a person: what the manifests say.
    private func written(of email: EmailAddress) -> Profile {
        let people = request.written ?? request.desired.admins
        return people.first { $0.email == email }?.profile ?? Profile()
    }
}

extension ObservedState {
    /// Whether the actor may invite to the tenant, and so knows who was there.
    package func mayInvite(_ actor: Actor, to tenant: TenantName) -> Bool {
        guard case .person(let email) = actor else { return true }
        return activePermissions(of: email, in: tenant).contains(.inviteAdmins)
    }

    package func mayAddUsers(_ actor: Actor, to code: IdentityCode) -> Bool {
        guard case .person(let email) = actor else { return true }
        return isActiveAdmin(email, of: code)
    }
}
