import AccessModel

extension Difference {
    mutating func compareCatalogue() {
        for permission in desired.permissions { compare(permission) }
        for role in desired.roles { compare(role) }
    }

    private mutating func compare(_ wanted: DesiredPermission) {
        let name = wanted.permission.name
        let current = observed.permissions[name]
        switch wanted.presence {
        case .present:
            guard let current else {
                let reason = foreign.reason(foreign.vanished(.permission(name)), else: .declared)
                return draft.propose(.createPermission(wanted.permission), reason)
            }
            let isSilent = wanted.permission.title.isEmpty && PermissionName.builtIn.contains(name)
            guard current.title != wanted.permission.title, !isSilent else { return }
            let isDrift = foreign.altered(
                .permission(name), from: ["title": wanted.permission.title])
            draft.propose(
                .updatePermission(
                    name, before: PermissionFields(title: current.title),
                    after: PermissionFields(title: wanted.permission.title)),
                foreign.reason(isDrift, else: .declared))
        case .absent(let cascade):
            guard let current else { return }
            let holders = holders(of: .permission(name))
            guard holders.isEmpty || cascade else {
                return draft.findings.append(
                    .needsCascade(.permission(name), holding: holders.count, "holders"))
            }
            // Declared memberships cannot hold it, so they lose it by their own difference.
            for (tenant, email) in holders where !isManaged(email, in: tenant) {
                draft.propose(.revokePermission(tenant, email, name), .cascade)
            }
            draft.propose(.deletePermission(current), .declared)
        }
    }

    private mutating func compare(_ wanted: DesiredRole) {
        let name = wanted.role.name
        let current = observed.roles[name]
        switch wanted.presence {
        case .present:
            guard let current else {
                let reason = foreign.reason(foreign.vanished(.role(name)), else: .declared)
                return draft.propose(.createRole(wanted.role), reason)
            }
            guard let (before, after) = current.difference(to: wanted.role) else { return }
            draft.propose(
                .updateRole(name, before: before, after: after),
                foreign.reason(
                    foreign.altered(.role(name), from: after.texts), else: .declared))
        case .absent(let cascade):
            guard let current else { return }
            let holders = holders(of: .role(name))
            guard holders.isEmpty || cascade else {
                return draft.findings.append(
                    .needsCascade(.role(name), holding: holders.count, "holders"))
            }
            for (tenant, email) in holders where !isManaged(email, in: tenant) {
                draft.propose(.unassignRole(tenant, email, name), .cascade)
            }
            for tenant in observed.tenants.values.sorted(by: { $0.name < $1.name })
            where tenant.availableRoles.contains(name) && !managesRoles(of: tenant.name) {
                draft.propose(.disableRole(tenant.name, name), .cascade)
            }
            draft.propose(.deleteRole(current), .declared)
        }
    }

    private func holders(of grant: Grant) -> [(TenantName, EmailAddress)] {
        observed.memberships.keys.sorted().flatMap { tenant in
            (observed.memberships[tenant] ?? [:])
                .filter { $0.value.grants.contains(grant) }.keys.sorted().map { (tenant, $0) }
        }
    }

    /// Whether the membership's own difference will take what is not declared.
    private func isManaged(_ email: EmailAddress, in tenant: TenantName) -> Bool {
        guard let wanted = desired.tenants.first(where: { $0.name == tenant }) else { return false }
        if wanted.management == .observe { return false }
        if wanted.presence != .present { return true }
        return wanted.management == .authoritative
            || declarations.memberships[tenant]?[email] != nil || declarations.hasLeft(email)
    }

    private func managesRoles(of tenant: TenantName) -> Bool {
        guard let wanted = desired.tenants.first(where: { $0.name == tenant }) else { return false }
        return wanted.management != .observe
            && (wanted.availableRoles != nil || wanted.presence != .present)
    }
}

extension Role {
    /// The fields that differ, as they are and as they should be.
    func difference(to wanted: Role) -> (RoleFields, RoleFields)? {
        var before = RoleFields()
        var after = RoleFields()
        if title != wanted.title { (before.title, after.title) = (title, wanted.title) }
        if description != wanted.description {
            (before.description, after.description) = (description, wanted.description)
        }
        if application != wanted.application {
            (before.application, after.application) = (application, wanted.application)
        }
        if sensitive != wanted.sensitive {
            (before.sensitive, after.sensitive) = (sensitive, wanted.sensitive)
        }
        return after == RoleFields() ? nil : (before, after)
    }
}

extension RoleFields {
    /// As the store's recorder writes fields.
    var texts: [String: String?] {
        var texts: [String: String?] = [:]
        if let title { texts["title"] = title }
        if let description { texts["description"] = description }
        if let application { texts["application"] = application }
        if let sensitive { texts["sensitive"] = sensitive ? "true" : "false" }
        return texts
    }
}
