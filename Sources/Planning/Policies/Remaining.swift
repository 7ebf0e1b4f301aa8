import AccessModel

/// The members of one tenant as their declared ends come, with running counts: a tenant may have a
/// hundred thousand who all leave one day.
struct Remaining {
    private struct Minimum {
        var rule: Address
        var grant: Grant
        var count: Int
        var held: Int
        var isBroken: Bool
    }

    private var members: [EmailAddress: Membership]
    private var minima: [Minimum]
    private(set) var delegated: Int
    private(set) var holders: [PermissionName: Int] = [:]

    init(
        _ members: [EmailAddress: Membership],
        _ minima: [(rule: Address, grant: Grant, count: Int)]
    ) {
        self.members = members
        delegated = members.values.count(where: \.isDelegated)
        for membership in members.values {
            for permission in membership.grants.permissions { holders[permission, default: 0] += 1 }
        }
        self.minima = minima.map { rule, grant, count in
            let held = members.values.count { $0.grants.contains(grant) }
            return Minimum(
                rule: rule, grant: grant, count: count, held: held, isBroken: held < count)
        }
    }

    /// Takes a member away, and tells what it held.
    mutating func remove(_ email: EmailAddress) -> Grants? {
        guard let membership = members.removeValue(forKey: email) else { return nil }
        if membership.isDelegated { delegated -= 1 }
        for permission in membership.grants.permissions { holders[permission, default: 0] -= 1 }
        for index in minima.indices where membership.grants.contains(minima[index].grant) {
            minima[index].held -= 1
        }
        return membership.grants
    }

    /// The `minHolders` that have just come to be broken, and what is said of them.
    mutating func brokenMinima(of tenant: TenantName) -> [(rule: Address, message: String)] {
        var broken: [(rule: Address, message: String)] = []
        for index in minima.indices
        where !minima[index].isBroken && minima[index].held < minima[index].count {
            minima[index].isBroken = true
            let minimum = minima[index]
            let finding = Finding.tooFewHolders(
                .tenant(tenant), minimum.grant, in: tenant, minimum.held, limit: minimum.count,
                minimum.rule)
            broken.append((minimum.rule, finding.message))
        }
        return broken
    }
}
