internal import AccessModel
package import Planning

/// What was and what is, as the audit keeps it; `nil` where there is nothing.
package typealias AuditedValues = (before: AuditValue?, after: AuditValue?)

extension Action {
    /// The values that a plan shows for this change.
    package var auditedValues: AuditedValues {
        switch self {
        case .createPermission(let permission): (nil, .fields(["title": .text(permission.title)]))
        case .deletePermission(let permission): (.fields(["title": .text(permission.title)]), nil)
        case .updatePermission(_, let before, let after): (before.audited, after.audited)
        case .createRole(let role): (nil, role.audited)
        case .deleteRole(let role): (role.audited, nil)
        case .updateRole(_, let before, let after): (before.audited, after.audited)
        case .createTenant(let tenant): (nil, tenant.audited)
        case .deleteTenant(let tenant): (tenant.audited, nil)
        case .updateTenant(_, let before, let after): (before.audited, after.audited)
        case .enableRole(_, let role): (nil, .text(role.text))
        case .disableRole(_, let role): (.text(role.text), nil)
        case .createIdentity(let identity): (nil, identity.audited)
        case .deleteIdentity(let identity): (identity.audited, nil)
        case .updateIdentity(_, let before, let after): (before.audited, after.audited)
        case .inviteAdmin, .addAdmin, .grantPermission, .revokePermission, .assignRole,
            .unassignRole, .removeAdmin:
            auditedMembership
        case .addIdentityUser, .setIdentityAdmin, .unsetIdentityAdmin, .setIdentityRoles,
            .enableIdentityUser, .disableIdentityUser, .removeIdentityUser:
            auditedUser
        case .updateProfile(_, let before, let after): (.profile(before), .profile(after))
        case .blockAccount: (.flags("blocked", false), .flags("blocked", true))
        case .unblockAccount: (.flags("blocked", true), .flags("blocked", false))
        case .deleteAccount(_, let profile): (.fields(["profile": .profile(profile)]), nil)
        case .resendInvitation(_, let generation):
            (
                .fields(["generation": .number(generation)]),
                .fields(["generation": .number(generation + 1)])
            )
        }
    }

    private var auditedMembership: AuditedValues {
        switch self {
        case .inviteAdmin(_, _, let grants, let new):
            guard case .fields(var fields) = AuditValue.grants(grants) else { return (nil, nil) }
            fields["profile"] = .profile(new.profile)
            if new.automation { fields["automation"] = .flag(true) }
            return (nil, .fields(fields))
        case .addAdmin(_, _, let grants): return (nil, .grants(grants))
        case .removeAdmin(_, _, let grants): return (.grants(grants), nil)
        case .grantPermission(_, _, let name): return (nil, .text(name.text))
        case .revokePermission(_, _, let name): return (.text(name.text), nil)
        case .assignRole(_, _, let name): return (nil, .text(name.text))
        case .unassignRole(_, _, let name): return (.text(name.text), nil)
        default: preconditionFailure("a change of a membership")
        }
    }

    private var auditedUser: AuditedValues {
        switch self {
        case .addIdentityUser(_, _, let user, let new):
            let after = AuditValue.stated([
                "admin": .flag(user.admin), "roles": .names(user.roles),
                "enabled": user.enabled.map(AuditValue.flag),
                "profile": new.map { .profile($0.profile) },
                "automation": new?.automation == true ? .flag(true) : nil,
            ])
            return (nil, after)
        case .removeIdentityUser(_, _, let user):
            let before = AuditValue.fields([
                "admin": .flag(user.admin), "roles": .names(user.roles),
                "enabled": .flag(user.enabled),
            ])
            return (before, nil)
        case .setIdentityAdmin: return (.flags("admin", false), .flags("admin", true))
        case .unsetIdentityAdmin: return (.flags("admin", true), .flags("admin", false))
        case .setIdentityRoles(_, _, let before, let after):
            return (.fields(["roles": .names(before)]), .fields(["roles": .names(after)]))
        case .enableIdentityUser: return (.flags("enabled", false), .flags("enabled", true))
        case .disableIdentityUser: return (.flags("enabled", true), .flags("enabled", false))
        default: preconditionFailure("a change of an identity's user")
        }
    }
}
