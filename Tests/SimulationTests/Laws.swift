import AccessModel
import Planning
import Support

/// What is true of a store after every step, as far as planning knows it.
///
/// - Parameter plan: accounts that it deletes or unblocks may be without a place on the way.
func brokenInvariants(_ state: ObservedState, during plan: Plan?) -> [String] {
    var broken: [String] = []
    var placed: Set<EmailAddress> = []
    for (tenant, members) in state.memberships {
        if state.tenants[tenant] == nil, !members.isEmpty {
            broken.append("members of no tenant \(tenant)")
        }
        for (email, membership) in members {
            placed.insert(email)
            if state.accounts[email] == nil { broken.append("\(tenant)/\(email) has no account") }
            let available = state.tenants[tenant]?.availableRoles ?? []
            for role in membership.grants.roles where !available.contains(role) {
                broken.append("\(tenant)/\(email) has \(role), which is not available")
            }
            for permission in membership.grants.permissions
            where state.permissions[permission] == nil {
                broken.append("\(tenant)/\(email) has no such permission \(permission)")
            }
        }
    }
    for (code, users) in state.identityUsers {
        if state.identities[code] == nil, !users.isEmpty {
            broken.append("users of no identity \(code)")
        }
        for email in users.keys {
            placed.insert(email)
            if state.accounts[email] == nil { broken.append("\(code)/\(email) has no account") }
        }
    }
    for identity in state.identities.values where state.tenants[identity.tenant] == nil {
        broken.append("\(identity.code) is of no tenant")
    }
    for tenant in state.tenants.values {
        for role in tenant.availableRoles where state.roles[role] == nil {
            broken.append("\(tenant.name) offers no such role \(role)")
        }
    }
    let excused = Set(
        (plan?.changes ?? []).filter { [.deleteAccount, .unblockAccount].contains($0.kind) }
            .compactMap(\.address.person))
    for account in state.accounts.values
    where !account.blocked && !placed.contains(account.email) && !excused.contains(account.email) {
        broken.append("account \(account.email) has no place")
    }
    return broken.sorted()
}

/// written once more without the planner's own words: why this step's actor may not.
func excess(_ change: Change, by actor: EmailAddress, in state: ObservedState) -> String? {
    func held(_ tenant: TenantName) -> SortedSet<PermissionName> {
        guard let account = state.accounts[actor], account.state == .activated, !account.blocked,
            let place = state.memberships[tenant]?[actor], !place.pending
        else { return [] }
        return place.grants.permissions
    }
    func needs(_ tenant: TenantName, _ permissions: [PermissionName]) -> String? {
        let missing = permissions.filter { !held(tenant).contains($0) }
        return missing.isEmpty ? nil : "\(change.kind) \(change.address) needs \(missing)"
    }
    func administers(_ code: IdentityCode) -> String? {
        guard let account = state.accounts[actor], account.state == .activated, !account.blocked,
            let user = state.identityUsers[code]?[actor], user.admin, user.enabled, !user.pending
        else { return "\(change.kind) \(change.address) needs an admin of \(code)" }
        return nil
    }
    switch change.action {
    case .inviteAdmin(let tenant, _, let grants, _), .addAdmin(let tenant, _, let grants):
        return needs(
            tenant,
            [.inviteAdmins] + (grants.permissions.isEmpty ? [] : [.assignPermissions])
                + grants.permissions + (grants.roles.isEmpty ? [] : [.assignRoles]))
    case .removeAdmin(let tenant, _, _), .resendInvitation(.membership(let tenant, _), _):
        return needs(tenant, [.inviteAdmins])
    case .grantPermission(let tenant, _, let name), .revokePermission(let tenant, _, let name):
        return needs(tenant, [.assignPermissions, name])
    case .assignRole(let tenant, _, _), .unassignRole(let tenant, _, _):
        return needs(tenant, [.assignRoles])
    case .addIdentityUser(let code, _, _, _), .removeIdentityUser(let code, _, _),
        .setIdentityAdmin(let code, _), .unsetIdentityAdmin(let code, _),
        .setIdentityRoles(let code, _, _, _), .enableIdentityUser(let code, _),
        .disableIdentityUser(let code, _), .resendInvitation(.identityUser(let code, _), _):
        return administers(code)
    case .updateProfile, .deleteAccount: return nil
    case .createPermission, .createRole, .createTenant, .enableRole, .createIdentity,
        .updatePermission, .updateRole, .updateTenant, .updateIdentity, .blockAccount,
        .unblockAccount, .disableRole, .deleteIdentity, .deleteTenant, .deleteRole,
        .deletePermission:
        return "\(change.kind) \(change.address) is the operator's"
    }
}

extension ObservedState {
    /// Everything that anybody holds or is, for comparing two states.
    var access: [String] {
        let members = memberships.flatMap { tenant, members in
            members.flatMap { email, place in
                ["\(tenant)/\(email)"] + place.grants.permissions.map { "\(tenant)/\(email)#\($0)" }
                    + place.grants.roles.map { "\(tenant)/\(email)#\($0)" }
            }
        }
        let users = identityUsers.flatMap { code, users in
            users.flatMap { email, user in
                ["\(code)/\(email)"] + (user.admin ? ["\(code)/\(email)#admin"] : [])
            }
        }
        return (members + users).sorted()
    }
}
