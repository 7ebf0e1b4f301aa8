package import AccessModel
package import Diagnostics

/// Where each thing is declared. It walks beside the desired state, which knows no places.
///
/// The lists of memberships and users are the desired state's own, shared, with a span for each.
package struct Provenance: Sendable {
    private var places = DeclaredPlaces()
    private var memberships: [DesiredMembership] = []
    private var membershipSpans: [Span] = []
    /// Of each membership where its grants' spans begin; permissions first, then roles.
    private var grantStarts: [Int32] = []
    private var grants: [PlacedGrant] = []
    private var documents: [Declaration.Document] = []
    /// By the grant's place in `grants`; few grants have more than one.
    private var furtherGrants: [Int: [PlacedGrant]] = [:]
    private var bundles: [Declaration.Bundle] = []
    private var users: [DesiredIdentityUser] = []
    private var userSpans: [Span] = []
    private var admins: [PlacedAdmin] = []

    package init() {}

    /// The declaration of an address: a list entry for a grant and for an available role, otherwise
    /// the key of the document or of the entry; `nil` when nothing declares it.
    package subscript(address: Address) -> Span? {
        switch address {
        case .membership(let tenant, let email):
            return index(of: email, in: tenant).map { membershipSpans[$0] }
        case .grant(let tenant, let email, let grant):
            return index(of: email, in: tenant).flatMap { place(of: grant, in: $0) }
                .map { grants[$0].span }
        case .identityUser(let code, let email):
            return index(of: email, of: code).map { userSpans[$0] }
        case .project, .permission, .role, .tenant, .availableRole, .identity, .account, .policy,
            .accessTest:
            return places[address]
        }
    }

    /// Every place that gives a right: of a grant, all of them; of a membership or an identity's
    /// user, its entry. None for other addresses.
    package func declarations(of address: Address) -> [Declaration] {
        switch address {
        case .membership(let tenant, let email):
            return index(of: email, in: tenant).map { index in
                [Declaration(documents[index], at: membershipSpans[index])]
            } ?? []
        case .grant(let tenant, let email, let grant):
            guard let index = index(of: email, in: tenant),
                let place = place(of: grant, in: index)
            else { return [] }
            return ([grants[place]] + furtherGrants[place, default: []]).map { placed in
                Declaration(
                    documents[index], at: placed.span,
                    bundle: placed.bundle.map { bundles[Int($0)] })
            }
        case .identityUser(let code, let email):
            guard let index = index(of: email, of: code) else { return [] }
            let isOfTenant = placedAdmins(index).contains {
                $0.isOfTenant && $0.span == userSpans[index]
            }
            return [Declaration(isOfTenant ? .identityAdmins : .users, at: userSpans[index])]
        case .project, .permission, .role, .tenant, .availableRole, .identity, .account, .policy,
            .accessTest:
            return []
        }
    }

    /// Every place that makes a user an admin of the identity.
    package func adminDeclarations(
        of code: IdentityCode, _ email: EmailAddress
    ) -> [Declaration] {
        guard let index = index(of: email, of: code) else { return [] }
        return placedAdmins(index).map {
            Declaration($0.isOfTenant ? .identityAdmins : .users, at: $0.span)
        }
    }

    private func placedAdmins(_ user: Int) -> ArraySlice<PlacedAdmin> {
        let start = firstIndex(admins.count) { Int(admins[$0].user) < user }
        return admins[start...].prefix { Int($0.user) == user }
    }

    /// The index of a membership's grant in `grants`.
    private func place(of grant: Grant, in index: Int) -> Int? {
        let held = memberships[index].grants
        let place: Int? =
            switch grant {
            case .permission(let name): held.permissions.firstIndex(of: name)
            case .role(let name):
                held.roles.firstIndex(of: name).map { $0 + held.permissions.count }
            }
        return place.map { Int(grantStarts[index]) + $0 }
    }

    private func index(of email: EmailAddress, of code: IdentityCode) -> Int? {
        let index = firstIndex(users.count) { index in
            let user = users[index]
            return user.identity != code ? user.identity < code : user.email < email
        }
        guard index < users.count, users[index].identity == code, users[index].email == email
        else { return nil }
        return index
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

    mutating func add(_ address: Address, at span: Span) { places.set(span, for: address) }

    mutating func add(_ users: PlacedUsers) {
        self.users = users.users
        userSpans = users.spans
        admins = users.admins
    }

    /// Takes the memberships that the state has, in its order.
    mutating func add(
        _ placed: [PlacedMembership], of memberships: [DesiredMembership],
        _ bundles: [Declaration.Bundle]
    ) {
        self.memberships = memberships
        self.bundles = bundles
        membershipSpans = placed.map(\.span)
        documents = placed.map(\.document)
        grantStarts.reserveCapacity(placed.count)
        grants.reserveCapacity(placed.reduce(0) { $0 + $1.grants.count })
        for (index, membership) in placed.enumerated() {
            grantStarts.append(Int32(grants.count))
            grants += membership.grants
            for (grant, further) in membership.further {
                guard let place = place(of: grant, in: index) else { continue }
                furtherGrants[place, default: []].append(further)
            }
        }
    }
}

/// One place in the manifests that gives a right.
package struct Declaration: Hashable, Sendable {
    package enum Document: Hashable, Sendable {
        /// A membership in an `Admin` document.
        case admin
        /// An entry of a `Members` document.
        case members
        /// An entry of an identity's users.
        case users
        /// The `identityAdmins` of the identity's tenant.
        case identityAdmins
    }

    /// A bundle that gives the right, and where it is declared.
    package struct Bundle: Hashable, Sendable {
        package var name: String
        package var span: Span
    }

    package var document: Document
    package var span: Span
    package var bundle: Bundle?

    init(_ document: Document, at span: Span, bundle: Bundle? = nil) {
        self.document = document
        self.span = span
        self.bundle = bundle
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
