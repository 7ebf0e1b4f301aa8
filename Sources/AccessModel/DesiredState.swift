/// What the manifests declare, with bundles expanded. Every list is sorted by its key.
package struct DesiredState: Hashable, Sendable {
    package var project: Project
    package var permissions: [DesiredPermission] = []
    package var roles: [DesiredRole] = []
    package var tenants: [DesiredTenant] = []
    /// People with an `Admin` document of their own.
    package var admins: [DesiredAdmin] = []
    /// By tenant, then by address.
    package var memberships: [DesiredMembership] = []
    package var identities: [DesiredIdentity] = []
    /// By identity, then by address. A tenant's `identityAdmins` are among them.
    package var identityUsers: [DesiredIdentityUser] = []
    package var policies: [Policy] = []
    package var accessTests: [AccessTest] = []
    /// Whether an invitation that has expired is sent again. Manifests always ask for it; a
    /// state that was made to ask for nothing does not.
    package var renewsInvitations = true

    package init(project: Project) { self.project = project }
}

/// `state: present` or `state: absent`.
package enum Presence: Hashable, Sendable {
    case present
    /// Delete it; with members, users or holders only when `cascade` (E278).
    case absent(cascade: Bool)
}

package struct DesiredPermission: Hashable, Sendable {
    package var permission: Permission
    package var presence: Presence

    package init(permission: Permission, presence: Presence = .present) {
        self.permission = permission
        self.presence = presence
    }
}

package struct DesiredRole: Hashable, Sendable {
    package var role: Role
    package var formerly: [RoleName]
    package var presence: Presence

    package init(role: Role, formerly: [RoleName] = [], presence: Presence = .present) {
        self.role = role
        self.formerly = formerly
        self.presence = presence
    }
}

package struct DesiredTenant: Hashable, Sendable {
    package var name: TenantName
    package var title: String
    package var environment: TenantEnvironment
    /// `nil` when the manifest does not speak of them: then they are not managed.
    package var availableRoles: SortedSet<RoleName>?
    package var formerly: [TenantName]
    package var management: Management
    /// Overrides the project's guard.
    package var minDelegatedAdmins: Int?
    package var presence: Presence

    package init(
        name: TenantName, title: String = "", environment: TenantEnvironment = .production,
        availableRoles: SortedSet<RoleName>? = nil, formerly: [TenantName] = [],
        management: Management = .authoritative, minDelegatedAdmins: Int? = nil,
        presence: Presence = .present
    ) {
        self.name = name
        self.title = title
        self.environment = environment
        self.availableRoles = availableRoles
        self.formerly = formerly
        self.management = management
        self.minDelegatedAdmins = minDelegatedAdmins
        self.presence = presence
    }
}

/// A person as an `Admin` document describes one; the memberships stand in a list of their own.
package struct DesiredAdmin: Hashable, Sendable {
    package var email: EmailAddress
    package var formerly: [EmailAddress]
    package var profile: Profile
    /// `nil`: not managed.
    package var blocked: Bool?
    package var automation: Bool
    /// The whole person leaves then.
    package var expires: Instant?

    package init(
        email: EmailAddress, formerly: [EmailAddress] = [], profile: Profile = Profile(),
        blocked: Bool? = nil, automation: Bool = false, expires: Instant? = nil
    ) {
        self.email = email
        self.formerly = formerly
        self.profile = profile
        self.blocked = blocked
        self.automation = automation
        self.expires = expires
    }
}

package struct DesiredMembership: Hashable, Sendable {
    package var tenant: TenantName
    package var email: EmailAddress
    package var grants: Grants
    package var expires: Instant?
    /// Attributes and narrows, never widens.
    package var grantedBy: EmailAddress?
    package var reason: String?

    package init(
        tenant: TenantName, email: EmailAddress, grants: Grants, expires: Instant? = nil,
        grantedBy: EmailAddress? = nil, reason: String? = nil
    ) {
        self.tenant = tenant
        self.email = email
        self.grants = grants
        self.expires = expires
        self.grantedBy = grantedBy
        self.reason = reason
    }
}

package struct DesiredIdentity: Hashable, Sendable {
    package var code: IdentityCode
    package var tenant: TenantName
    package var title: String
    package var formerly: [IdentityCode]
    package var management: Management
    package var presence: Presence

    package init(
        code: IdentityCode, tenant: TenantName, title: String = "", formerly: [IdentityCode] = [],
        management: Management = .authoritative, presence: Presence = .present
    ) {
        self.code = code
        self.tenant = tenant
        self.title = title
        self.formerly = formerly
        self.management = management
        self.presence = presence
    }
}

package struct DesiredIdentityUser: Hashable, Sendable {
    package var identity: IdentityCode
    package var email: EmailAddress
    package var roles: SortedSet<Label>
    package var expires: Instant?
    package var admin: Bool
    /// `nil`: not managed, so that nobody is re-enabled by accident.
    package var enabled: Bool?

    package init(
        identity: IdentityCode, email: EmailAddress, admin: Bool = false,
        roles: SortedSet<Label> = [], enabled: Bool? = nil, expires: Instant? = nil
    ) {
        self.identity = identity
        self.email = email
        self.admin = admin
        self.roles = roles
        self.enabled = enabled
        self.expires = expires
    }
}
