package import AccessModel

extension Difference {
    mutating func compareTenants() {
        for tenant in desired.tenants {
            var part = Draft()
            switch tenant.presence {
            case .present:
                compareFields(of: tenant, &part)
                compareMembers(of: tenant, &part)
            case .absent(let cascade): delete(tenant.name, cascade: cascade, &part)
            }
            if tenant.management == .observe { draft.observe(part) } else { draft.append(part) }
        }
    }

    private func compareFields(of wanted: DesiredTenant, _ part: inout Draft) {
        let name = wanted.name
        guard let current = observed.tenants[name] else {
            let tenant = Tenant(
                name: name, title: wanted.title, environment: wanted.environment,
                availableRoles: wanted.availableRoles ?? [])
            let reason = foreign.reason(foreign.vanished(.tenant(name)), else: .declared)
            return part.propose(.createTenant(tenant), reason)
        }
        if let (before, after) = current.difference(to: wanted) {
            part.propose(
                .updateTenant(name, before: before, after: after),
                foreign.reason(foreign.altered(.tenant(name), from: after.texts), else: .declared))
        }
        compareRoles(of: wanted, current, &part)
    }

    /// availability is the operator's; for others the list is an assertion.
    private func compareRoles(of wanted: DesiredTenant, _ current: Tenant, _ part: inout Draft) {
        guard let roles = wanted.availableRoles, roles != current.availableRoles else { return }
        let name = wanted.name
        let missing = roles.subtracting(current.availableRoles)
        let surplus = current.availableRoles.subtracting(roles)
        guard isOperator else {
            return part.findings.append(
                .availabilityDiffers(name, missing: Array(missing), surplus: Array(surplus)))
        }
        for role in missing {
            let isDrift = foreign.vanished(.availableRole(name, role))
            part.propose(.enableRole(name, role), foreign.reason(isDrift, else: .declared))
        }
        for role in surplus {
            let isDrift = foreign.appeared(.availableRole(name, role))
            // whoever holds it and is not compared below loses it first.
            for (email, membership) in (observed.memberships[name] ?? [:]).sorted(by: {
                $0.key < $1.key
            })
            where membership.grants.roles.contains(role) && staysUndeclared(email, in: wanted)
                && !isDeletedEverywhere(role)
            {
                part.propose(.unassignRole(name, email, role), .cascade)
            }
            part.propose(.disableRole(name, role), foreign.reason(isDrift, else: .undeclared))
        }
    }

    /// The catalogue's own difference takes it from everybody.
    private func isDeletedEverywhere(_ role: RoleName) -> Bool {
        desired.roles.contains { $0.role.name == role && $0.presence == .absent(cascade: true) }
    }

    /// Undeclared and left alone: in an additive tenant, or the old address of a rename.
    private func staysUndeclared(_ email: EmailAddress, in tenant: DesiredTenant) -> Bool {
        guard declarations.memberships[tenant.name]?[email] == nil,
            !declarations.hasLeft(email) || tenant.management == .observe
        else { return false }
        return tenant.management != .authoritative || keepsOldAddress(email, in: tenant.name)
    }

    private func delete(_ name: TenantName, cascade: Bool, _ part: inout Draft) {
        guard let current = observed.tenants[name] else { return }
        let members = (observed.memberships[name] ?? [:]).sorted { $0.key < $1.key }
        let elsewhere = desired.identities.filter { $0.presence == .present && $0.tenant != name }
        let moved = Set(elsewhere.map(\.code))
        let staying = elsewhere.filter {
            observed.identities[$0.code]?.tenant == name
                && ($0.management == .observe || standsNowhere($0))
        }
        guard staying.isEmpty else {
            return part.findings.append(
                .needsCascade(
                    .tenant(name), holding: staying.count, "identities that are only observed"))
        }
        // One that is declared absent goes, or not, by its own declaration.
        let absent = Set(desired.identities.filter { $0.presence != .present }.map(\.code))
        let identities = observed.identities.values
            .filter { $0.tenant == name && !moved.contains($0.code) && !absent.contains($0.code) }
            .sorted { $0.code < $1.code }
        if let system = identities.first(where: \.system) {
            return part.findings.append(.systemIdentity(system.code))
        }
        guard cascade || members.isEmpty && identities.isEmpty else {
            let what = members.isEmpty ? "identities" : "members"
            return part.findings.append(
                .needsCascade(
                    .tenant(name), holding: members.isEmpty ? identities.count : members.count, what
                ))
        }
        for (email, membership) in members {
            part.propose(.removeAdmin(name, email, membership.grants), .cascade)
        }
        for identity in identities { delete(identity, .cascade, &part) }
        part.propose(.deleteTenant(current), .declared)
    }

    func delete(_ identity: Identity, _ reason: Reason, _ part: inout Draft) {
        for (email, user) in (observed.identityUsers[identity.code] ?? [:]).sorted(by: {
            $0.key < $1.key
        }) {
            part.propose(.removeIdentityUser(identity.code, email, user.entry), .cascade)
        }
        part.propose(.deleteIdentity(identity), reason)
    }
}

extension Tenant {
    /// The fields that differ, as they are and as they should be.
    func difference(to wanted: DesiredTenant) -> (TenantFields, TenantFields)? {
        var before = TenantFields()
        var after = TenantFields()
        if title != wanted.title { (before.title, after.title) = (title, wanted.title) }
        if environment != wanted.environment {
            (before.environment, after.environment) = (environment, wanted.environment)
        }
        return after == TenantFields() ? nil : (before, after)
    }
}

extension TenantFields {
    /// As the store's recorder writes fields.
    var texts: [String: String?] {
        var texts: [String: String?] = [:]
        if let title { texts["title"] = title }
        if let environment { texts["environment"] = environment.rawValue }
        return texts
    }
}

extension IdentityUser {
    package var entry: IdentityUserEntry {
        IdentityUserEntry(admin: admin, roles: roles, enabled: enabled)
    }
}
