/// A data scope with its own users.
package struct Identity: Hashable, Sendable {
    package var code: IdentityCode
    package var tenant: TenantName
    package var title: String
    /// A system identity has everyone as its user and is not managed.
    package var system: Bool

    package init(code: IdentityCode, tenant: TenantName, title: String = "", system: Bool = false) {
        self.code = code
        self.tenant = tenant
        self.title = title
        self.system = system
    }
}

/// A person's place in one identity.
package struct IdentityUser: Hashable, Sendable {
    /// Informational text.
    package var roles: SortedSet<Label>
    package var admin: Bool
    package var enabled: Bool
    /// Waits for the person to accept.
    package var pending: Bool

    package init(
        admin: Bool = false, roles: SortedSet<Label> = [], enabled: Bool = true,
        pending: Bool = false
    ) {
        self.admin = admin
        self.roles = roles
        self.enabled = enabled
        self.pending = pending
    }
}
