import AccessModel
import Planning

extension DesiredState {
    /// The state that asks for what a reversal wants and for nothing else, judged as the manifests
    /// want things judged.
    ///
    /// Every place is authoritative here, also one that the manifests only add to: what the run
    /// added is asked to go. What they only observe stays observed.
    init(
        undoing reversal: Reversal, _ declared: DesiredState, _ observed: ObservedState,
        _ now: Instant
    ) {
        let goal = reversal.goal.withoutHomeless(since: observed)
        self.init(restating: goal, project: declared.project)
        policies = declared.policies
        accessTests = declared.accessTests
        judgePlaces(as: declared)
        judgePeople(as: declared, observed, now)
        delete(from: observed, reversal, goal)
        switchBack(reversal.goal, observed)
    }

    private mutating func judgePlaces(as declared: DesiredState) {
        let stated = Dictionary(
            declared.tenants.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for index in tenants.indices {
            let own = stated[tenants[index].name]
            tenants[index].minDelegatedAdmins = own?.minDelegatedAdmins
            if own?.management == .observe { tenants[index].management = .observe }
        }
        let observing = Set(
            declared.identities.filter { $0.management == .observe }.map(\.code))
        for index in identities.indices where observing.contains(identities[index].code) {
            identities[index].management = .observe
        }
    }

    /// Reasons and ends count for policies; an end that has passed asks for nothing here. A grantor
    /// that is declared for a place that returns is asked again.
    private mutating func judgePeople(
        as declared: DesiredState, _ observed: ObservedState, _ now: Instant
    ) {
        let stated = Dictionary(
            declared.memberships.map { (Address.membership($0.tenant, $0.email), $0) },
            uniquingKeysWith: { first, _ in first })
        for index in memberships.indices {
            let membership = memberships[index]
            guard let own = stated[.membership(membership.tenant, membership.email)] else {
                continue
            }
            memberships[index].reason = own.reason
            memberships[index].expires = own.expires.flatMap { $0 > now ? $0 : nil }
            if observed.membership(of: membership.email, in: membership.tenant) == nil {
                memberships[index].grantedBy = own.grantedBy
            }
        }
        let people = Dictionary(
            declared.admins.map { ($0.email, $0.expires) }, uniquingKeysWith: { first, _ in first })
        for index in admins.indices {
            let expires = people[admins[index].email] ?? nil
            admins[index].expires = expires.flatMap { $0 > now ? $0 : nil }
        }
        let users = Dictionary(
            declared.identityUsers.map {
                (Address.identityUser($0.identity, $0.email), $0.expires)
            },
            uniquingKeysWith: { first, _ in first })
        for index in identityUsers.indices {
            let user = identityUsers[index]
            let expires = users[.identityUser(user.identity, user.email)] ?? nil
            identityUsers[index].expires = expires.flatMap { $0 > now ? $0 : nil }
        }
    }

    /// What the store has and the goal has not; the reversal has seen to it that nobody else uses
    /// it, so whatever it still holds goes with it.
    private mutating func delete(
        from observed: ObservedState, _ reversal: Reversal, _ goal: ObservedState
    ) {
        let gone = Presence.absent(cascade: true)
        for (name, permission) in observed.permissions where goal.permissions[name] == nil {
            permissions.append(DesiredPermission(permission: permission, presence: gone))
        }
        let newRoles = Set(reversal.renamedRoles.values)
        for (name, role) in observed.roles where goal.roles[name] == nil && !newRoles.contains(name)
        {
            roles.append(DesiredRole(role: role, presence: gone))
        }
        let newTenants = Set(reversal.renamedTenants.values)
        for name in observed.tenants.keys
        where goal.tenants[name] == nil && !newTenants.contains(name) {
            tenants.append(DesiredTenant(name: name, presence: gone))
        }
        let newCodes = Set(reversal.renamedIdentities.values)
        for (code, identity) in observed.identities
        where goal.identities[code] == nil && !newCodes.contains(code) {
            identities.append(
                DesiredIdentity(code: code, tenant: identity.tenant, presence: gone))
        }
        for index in roles.indices {
            roles[index].formerly =
                reversal.renamedRoles[roles[index].role.name].map { [$0] } ?? []
        }
        for index in tenants.indices {
            tenants[index].formerly =
                reversal.renamedTenants[tenants[index].name].map { [$0] } ?? []
        }
        for index in identities.indices {
            identities[index].formerly =
                reversal.renamedIdentities[identities[index].code].map { [$0] } ?? []
        }
        permissions.sort { $0.permission.name < $1.permission.name }
        roles.sort { $0.role.name < $1.role.name }
        tenants.sort { $0.name < $1.name }
        identities.sort { $0.code < $1.code }
    }

    /// What restating leaves out because it asks for nothing: here it may ask for something, also
    /// of an account that then goes with its last place.
    private mutating func switchBack(_ goal: ObservedState, _ observed: ObservedState) {
        for (email, account) in goal.accounts
        where !account.blocked && observed.accounts[email]?.blocked == true {
            if let index = admins.firstIndex(where: { $0.email == email }) {
                admins[index].blocked = false
            } else {
                admins.append(
                    DesiredAdmin(email: email, blocked: false, automation: account.automation))
            }
        }
        admins.sort { $0.email < $1.email }
        for index in identityUsers.indices where identityUsers[index].enabled == nil {
            let user = identityUsers[index]
            if observed.user(user.email, of: user.identity)?.enabled == false {
                identityUsers[index].enabled = true
            }
        }
    }
}

extension ObservedState {
    /// With the last place the account goes; a blocked one stays.
    fileprivate func withoutHomeless(since observed: ObservedState) -> ObservedState {
        var state = self
        for (email, account) in accounts where !account.blocked && !hasPlace(email) {
            if observed.accounts[email] == nil || observed.hasPlace(email) {
                state.accounts[email] = nil
            }
        }
        return state
    }
}
