internal import AccessModel
internal import Planning

/// Which steps a store refuses: those that would leave something without what it stands on.
/// Taking away what is not there, and giving what is, is no error.
enum StepLaws {
    /// Why the state cannot take the step; `nil` when it can.
    static func objection(to step: Step, in state: ObservedState) -> String? {
        switch step {
        case .change(let change, _): objection(to: change.action, in: state)
        case .account, .join, .invitation, .letter, .issue: nil
        case .membership(let tenant, let email, let membership):
            missing(tenant, in: state) ?? missing(email, in: state)
                ?? unavailable(membership.grants, in: tenant, of: state)
        case .user(let code, let email, _):
            missing(code, in: state) ?? missing(email, in: state)
        case .activate(let email, _): missing(email, in: state)
        }
    }

    private static func objection(to action: Action, in state: ObservedState) -> String? {
        switch action {
        case .createPermission(let permission):
            taken(state.permissions[permission.name] != nil, "permission \(permission.name)")
        case .updatePermission(let name, _, _):
            lacking(state.permissions[name] == nil, "permission \(name)")
        case .deletePermission(let permission):
            inUse(
                state.memberships.values.contains { members in
                    members.values.contains { $0.grants.permissions.contains(permission.name) }
                }, "permission \(permission.name)")
        case .createRole(let role): taken(state.roles[role.name] != nil, "role \(role.name)")
        case .updateRole(let name, let before, _):
            lacking(state.roles[before.name ?? name] == nil, "role \(before.name ?? name)")
                ?? taken(renames(before.name, name) && state.roles[name] != nil, "role \(name)")
        case .deleteRole(let role):
            inUse(
                state.tenants.values.contains { $0.availableRoles.contains(role.name) },
                "role \(role.name)")
        case .createTenant(let tenant):
            taken(state.tenants[tenant.name] != nil, "tenant \(tenant.name)")
                ?? tenant.availableRoles.first { state.roles[$0] == nil }.map { "no role \($0)" }
        case .updateTenant(let name, let before, _):
            missing(before.name ?? name, in: state)
                ?? taken(renames(before.name, name) && state.tenants[name] != nil, "tenant \(name)")
        case .deleteTenant(let tenant):
            inUse(
                state.identities.values.contains { $0.tenant == tenant.name },
                "tenant \(tenant.name)")
        case .enableRole(let tenant, let role):
            missing(tenant, in: state) ?? lacking(state.roles[role] == nil, "role \(role)")
        case .disableRole(let tenant, let role):
            inUse(
                state.memberships[tenant]?.values.contains { $0.grants.roles.contains(role) }
                    == true,
                "role \(role)")
        case .createIdentity(let identity):
            taken(state.identities[identity.code] != nil, "identity \(identity.code)")
                ?? missing(identity.tenant, in: state)
        case .updateIdentity(let code, let before, let after):
            missing(before.code ?? code, in: state)
                ?? taken(renames(before.code, code) && state.identities[code] != nil, "\(code)")
                ?? after.tenant.flatMap { missing($0, in: state) }
        case .deleteIdentity: nil
        default: objectionAboutPeople(to: action, in: state)
        }
    }

    private static func objectionAboutPeople(to action: Action, in state: ObservedState) -> String?
    {
        switch action {
        case .inviteAdmin(let tenant, let email, let grants, _):
            missing(tenant, in: state)
                ?? taken(state.memberships[tenant]?[email] != nil, "\(tenant)/\(email)")
                ?? unavailable(grants, in: tenant, of: state)
        case .addAdmin(let tenant, let email, let grants):
            missing(tenant, in: state) ?? missing(email, in: state)
                ?? taken(state.memberships[tenant]?[email] != nil, "\(tenant)/\(email)")
                ?? unavailable(grants, in: tenant, of: state)
        case .addIdentityUser(let code, let email, _, let new):
            missing(code, in: state) ?? (new == nil ? missing(email, in: state) : nil)
                ?? taken(state.identityUsers[code]?[email] != nil, "\(code)/\(email)")
        case .grantPermission(let tenant, let email, let name):
            lacking(state.memberships[tenant]?[email] == nil, "\(tenant)/\(email)")
                ?? lacking(state.permissions[name] == nil, "permission \(name)")
        case .assignRole(let tenant, let email, let name):
            lacking(state.memberships[tenant]?[email] == nil, "\(tenant)/\(email)")
                ?? unavailable(Grants(roles: [name]), in: tenant, of: state)
        case .setIdentityAdmin(let code, let email), .unsetIdentityAdmin(let code, let email),
            .setIdentityRoles(let code, let email, _, _), .enableIdentityUser(let code, let email),
            .disableIdentityUser(let code, let email):
            lacking(state.identityUsers[code]?[email] == nil, "\(code)/\(email)")
        case .updateProfile(let email, _, _), .blockAccount(let email), .unblockAccount(let email):
            missing(email, in: state)
        case .deleteAccount(let email, _):
            inUse(
                state.memberships.values.contains { $0[email] != nil }
                    || state.identityUsers.values.contains { $0[email] != nil }, "account \(email)")
        default: nil
        }
    }

    private static func renames<Tag>(_ old: Name<Tag>?, _ new: Name<Tag>) -> Bool {
        old.map { $0 != new } ?? false
    }

    private static func taken(_ isTaken: Bool, _ what: String) -> String? {
        isTaken ? "\(what) is there already" : nil
    }

    private static func lacking(_ isLacking: Bool, _ what: String) -> String? {
        isLacking ? "no \(what)" : nil
    }

    private static func inUse(_ isUsed: Bool, _ what: String) -> String? {
        isUsed ? "\(what) is in use" : nil
    }

    private static func missing(_ tenant: TenantName, in state: ObservedState) -> String? {
        lacking(state.tenants[tenant] == nil, "tenant \(tenant)")
    }

    private static func missing(_ code: IdentityCode, in state: ObservedState) -> String? {
        lacking(state.identities[code] == nil, "identity \(code)")
    }

    private static func missing(_ email: EmailAddress, in state: ObservedState) -> String? {
        lacking(state.accounts[email] == nil, "account \(email)")
    }

    private static func unavailable(
        _ grants: Grants, in tenant: TenantName, of state: ObservedState
    ) -> String? {
        grants.permissions.first { state.permissions[$0] == nil }.map { "no permission \($0)" }
            ?? grants.roles.first { state.tenants[tenant]?.availableRoles.contains($0) != true }
            .map { "role \($0) is not available on \(tenant)" }
    }
}
