package enum TenantEnvironment: String, Hashable, Sendable, CaseIterable {
    case production
    case nonProduction = "non-production"
}

/// What Muster does with members or users that the manifests do not declare.
package enum Management: String, Hashable, Sendable, CaseIterable {
    /// They are removed.
    case authoritative
    /// They are left alone and listed as unmanaged.
    case additive
    /// Nothing is changed; differences become notes.
    case observe
}

package struct Tenant: Hashable, Sendable {
    package var name: TenantName
    package var title: String
    package var environment: TenantEnvironment
    package var availableRoles: SortedSet<RoleName>

    package init(
        name: TenantName, title: String = "", environment: TenantEnvironment = .production,
        availableRoles: SortedSet<RoleName> = []
    ) {
        self.name = name
        self.title = title
        self.environment = environment
        self.availableRoles = availableRoles
    }
}
