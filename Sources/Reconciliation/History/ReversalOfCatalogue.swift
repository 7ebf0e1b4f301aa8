import AccessModel
import Planning

extension Reversal {
    mutating func undoOfCatalogue(_ action: Action) {
        switch action {
        case .createPermission(let permission):
            take(
                .permission(permission.name), isSo: goal.permissions[permission.name] == permission,
                isUsed: isHeld(.permission(permission.name))
            ) { $0.permissions[permission.name] = nil }
        case .deletePermission(let permission):
            give(.permission(permission.name), isGone: goal.permissions[permission.name] == nil) {
                $0.permissions[permission.name] = permission
            }
        case .updatePermission(let name, let before, let after):
            guard goal.permissions[name]?.title == after.title, let title = before.title else {
                return conflict(.permission(name), "has another title")
            }
            change { $0.permissions[name]?.title = title }
        case .createRole(let role):
            take(
                .role(role.name), isSo: goal.roles[role.name] == role,
                isUsed: isHeld(.role(role.name))
                    || goal.tenants.values.contains { $0.availableRoles.contains(role.name) }
            ) { $0.roles[role.name] = nil }
        case .deleteRole(let role):
            give(.role(role.name), isGone: goal.roles[role.name] == nil) {
                $0.roles[role.name] = role
            }
        case .updateRole(let name, let before, let after): undo(name, before, after)
        case .enableRole(let tenant, let role):
            let holders = goal.memberships[tenant] ?? [:]
            take(
                .availableRole(tenant, role),
                isSo: goal.tenants[tenant]?.availableRoles.contains(role) == true,
                isUsed: holders.values.contains { $0.grants.roles.contains(role) }
            ) { $0.tenants[tenant]?.availableRoles.remove(role) }
        case .disableRole(let tenant, let role):
            let known = goal.tenants[tenant]
            give(
                .availableRole(tenant, role),
                isGone: known != nil && goal.roles[role] != nil
                    && known?.availableRoles.contains(role) == false
            ) { $0.tenants[tenant]?.availableRoles.insert(role) }
        case .createTenant, .updateTenant, .deleteTenant: undoOfTenant(action)
        case .createIdentity, .updateIdentity, .deleteIdentity: undoOfIdentity(action)
        default: preconditionFailure("a change of the catalogue")
        }
    }

    private mutating func undo(_ name: RoleName, _ before: RoleFields, _ after: RoleFields) {
        let old = before.name ?? name
        guard let role = goal.roles[name], role.has(after),
            old == name || goal.roles[old] == nil
        else { return conflict(.role(name), "is not as the run left it") }
        change { $0.apply(.updateRole(old, before: after, after: before)) }
        if old != name { rename(name, back: old) }
    }

    private mutating func undoOfTenant(_ action: Action) {
        switch action {
        case .createTenant(let tenant):
            take(
                .tenant(tenant.name), isSo: goal.tenants[tenant.name] == tenant,
                isUsed: goal.memberships[tenant.name]?.isEmpty == false
                    || goal.identities.values.contains { $0.tenant == tenant.name }
            ) { state in
                state.tenants[tenant.name] = nil
                state.memberships[tenant.name] = nil
            }
        case .deleteTenant(let tenant):
            let roles = SortedSet(tenant.availableRoles.filter { goal.roles[$0] != nil })
            for role in tenant.availableRoles.subtracting(roles) {
                conflict(.availableRole(tenant.name, role), "there is no such role any more")
            }
            give(.tenant(tenant.name), isGone: goal.tenants[tenant.name] == nil) { state in
                var tenant = tenant
                tenant.availableRoles = roles
                state.tenants[tenant.name] = tenant
            }
        case .updateTenant(let name, let before, let after):
            let old = before.name ?? name
            guard let tenant = goal.tenants[name], tenant.has(after),
                old == name || goal.tenants[old] == nil
            else { return conflict(.tenant(name), "is not as the run left it") }
            change { $0.apply(.updateTenant(old, before: after, after: before)) }
            if old != name { rename(name, back: old) }
        default: preconditionFailure("a change of a tenant")
        }
    }

    private mutating func undoOfIdentity(_ action: Action) {
        switch action {
        case .createIdentity(let identity):
            take(
                .identity(identity.code), isSo: goal.identities[identity.code] == identity,
                isUsed: goal.identityUsers[identity.code]?.isEmpty == false
            ) { state in
                state.identities[identity.code] = nil
                state.identityUsers[identity.code] = nil
            }
        case .deleteIdentity(let identity):
            give(
                .identity(identity.code),
                isGone: goal.identities[identity.code] == nil
                    && goal.tenants[identity.tenant] != nil
            ) { $0.identities[identity.code] = identity }
        case .updateIdentity(let code, let before, let after):
            let old = before.code ?? code
            guard let identity = goal.identities[code], identity.has(after),
                old == code || goal.identities[old] == nil,
                before.tenant.map({ goal.tenants[$0] != nil }) ?? true
            else { return conflict(.identity(code), "is not as the run left it") }
            change { $0.apply(.updateIdentity(old, before: after, after: before)) }
            if old != code { rename(code, back: old) }
        default: preconditionFailure("a change of an identity")
        }
    }

    // MARK: - One way and the other

    private mutating func take(
        _ address: Address, isSo: Bool, isUsed: Bool, _ body: (inout ObservedState) -> Void
    ) {
        guard isSo else { return conflict(address, "is not as the run left it") }
        guard !isUsed else { return conflict(address, "is in use by others by now") }
        change(body)
    }

    private mutating func give(
        _ address: Address, isGone: Bool, _ body: (inout ObservedState) -> Void
    ) {
        guard isGone else { return conflict(address, "is there again, or has no place to be in") }
        change(body)
    }

    private func isHeld(_ grant: Grant) -> Bool {
        goal.memberships.values.contains { members in
            members.values.contains { $0.grants.contains(grant) }
        }
    }
}

extension Role {
    fileprivate func has(_ fields: RoleFields) -> Bool {
        (fields.title ?? title) == title && (fields.description ?? description) == description
            && (fields.application ?? application) == application
            && (fields.sensitive ?? sensitive) == sensitive
    }
}

extension Tenant {
    fileprivate func has(_ fields: TenantFields) -> Bool {
        (fields.title ?? title) == title && (fields.environment ?? environment) == environment
    }
}

extension Identity {
    fileprivate func has(_ fields: IdentityFields) -> Bool {
        (fields.title ?? title) == title && (fields.tenant ?? tenant) == tenant
    }
}
