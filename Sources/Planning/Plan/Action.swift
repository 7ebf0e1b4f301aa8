package import AccessModel

/// What one change does. A closed list: the store executes these and nothing else.
package enum Action: Hashable, Sendable {
    case createPermission(Permission)
    case createRole(Role)
    case createTenant(Tenant)
    case enableRole(TenantName, RoleName)
    case createIdentity(Identity)
    /// No account yet: one is made, with this profile.
    case inviteAdmin(TenantName, EmailAddress, Grants, NewAccount)
    /// Has an account.
    case addAdmin(TenantName, EmailAddress, Grants)
    /// With a `NewAccount` when the person has none yet.
    case addIdentityUser(IdentityCode, EmailAddress, NewIdentityUser, NewAccount?)

    case updatePermission(PermissionName, before: PermissionFields, after: PermissionFields)
    /// The name is the new one where the role is renamed.
    case updateRole(RoleName, before: RoleFields, after: RoleFields)
    case updateTenant(TenantName, before: TenantFields, after: TenantFields)
    case updateIdentity(IdentityCode, before: IdentityFields, after: IdentityFields)
    case updateProfile(EmailAddress, before: Profile, after: Profile)
    case grantPermission(TenantName, EmailAddress, PermissionName)
    case revokePermission(TenantName, EmailAddress, PermissionName)
    case assignRole(TenantName, EmailAddress, RoleName)
    case unassignRole(TenantName, EmailAddress, RoleName)
    case setIdentityAdmin(IdentityCode, EmailAddress)
    case unsetIdentityAdmin(IdentityCode, EmailAddress)
    case setIdentityRoles(
        IdentityCode, EmailAddress, before: SortedSet<Label>, after: SortedSet<Label>)
    case enableIdentityUser(IdentityCode, EmailAddress)
    case disableIdentityUser(IdentityCode, EmailAddress)
    case blockAccount(EmailAddress)
    case unblockAccount(EmailAddress)
    /// The new generation is one above `generation`, the one that the plan saw.
    case resendInvitation(Scope, generation: Int)

    case removeAdmin(TenantName, EmailAddress, Grants)
    case removeIdentityUser(IdentityCode, EmailAddress, IdentityUserEntry)
    case deleteAccount(EmailAddress, Profile)
    case disableRole(TenantName, RoleName)
    case deleteIdentity(Identity)
    case deleteTenant(Tenant)
    case deleteRole(Role)
    case deletePermission(Permission)
}

/// What is written about a person who gets an account by this change.
package struct NewAccount: Hashable, Sendable {
    package var profile: Profile
    /// A pipeline's account: Activated at once, never written to.
    package var automation: Bool

    package init(profile: Profile = Profile(), automation: Bool = false) {
        self.profile = profile
        self.automation = automation
    }
}

package struct NewIdentityUser: Hashable, Sendable {
    package var admin: Bool
    package var roles: SortedSet<Label>
    /// `nil`: not managed; the store's default is enabled.
    package var enabled: Bool?

    package init(admin: Bool, roles: SortedSet<Label>, enabled: Bool? = nil) {
        self.admin = admin
        self.roles = roles
        self.enabled = enabled
    }
}

/// A user of an identity as the store had it.
package struct IdentityUserEntry: Hashable, Sendable {
    package var admin: Bool
    package var roles: SortedSet<Label>
    package var enabled: Bool

    package init(admin: Bool, roles: SortedSet<Label>, enabled: Bool) {
        self.admin = admin
        self.roles = roles
        self.enabled = enabled
    }
}

// The changed fields of an update; `nil` is a field that does not change.

package struct PermissionFields: Hashable, Sendable {
    package var title: String?

    package init(title: String? = nil) { self.title = title }
}

package struct RoleFields: Hashable, Sendable {
    package var name: RoleName?
    package var title: String?
    package var description: String?
    package var application: String?
    package var sensitive: Bool?

    package init(
        name: RoleName? = nil, title: String? = nil, description: String? = nil,
        application: String? = nil, sensitive: Bool? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.application = application
        self.sensitive = sensitive
    }
}

package struct TenantFields: Hashable, Sendable {
    package var name: TenantName?
    package var title: String?
    package var environment: TenantEnvironment?

    package init(
        name: TenantName? = nil, title: String? = nil, environment: TenantEnvironment? = nil
    ) {
        self.name = name
        self.title = title
        self.environment = environment
    }
}

package struct IdentityFields: Hashable, Sendable {
    package var code: IdentityCode?
    package var tenant: TenantName?
    package var title: String?

    package init(code: IdentityCode? = nil, tenant: TenantName? = nil, title: String? = nil) {
        self.code = code
        self.tenant = tenant
        self.title = title
    }
}
