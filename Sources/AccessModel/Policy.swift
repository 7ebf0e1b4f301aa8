/// What must hold in some or all tenants.
package struct Policy: Hashable, Sendable {
    package var name: String
    /// `nil`: all tenants.
    package var tenants: SortedSet<TenantName>?
    package var rules: [PolicyRule]

    package init(name: String, tenants: SortedSet<TenantName>? = nil, rules: [PolicyRule]) {
        self.name = name
        self.tenants = tenants
        self.rules = rules
    }
}

package enum PolicyRule: Hashable, Sendable {
    /// Nobody holds two of these in one tenant. E291.
    case mutuallyExclusive([Grant])
    /// Pending and blocked ones count. E292.
    case maxHolders(Grant, count: Int)
    /// Active, not blocked, not expiring within 14 days. E293.
    case minHolders(Grant, count: Int)
    /// Lower-cased A-labels; memberships only. E294.
    case allowedDomains([String])
    /// Memberships of people outside the domains expire, and within so many seconds. E295.
    case requireExpiry(outsideDomains: [String], within: Int64?)
    /// Memberships say why: those with a sensitive role, or all. E296.
    case requireReason(sensitiveOnly: Bool)
}

/// Expectations that `muster test` and `muster plan` check.
package struct AccessTest: Hashable, Sendable {
    package var name: String
    package var expectations: [Expectation]

    package init(name: String, expectations: [Expectation]) {
        self.name = name
        self.expectations = expectations
    }

    package enum Expectation: Hashable, Sendable {
        case holds(EmailAddress, TenantName, holds: [Grant], lacks: [Grant])
        /// Exactly these hold it.
        case holders(TenantName, Grant, SortedSet<EmailAddress>)
        /// Exactly these are the identity's admins.
        case identityAdmins(IdentityCode, SortedSet<EmailAddress>)
    }
}
