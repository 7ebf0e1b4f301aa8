package import AccessModel

extension ObservedState {
    /// Does what one step does: the specification of apply, for every store.
    ///
    /// Invitations are not its business; a removed scope's invitation is closed by the store.
    package mutating func apply(
        _ action: Action, acceptance: InvitationSettings.Acceptance = .implicit
    ) {
        switch action {
        case .createPermission(let permission): permissions[permission.name] = permission
        case .updatePermission(let name, _, let after):
            if let title = after.title { permissions[name]?.title = title }
        case .deletePermission(let permission): permissions[permission.name] = nil

        case .createRole(let role): roles[role.name] = role
        case .updateRole(let name, let before, let after):
            update(name, before: before, after: after)
        case .deleteRole(let role): roles[role.name] = nil

        case .createTenant(let tenant): tenants[tenant.name] = tenant
        case .updateTenant(let name, let before, let after):
            if let old = before.name, after.name != nil { renameTenant(old, to: name) }
            if let title = after.title { tenants[name]?.title = title }
            if let environment = after.environment { tenants[name]?.environment = environment }
        case .enableRole(let tenant, let role): tenants[tenant]?.availableRoles.insert(role)
        case .disableRole(let tenant, let role): tenants[tenant]?.availableRoles.remove(role)
        case .deleteTenant(let tenant):
            tenants[tenant.name] = nil
            memberships[tenant.name] = nil

        case .createIdentity(let identity): identities[identity.code] = identity
        case .updateIdentity(let code, let before, let after):
            if let old = before.code, after.code != nil { renameIdentity(old, to: code) }
            if let tenant = after.tenant { identities[code]?.tenant = tenant }
            if let title = after.title { identities[code]?.title = title }
        case .deleteIdentity(let identity):
            identities[identity.code] = nil
            identityUsers[identity.code] = nil

        case .inviteAdmin, .addAdmin, .grantPermission, .revokePermission, .assignRole,
            .unassignRole, .removeAdmin:
            applyToMembers(action, acceptance)
        case .addIdentityUser, .setIdentityAdmin, .unsetIdentityAdmin, .setIdentityRoles,
            .enableIdentityUser, .disableIdentityUser, .removeIdentityUser:
            applyToUsers(action, acceptance)

        case .updateProfile(let email, _, let after):
            if let profile = accounts[email]?.profile {
                accounts[email]?.profile = profile.overridden(by: after)
            }
        case .blockAccount(let email): accounts[email]?.blocked = true
        case .unblockAccount(let email): accounts[email]?.blocked = false
        case .deleteAccount(let email, _): accounts[email] = nil
        case .resendInvitation: break
        }
    }

    private mutating func applyToMembers(
        _ action: Action, _ acceptance: InvitationSettings.Acceptance
    ) {
        switch action {
        case .inviteAdmin(let tenant, let email, let grants, let new):
            beginAccount(email, new)
            memberships[tenant, default: [:]][email] =
                Membership(grants: grants, pending: isPending(email, acceptance))
        case .addAdmin(let tenant, let email, let grants):
            memberships[tenant, default: [:]][email] =
                Membership(grants: grants, pending: isPending(email, acceptance))
        case .grantPermission(let tenant, let email, let name):
            memberships[tenant]?[email]?.grants.permissions.insert(name)
        case .revokePermission(let tenant, let email, let name):
            memberships[tenant]?[email]?.grants.permissions.remove(name)
        case .assignRole(let tenant, let email, let name):
            memberships[tenant]?[email]?.grants.roles.insert(name)
        case .unassignRole(let tenant, let email, let name):
            memberships[tenant]?[email]?.grants.roles.remove(name)
        case .removeAdmin(let tenant, let email, _): memberships[tenant]?[email] = nil
        default: preconditionFailure("a change of a membership")
        }
    }

    private mutating func applyToUsers(
        _ action: Action, _ acceptance: InvitationSettings.Acceptance
    ) {
        switch action {
        case .addIdentityUser(let code, let email, let user, let new):
            if let new { beginAccount(email, new) }
            identityUsers[code, default: [:]][email] = IdentityUser(
                admin: user.admin, roles: user.roles, enabled: user.enabled ?? true,
                pending: isPending(email, acceptance))
        case .setIdentityAdmin(let code, let email): identityUsers[code]?[email]?.admin = true
        case .unsetIdentityAdmin(let code, let email): identityUsers[code]?[email]?.admin = false
        case .setIdentityRoles(let code, let email, _, let after):
            identityUsers[code]?[email]?.roles = after
        case .enableIdentityUser(let code, let email): identityUsers[code]?[email]?.enabled = true
        case .disableIdentityUser(let code, let email): identityUsers[code]?[email]?.enabled = false
        case .removeIdentityUser(let code, let email, _): identityUsers[code]?[email] = nil
        default: preconditionFailure("a change of an identity's user")
        }
    }

    /// The account of somebody who has none. A second new scope in the same plan finds it there.
    private mutating func beginAccount(_ email: EmailAddress, _ new: NewAccount) {
        guard accounts[email] == nil else { return }
        accounts[email] = Account(
            email: email, profile: new.profile, state: new.automation ? .activated : .invited,
            automation: new.automation)
    }

    /// Whether a new place waits for its person.
    private func isPending(
        _ email: EmailAddress, _ acceptance: InvitationSettings.Acceptance
    ) -> Bool {
        guard let account = accounts[email], account.state == .activated else { return true }
        return acceptance == .required && !account.automation
    }

    private mutating func update(_ name: RoleName, before: RoleFields, after: RoleFields) {
        if let old = before.name, after.name != nil { renameRole(old, to: name) }
        if let title = after.title { roles[name]?.title = title }
        if let description = after.description { roles[name]?.description = description }
        if let application = after.application { roles[name]?.application = application }
        if let sensitive = after.sensitive { roles[name]?.sensitive = sensitive }
    }
}
