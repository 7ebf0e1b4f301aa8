import AccessModel

// A rename moves everything that hangs on the old name. No mail, no change of anybody's rights.
extension ObservedState {
    mutating func renameTenant(_ old: TenantName, to new: TenantName) {
        guard var tenant = tenants.removeValue(forKey: old) else { return }
        tenant.name = new
        tenants[new] = tenant
        memberships[new] = memberships.removeValue(forKey: old)
        for code in identities.keys where identities[code]?.tenant == old {
            identities[code]?.tenant = new
        }
        moveInvitations { scope in
            guard case .membership(old, let email) = scope else { return nil }
            return .membership(new, email)
        }
    }

    mutating func renameRole(_ old: RoleName, to new: RoleName) {
        guard var role = roles.removeValue(forKey: old) else { return }
        role.name = new
        roles[new] = role
        for tenant in tenants.keys {
            if tenants[tenant]?.availableRoles.contains(old) == true {
                tenants[tenant]?.availableRoles.remove(old)
                tenants[tenant]?.availableRoles.insert(new)
            }
            for (email, membership) in memberships[tenant] ?? [:]
            where membership.grants.roles.contains(old) {
                memberships[tenant]?[email]?.grants.roles.remove(old)
                memberships[tenant]?[email]?.grants.roles.insert(new)
            }
        }
    }

    mutating func renameIdentity(_ old: IdentityCode, to new: IdentityCode) {
        guard var identity = identities.removeValue(forKey: old) else { return }
        identity.code = new
        identities[new] = identity
        identityUsers[new] = identityUsers.removeValue(forKey: old)
        moveInvitations { scope in
            guard case .identityUser(old, let email) = scope else { return nil }
            return .identityUser(new, email)
        }
    }

    private mutating func moveInvitations(_ moved: (Scope) -> Scope?) {
        for (scope, var invitation) in invitations {
            guard let target = moved(scope) else { continue }
            invitations[scope] = nil
            invitation.scope = target
            invitations[target] = invitation
        }
    }
}
