package import AccessModel
package import Diagnostics

/// Where each thing is declared. It walks beside the desired state, which knows no places.
///
/// The lists of memberships and users are the desired state's own, shared, with a span for each.
package struct Provenance: Sendable {
    private var places: [Address: Span] = [:]
    private var memberships: [DesiredMembership] = []
    private var membershipSpans: [Span] = []
    /// Of each membership where its grants' spans begin; permissions first, then roles.
    private var grantStarts: [Int32] = []
    private var grantSpans: [Span] = []
    private var users: [DesiredIdentityUser] = []
    private var userSpans: [Span] = []

    package init() {}

    /// The declaration of an address: a list entry for a grant and for an available role, otherwise
    /// the key of the document or of the entry; `nil` when nothing declares it.
    package subscript(address: Address) -> Span? {
        switch address {
        case .membership(let tenant, let email):
            return index(of: email, in: tenant).map { membershipSpans[$0] }
        case .grant(let tenant, let email, let grant):
            guard let index = index(of: email, in: tenant) else { return nil }
            let grants = memberships[index].grants
            let place: Int? =
                switch grant {
                case .permission(let name): grants.permissions.firstIndex(of: name)
                case .role(let name):
                    grants.roles.firstIndex(of: name).map { $0 + grants.permissions.count }
                }
            return place.map { grantSpans[Int(grantStarts[index]) + $0] }
        case .identityUser(let code, let email):
            let index = firstIndex(users.count) { index in
                let user = users[index]
                return user.identity != code ? user.identity < code : user.email < email
            }
            guard index < users.count, users[index].identity == code, users[index].email == email
            else { return nil }
            return userSpans[index]
        case .project, .permission, .role, .tenant, .availableRole, .identity, .account, .policy,
            .accessTest:
            return places[address]
        }
    }

    private func index(of email: EmailAddress, in tenant: TenantName) -> Int? {
        let index = firstIndex(memberships.count) { index in
            let membership = memberships[index]
            return membership.tenant != tenant
                ? membership.tenant < tenant : membership.email < email
        }
        guard index < memberships.count, memberships[index].tenant == tenant,
            memberships[index].email == email
        else { return nil }
        return index
    }

    mutating func add(_ address: Address, at span: Span) { places[address] = span }

    mutating func add(_ users: PlacedUsers) {
        self.users = users.users
        userSpans = users.spans
    }

    /// Takes the memberships that the state has, in its order.
    mutating func add(_ placed: [PlacedMembership], of memberships: [DesiredMembership]) {
        self.memberships = memberships
        membershipSpans = placed.map(\.span)
        for membership in placed {
            grantStarts.append(Int32(grantSpans.count))
            grantSpans += membership.grantSpans
        }
    }
}

/// The first index that is not below what is looked for.
private func firstIndex(_ count: Int, isBelow: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
        let middle = (low + high) / 2
        if isBelow(middle) { low = middle + 1 } else { high = middle }
    }
    return low
}
