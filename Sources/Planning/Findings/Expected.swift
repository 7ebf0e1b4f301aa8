import AccessModel

// What a rule or an expectation asks for, as a phrase that a test's line begins with.
extension PolicyRule {
    var expected: String {
        func list(_ texts: [String]) -> String { texts.joined(separator: ", ") }
        switch self {
        case .mutuallyExclusive(let grants):
            return "nobody holds two of \(list(grants.map(\.name)))"
        case .maxHolders(let grant, let count):
            return count == 0
                ? "nobody holds \(grant.name)" : "at most \(Self.people(count)) \(grant.name)"
        case .minHolders(let grant, let count):
            return "at least \(Self.people(count)) \(grant.name)"
        case .allowedDomains(let domains):
            return domains.isEmpty
                ? "there are no members" : "members have addresses of \(list(domains))"
        case .requireExpiry(let domains, let within):
            let who = domains.isEmpty ? "members" : "members from outside of \(list(domains))"
            return "\(who) expire" + (within.map { " within \(Finding.duration($0))" } ?? "")
        case .requireReason(let sensitiveOnly):
            return sensitiveOnly
                ? "memberships with a sensitive role say why" : "memberships say why"
        }
    }

    /// `1 person holds`, `2 people hold`
    private static func people(_ count: Int) -> String {
        count == 1 ? "1 person holds" : "\(count) people hold"
    }
}

extension Policy {
    /// The rule with the tenants where it holds.
    func expected(_ rule: PolicyRule) -> String {
        guard let tenants else { return rule.expected }
        let places = tenants.map(\.text).joined(separator: ", ")
        return "\(rule.expected) on \(places.isEmpty ? "no tenant" : places)"
    }
}

extension AccessTest.Expectation {
    var expected: String {
        func people(_ people: SortedSet<EmailAddress>) -> String {
            people.isEmpty ? "nobody" : people.map(\.canonical).joined(separator: ", ")
        }
        switch self {
        case .holds(let email, let tenant, let holds, let lacks):
            let parts = [("holds", holds), ("lacks", lacks)].filter { !$0.1.isEmpty }.map {
                "\($0.0) \($0.1.map(\.name).joined(separator: ", "))"
            }
            return "\(email) \(parts.joined(separator: ", and ")) on \(tenant)"
        case .holders(let tenant, let grant, let expected):
            return "\(grant.name) on \(tenant) is held by \(people(expected))"
        case .identityAdmins(let code, let expected):
            return "\(code) is administered by \(people(expected))"
        }
    }
}
