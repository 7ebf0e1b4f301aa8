import AccessModel

/// Running counts of who is active where, so that a step costs no walk over a whole tenant.
struct Ledgers {
    struct TenantCount {
        var delegatedAdmins = 0
        var holders: [PermissionName: Int] = [:]
    }

    private(set) var tenants: [TenantName: TenantCount] = [:]
    private(set) var identityAdmins: [IdentityCode: Int] = [:]

    /// Counts a tenant when it is first needed.
    mutating func open(_ tenant: TenantName, in state: ObservedState) {
        guard tenants[tenant] == nil else { return }
        var count = TenantCount()
        for email in (state.memberships[tenant] ?? [:]).keys {
            count.add(state.activePermissions(of: email, in: tenant), 1)
        }
        tenants[tenant] = count
    }

    mutating func open(_ identity: IdentityCode, in state: ObservedState) {
        guard identityAdmins[identity] == nil else { return }
        identityAdmins[identity] =
            (state.identityUsers[identity] ?? [:]).keys
            .count { state.isActiveAdmin($0, of: identity) }
    }

    mutating func update(from before: Standing, to after: Standing) {
        for member in before.members { tenants[member.tenant]?.add(member.active, -1) }
        for member in after.members { tenants[member.tenant]?.add(member.active, 1) }
        for user in before.users where user.isActiveAdmin { identityAdmins[user.identity]? -= 1 }
        for user in after.users where user.isActiveAdmin { identityAdmins[user.identity]? += 1 }
    }
}

extension Ledgers.TenantCount {
    fileprivate mutating func add(_ permissions: SortedSet<PermissionName>, _ sign: Int) {
        guard !permissions.isEmpty else { return }
        delegatedAdmins += sign
        for permission in permissions { holders[permission, default: 0] += sign }
    }
}
