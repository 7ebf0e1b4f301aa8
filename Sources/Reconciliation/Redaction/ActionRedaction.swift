internal import AccessModel
internal import Planning

extension Redaction {
    func redacted(_ action: Action) -> Action {
        switch action {
        case .createPermission(let permission): .createPermission(redacted(permission))
        case .deletePermission(let permission): .deletePermission(redacted(permission))
        case .updatePermission(let name, let before, let after):
            .updatePermission(redacted(name), before: redacted(before), after: redacted(after))
        case .createRole(let role): .createRole(redacted(role))
        case .deleteRole(let role): .deleteRole(redacted(role))
        case .updateRole(let name, let before, let after):
            .updateRole(redacted(name), before: redacted(before), after: redacted(after))
        case .createTenant(let tenant): .createTenant(redacted(tenant))
        case .deleteTenant(let tenant): .deleteTenant(redacted(tenant))
        case .updateTenant(let name, let before, let after):
            .updateTenant(redacted(name), before: redacted(before), after: redacted(after))
        case .enableRole(let tenant, let role): .enableRole(redacted(tenant), redacted(role))
        case .disableRole(let tenant, let role): .disableRole(redacted(tenant), redacted(role))
        case .createIdentity(let identity): .createIdentity(redacted(identity))
        case .deleteIdentity(let identity): .deleteIdentity(redacted(identity))
        case .updateIdentity(let code, let before, let after):
            .updateIdentity(redacted(code), before: redacted(before), after: redacted(after))
        case .inviteAdmin, .addAdmin, .grantPermission, .revokePermission, .assignRole,
            .unassignRole, .removeAdmin:
            redactedOfMember(action)
        case .addIdentityUser, .setIdentityAdmin, .unsetIdentityAdmin, .setIdentityRoles,
            .enableIdentityUser, .disableIdentityUser, .removeIdentityUser:
            redactedOfUser(action)
        case .updateProfile(let email, let before, let after):
            .updateProfile(
                pseudonyms.email(email), before: redacted(before), after: redacted(after))
        case .blockAccount(let email): .blockAccount(pseudonyms.email(email))
        case .unblockAccount(let email): .unblockAccount(pseudonyms.email(email))
        case .deleteAccount(let email, let profile):
            .deleteAccount(pseudonyms.email(email), redacted(profile))
        case .resendInvitation(.membership(let tenant, let email), let generation):
            .resendInvitation(
                .membership(redacted(tenant), pseudonyms.email(email)), generation: generation)
        case .resendInvitation(.identityUser(let code, let email), let generation):
            .resendInvitation(
                .identityUser(redacted(code), pseudonyms.email(email)), generation: generation)
        }
    }

    private func redactedOfMember(_ action: Action) -> Action {
        switch action {
        case .inviteAdmin(let tenant, let email, let grants, let new):
            .inviteAdmin(
                redacted(tenant), pseudonyms.email(email), redacted(grants), redacted(new))
        case .addAdmin(let tenant, let email, let grants):
            .addAdmin(redacted(tenant), pseudonyms.email(email), redacted(grants))
        case .removeAdmin(let tenant, let email, let grants):
            .removeAdmin(redacted(tenant), pseudonyms.email(email), redacted(grants))
        case .grantPermission(let tenant, let email, let name):
            .grantPermission(redacted(tenant), pseudonyms.email(email), redacted(name))
        case .revokePermission(let tenant, let email, let name):
            .revokePermission(redacted(tenant), pseudonyms.email(email), redacted(name))
        case .assignRole(let tenant, let email, let name):
            .assignRole(redacted(tenant), pseudonyms.email(email), redacted(name))
        case .unassignRole(let tenant, let email, let name):
            .unassignRole(redacted(tenant), pseudonyms.email(email), redacted(name))
        default: preconditionFailure("a change of a membership")
        }
    }

    private func redactedOfUser(_ action: Action) -> Action {
        switch action {
        case .addIdentityUser(let code, let email, let user, let new):
            .addIdentityUser(
                redacted(code), pseudonyms.email(email),
                NewIdentityUser(
                    admin: user.admin, roles: redacted(user.roles), enabled: user.enabled),
                new.map(redacted))
        case .removeIdentityUser(let code, let email, let user):
            .removeIdentityUser(
                redacted(code), pseudonyms.email(email),
                IdentityUserEntry(
                    admin: user.admin, roles: redacted(user.roles), enabled: user.enabled))
        case .setIdentityAdmin(let code, let email):
            .setIdentityAdmin(redacted(code), pseudonyms.email(email))
        case .unsetIdentityAdmin(let code, let email):
            .unsetIdentityAdmin(redacted(code), pseudonyms.email(email))
        case .setIdentityRoles(let code, let email, let before, let after):
            .setIdentityRoles(
                redacted(code), pseudonyms.email(email), before: redacted(before),
                after: redacted(after))
        case .enableIdentityUser(let code, let email):
            .enableIdentityUser(redacted(code), pseudonyms.email(email))
        case .disableIdentityUser(let code, let email):
            .disableIdentityUser(redacted(code), pseudonyms.email(email))
        default: preconditionFailure("a change of an identity's user")
        }
    }
}
