import AccessModel

/// Measures how far each policy rule is violated, in any state.
struct PolicyJudge: Sendable {
    struct Violation {
        /// The rule, and where it is violated.
        var rule: Key
        var measure: Int
        var finding: Finding
    }

    struct Key: Hashable {
        var rule: Address
        var place: Address
    }

    private struct Rule: Sendable {
        var address: Address
        var tenants: SortedSet<TenantName>?
        var rule: PolicyRule
    }

    private let rules: [Rule]
    private let declarations: Declarations
    private let at: Instant
    /// In the manifests every declared entry counts, whenever it ends.
    private let countsExpiring: Bool

    init(
        _ desired: DesiredState, declarations: Declarations, at: Instant,
        countsExpiring: Bool = false
    ) {
        rules = desired.policies.flatMap { policy in
            policy.rules.enumerated().map { index, rule in
                Rule(
                    address: .policy(policy.name, rule: index + 1), tenants: policy.tenants,
                    rule: rule)
            }
        }
        self.declarations = declarations
        self.at = at
        self.countsExpiring = countsExpiring
    }

    /// Everything violated in a tenant.
    func violations(in tenant: TenantName, _ state: ObservedState) -> [Violation] {
        let rules = rules.filter { $0.tenants?.contains(tenant) ?? true }
        guard !rules.isEmpty else { return [] }
        var seen: Set<Key> = []
        var found: [Violation] = []
        // What counts a whole tenant is the same for each member, and so asked for the first alone.
        let personal = rules.filter { !$0.rule.isCount }
        for (place, email) in (state.memberships[tenant] ?? [:]).keys.sorted().enumerated() {
            for rule in place == 0 ? rules : personal {
                if let violation = violation(of: rule, email, tenant, state),
                    seen.insert(violation.rule).inserted
                {
                    found.append(violation)
                }
            }
            if personal.isEmpty { break }
        }
        return found + minimaOfEmpty(tenant, state)
    }

    /// The least numbers of holders that are asked for in a tenant, in the order of the rules.
    func minima(in tenant: TenantName) -> [(rule: Address, grant: Grant, count: Int)] {
        rules.filter { $0.tenants?.contains(tenant) ?? true }.compactMap { rule in
            guard case .minHolders(let grant, let count) = rule.rule else { return nil }
            return (rule.address, grant, count)
        }
    }

    /// `minHolders` holds in a tenant without members too.
    private func minimaOfEmpty(_ tenant: TenantName, _ state: ObservedState) -> [Violation] {
        guard (state.memberships[tenant] ?? [:]).isEmpty else { return [] }
        return minima(in: tenant).compactMap { tooFew($0.grant, $0.count, tenant, state, $0.rule) }
    }

    /// What one person's membership violates, and the counts of the tenant that it is part of.
    func violations(
        of email: EmailAddress, in tenant: TenantName, _ state: ObservedState
    ) -> [Violation] {
        guard !rules.isEmpty else { return [] }
        return rules.filter { $0.tenants?.contains(tenant) ?? true }
            .compactMap { violation(of: $0, email, tenant, state) }
    }

    private func violation(
        of rule: Rule, _ email: EmailAddress, _ tenant: TenantName, _ state: ObservedState
    ) -> Violation? {
        let place = Address.membership(tenant, email)
        let membership = state.membership(of: email, in: tenant)
        let entry = declarations.memberships[tenant]?[email]
        func found(_ measure: Int, _ finding: Finding) -> Violation {
            Violation(
                rule: Key(rule: rule.address, place: place), measure: measure, finding: finding)
        }
        switch rule.rule {
        case .mutuallyExclusive(let grants):
            let held = grants.filter { membership?.grants.contains($0) ?? false }
            guard held.count > 1 else { return nil }
            return found(held.count - 1, .mutuallyExclusive(place, held, rule.address))
        case .maxHolders(let grant, let limit):
            let number = (state.memberships[tenant] ?? [:]).values.count {
                $0.grants.contains(grant)
            }
            guard number > limit else { return nil }
            return Violation(
                rule: Key(rule: rule.address, place: .tenant(tenant)), measure: number - limit,
                finding: .tooManyHolders(
                    .tenant(tenant), grant, in: tenant, number, limit: limit, rule.address))
        case .minHolders(let grant, let count):
            return tooFew(grant, count, tenant, state, rule.address)
        case .allowedDomains(let domains):
            guard membership != nil, !domains.contains(String(email.domain)) else { return nil }
            return found(1, .domainNotAllowed(place, domains, rule.address))
        case .requireExpiry(let domains, let within):
            guard membership != nil, !domains.contains(String(email.domain)) else { return nil }
            let expires = declarations.expiry(of: email, in: tenant)
            if let expires, within.map({ expires <= at.adding(seconds: $0) }) ?? true { return nil }
            return found(
                1, .needsExpiry(place, expires: expires, within: within, rule.address))
        case .requireReason(let sensitiveOnly):
            guard let membership, entry?.declared.reason?.isEmpty ?? true else { return nil }
            let isSensitive = membership.grants.roles.contains {
                state.roles[$0]?.sensitive == true
            }
            guard isSensitive || !sensitiveOnly else { return nil }
            return found(1, .needsReason(place, rule.address))
        }
    }

    /// Active, not blocked, not expiring within 14 days.
    private func tooFew(
        _ grant: Grant, _ count: Int, _ tenant: TenantName, _ state: ObservedState, _ rule: Address
    ) -> Violation? {
        let soon = at.adding(days: 14)
        let number = (state.memberships[tenant] ?? [:]).count { email, membership in
            guard membership.grants.contains(grant), !membership.pending,
                state.accounts[email]?.isActive == true
            else { return false }
            if countsExpiring { return true }
            return declarations.expiry(of: email, in: tenant).map { $0 > soon } ?? true
        }
        guard number < count else { return nil }
        return Violation(
            rule: Key(rule: rule, place: .tenant(tenant)), measure: count - number,
            finding: .tooFewHolders(
                .tenant(tenant), grant, in: tenant, number, limit: count, rule))
    }
}

extension PolicyRule {
    /// Whether it counts the holders of a tenant, whoever is looked at.
    fileprivate var isCount: Bool {
        switch self {
        case .maxHolders, .minHolders: true
        case .mutuallyExclusive, .allowedDomains, .requireExpiry, .requireReason: false
        }
    }
}

extension Declarations {
    /// When a declared membership ends: its own end or the whole person's.
    func expiry(of email: EmailAddress, in tenant: TenantName) -> Instant? {
        let own = memberships[tenant]?[email]?.declared.expires
        let whole = people[email]?.expires
        guard let own, let whole else { return own ?? whole }
        return min(own, whole)
    }

    func expiry(of email: EmailAddress, of identity: IdentityCode) -> Instant? {
        let own = users[identity]?[email]?.declared.expires
        let whole = people[email]?.expires
        guard let own, let whole else { return own ?? whole }
        return min(own, whole)
    }
}
