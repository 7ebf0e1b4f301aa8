package import AccessModel

extension DesiredState {
    /// The state that asks for no change of what a store holds: the operator's plan against it is
    /// empty, whatever that is.
    ///
    /// Left out is what nobody can declare (system identities, R-33), what would bring a warning
    /// that nobody caused (`blocked: false`, `enabled: true`), and what lives in manifests only
    /// (`expires`, `reason`, `grantedBy`, `formerly`, `management`, policies, access tests). A
    /// tenant's own floor is there when the store keeps it among its settings. Invitations that
    /// have expired are not sent again (`renewsInvitations`).
    package init(restating observed: ObservedState, project: Project) {
        self.init(project: project)
        renewsInvitations = false
        permissions = observed.permissions.values.map { DesiredPermission(permission: $0) }
            .sorted { $0.permission.name < $1.permission.name }
        roles = observed.roles.values.map { DesiredRole(role: $0) }
            .sorted { $0.role.name < $1.role.name }
        tenants = observed.tenants.values.sorted { $0.name < $1.name }
            .map { DesiredTenant(restating: $0, in: observed) }
        admins = observed.accounts.keys.sorted()
            .compactMap { observed.accounts[$0].flatMap(DesiredAdmin.init(restating:)) }
        for tenant in observed.memberships.keys.sorted() {
            let members = observed.memberships[tenant] ?? [:]
            memberships += members.keys.sorted().map { email in
                DesiredMembership(
                    tenant: tenant, email: email, grants: members[email]?.grants ?? Grants())
            }
        }
        for identity in observed.identities.values.sorted(by: { $0.code < $1.code })
        where !identity.system {
            identities.append(
                DesiredIdentity(
                    code: identity.code, tenant: identity.tenant, title: identity.title))
            let users = observed.identityUsers[identity.code] ?? [:]
            identityUsers += users.keys.sorted().compactMap { email in
                users[email].map {
                    DesiredIdentityUser(
                        identity: identity.code, email: email, admin: $0.admin, roles: $0.roles,
                        enabled: $0.enabled ? nil : false)
                }
            }
        }
    }
}

extension DesiredTenant {
    fileprivate init(restating tenant: Tenant, in observed: ObservedState) {
        // Somebody who holds what is not available would lose it, or could not be declared (E121).
        let members = observed.memberships[tenant.name] ?? [:]
        let isConsistent = members.values.allSatisfy {
            $0.grants.roles.subtracting(tenant.availableRoles).isEmpty
        }
        let floor = observed.settings["tenants.\(tenant.name).minDelegatedAdmins"]
        self.init(
            name: tenant.name, title: tenant.title, environment: tenant.environment,
            availableRoles: isConsistent ? tenant.availableRoles : nil,
            minDelegatedAdmins: floor.flatMap { Int($0) })
    }
}

extension DesiredAdmin {
    /// `nil` for somebody of whom the store knows nothing but the address.
    fileprivate init?(restating account: Account) {
        // A pipeline has no details of its own.
        let profile = account.automation ? Profile() : account.profile
        guard account.blocked || account.automation || !profile.isEmpty else { return nil }
        self.init(
            email: account.email, profile: profile, blocked: account.blocked ? true : nil,
            automation: account.automation)
    }
}
