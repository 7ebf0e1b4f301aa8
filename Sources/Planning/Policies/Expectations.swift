import AccessModel

/// Whether what access tests expect is so, wherever the members and users come from.
struct Expectations {
    var members: (TenantName) -> [EmailAddress: Membership]
    var users: (IdentityCode) -> SortedTable<EmailAddress, IdentityUser>

    /// Of one state.
    init(in state: ObservedState) {
        members = { state.memberships[$0] ?? [:] }
        users = { state.identityUsers[$0] ?? [:] }
    }

    init(
        members: @escaping (TenantName) -> [EmailAddress: Membership],
        users: @escaping (IdentityCode) -> SortedTable<EmailAddress, IdentityUser>
    ) {
        self.members = members
        self.users = users
    }

    /// What is otherwise, as a sentence; `nil` when all is as it should be.
    func failure(of expectation: AccessTest.Expectation) -> String? {
        switch expectation {
        case .holds(let email, let tenant, let holds, let lacks):
            let grants = members(tenant)[email]?.grants ?? Grants()
            let missing = holds.filter { !grants.contains($0) }.map(\.name)
            let surplus = lacks.filter { grants.contains($0) }.map(\.name)
            var parts: [String] = []
            if !missing.isEmpty { parts.append("does not hold \(missing.joined(separator: ", "))") }
            if !surplus.isEmpty { parts.append("holds \(surplus.joined(separator: ", "))") }
            guard !parts.isEmpty else { return nil }
            return "\(email) \(parts.joined(separator: ", and ")) on \(tenant)."
        case .holders(let tenant, let grant, let expected):
            let actual = SortedSet(members(tenant).filter { $0.value.grants.contains(grant) }.keys)
            return difference("\(grant.name) on \(tenant) is held", expected, actual)
        case .identityAdmins(let code, let expected):
            let actual = SortedSet(users(code).filter(\.value.admin).keys)
            return difference("\(code) is administered", expected, actual)
        }
    }

    private func difference(
        _ what: String, _ expected: SortedSet<EmailAddress>, _ actual: SortedSet<EmailAddress>
    ) -> String? {
        guard expected != actual else { return nil }
        var parts: [String] = []
        let missing = expected.subtracting(actual).map(\.canonical)
        let surplus = actual.subtracting(expected).map(\.canonical)
        if !missing.isEmpty { parts.append("without \(missing.joined(separator: ", "))") }
        if !surplus.isEmpty { parts.append("also by \(surplus.joined(separator: ", "))") }
        return "\(what) by others than expected: \(parts.joined(separator: "; "))."
    }
}

extension AccessTest.Expectation {
    /// The places that must be there for it to hold: who is named in it, where.
    var supports: [Scope] {
        switch self {
        case .holds(let email, let tenant, let holds, _):
            holds.isEmpty ? [] : [.membership(tenant, email)]
        case .holders(let tenant, _, let people): people.map { .membership(tenant, $0) }
        case .identityAdmins(let code, let people): people.map { .identityUser(code, $0) }
        }
    }
}
