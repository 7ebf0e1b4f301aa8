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
            case .updateProfile(let email, let before, let after):
                guard !mayKnow(email) else { return change }
                // What the manifests say is no secret, and an undo says more than they do.
                veiled.action = .updateProfile(
                    email, before: before.withheld,
                    after: request.written == nil ? after : after.withheld)
            default: return change
            }
            return veiled
        }
    }

    /// Whether the actor may be told an account's details: its own, or those of a member of a
    /// tenant to which it may invite.
    private func mayKnow(_ email: EmailAddress) -> Bool {
        guard request.actor != .person(email) else { return true }
        return observed.memberships.contains { tenant, members in
            let isThere =
                members[email] != nil
                || request.desired.memberships.contains { $0.tenant == tenant && $0.email == email }
            return isThere && observed.mayInvite(request.actor, to: tenant)
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

extension Profile {
    /// Which details there are, and none of them; a mobile is masked wherever it is shown.
    fileprivate var withheld: Profile {
        Profile(
            firstName: firstName.map { _ in "withheld" },
            lastName: lastName.map { _ in "withheld" },
            mobile: mobile.map { _ in "+" }, language: language.map { _ in "withheld" })
    }
}
