internal import AccessModel
internal import Diagnostics

/// A membership with its grants, and where each of them is written.
struct PlacedMembership {
    var membership: DesiredMembership
    var span: Span
    var document: Declaration.Document
    /// In the order of the permissions, then of the roles.
    var grants: [PlacedGrant]
    /// The bundles that give what another place gives already.
    var further: [(grant: Grant, place: PlacedGrant)]
}

/// Where a grant is written: by its own name, or by that of a bundle.
struct PlacedGrant {
    var span: Span
    /// The bundle's number in the catalogue.
    var bundle: Int32?
}

/// The memberships of Admin and Members documents by tenant and address, bundles expanded.
func memberships(
    of documents: Documents, admins: [AdminManifest], _ catalogue: Catalogue,
    _ findings: inout Findings
) -> [PlacedMembership] {
    let lists = admins.map(\.memberships) + documents.members.map(\.memberships)
    var places: [EntryPlace] = []
    places.reserveCapacity(lists.reduce(0) { $0 + $1.count })
    for (number, admin) in admins.enumerated() {
        for (index, entry) in admin.memberships.enumerated() {
            let isKnown = catalogue.known(entry.tenant, about: entry.subject, &findings)
            places.append(EntryPlace(list: number, index: index, isTenantKnown: isKnown))
        }
    }
    for (number, members) in documents.members.enumerated() {
        let subject = Subject.document(
            kind: Kind.members.rawValue, key: members.tenant.value.text)
        let isKnown = catalogue.known(members.tenant, about: subject, &findings)
        for index in members.memberships.indices {
            places.append(
                EntryPlace(list: admins.count + number, index: index, isTenantKnown: isKnown))
        }
    }
    sort(&places, in: lists)
    var result: [PlacedMembership] = []
    var last: (tenant: TenantName, email: EmailAddress, span: Span)?
    for place in places {
        let span = place.span(in: lists)
        // What is wrong with it beside would not be told.
        if findings.isFull(span.file) { continue }
        let entry = lists[Int(place.list)][Int(place.index)]
        if let last, last.tenant == entry.tenant.value, last.email == entry.email {
            findings.add(.declaredTwice(entry.subject, at: span, first: last.span))
            continue
        }
        last = (entry.tenant.value, entry.email, span)
        let neighbour = result.last?.membership.grants
        let placed = placed(entry, besides: neighbour, catalogue, &findings)
        if place.isTenantKnown { result.append(placed) }
    }
    return result
}

/// An entry by the list that it is in: there may be hundreds of thousands, which stay where they
/// are while their places are sorted.
private struct EntryPlace {
    var list: Int32
    var index: Int32
    var isTenantKnown: Bool

    init(list: Int, index: Int, isTenantKnown: Bool) {
        (self.list, self.index) = (Int32(list), Int32(index))
        self.isTenantKnown = isTenantKnown
    }

    func tenant(in lists: [[MembershipEntry]]) -> TenantName {
        lists[Int(list)][Int(index)].tenant.value
    }
    func email(in lists: [[MembershipEntry]]) -> EmailAddress {
        lists[Int(list)][Int(index)].email
    }
    func span(in lists: [[MembershipEntry]]) -> Span { lists[Int(list)][Int(index)].span }
}

/// By tenant, then by address, then by place; most lists are in order already.
private func sort(_ places: inout [EntryPlace], in lists: [[MembershipEntry]]) {
    func isBefore(_ a: EntryPlace, _ b: EntryPlace) -> Bool {
        let (left, right) = (a.tenant(in: lists), b.tenant(in: lists))
        if left != right { return left < right }
        let (one, other) = (a.email(in: lists), b.email(in: lists))
        return one != other ? one < other : a.span(in: lists).precedes(b.span(in: lists))
    }
    let isInOrder = places.indices.dropFirst().allSatisfy {
        !isBefore(places[$0], places[$0 - 1])
    }
    if !isInOrder { places.sort(by: isBefore) }
}

/// - Parameter neighbour: What the one before gives: neighbours have the same rights more often
///   than not, and then one list of them.
private func placed(
    _ entry: MembershipEntry, besides neighbour: Grants?, _ catalogue: Catalogue,
    _ findings: inout Findings
) -> PlacedMembership {
    if entry.isBare, findings.isTold("W134", at: entry.span) {
        findings.add(.emptyMembership(about: entry.subject, at: entry.span))
    }
    let subject = entry.subject
    var grants: [(grant: Grant, place: PlacedGrant)] = []
    var further: [(grant: Grant, place: PlacedGrant)] = []
    for name in entry.permissions where catalogue.known(name, about: subject, &findings) {
        grants.append((.permission(name.value), PlacedGrant(span: name.span)))
    }
    let tenant = catalogue.tenants[entry.tenant.value]
    func add(_ role: RoleName, at place: PlacedGrant, bundle: String?) {
        grants.append((.role(role), place))
        guard let tenant, let available = tenant.declared.availableRoles, !available.contains(role)
        else { return }
        findings.add(
            .notAvailable(
                role, bundle: bundle, in: entry.tenant.value, about: subject, at: place.span,
                list: tenant.availableRolesSpan))
    }
    for name in entry.roles where catalogue.known(name, about: subject, &findings) {
        add(name.value, at: PlacedGrant(span: name.span), bundle: nil)
    }
    for name in entry.bundles {
        guard let bundle = catalogue.bundle(name, about: subject, &findings) else { continue }
        let place = PlacedGrant(span: name.span, bundle: bundle.number)
        for grant in bundle.grants {
            switch grant {
            case _ where grants.contains { $0.grant == grant }: further.append((grant, place))
            case .permission: grants.append((grant, place))
            case .role(let role): add(role, at: place, bundle: name.value.text)
            }
        }
    }
    grants.sort { $0.grant < $1.grant }
    let membership = DesiredMembership(
        tenant: entry.tenant.value, email: entry.email,
        grants: neighbour.flatMap { $0.isMade(of: grants) ? $0 : nil }
            ?? Grants(grants.map(\.grant)),
        expires: entry.expires, grantedBy: entry.grantedBy, reason: entry.reason)
    return PlacedMembership(
        membership: membership, span: entry.span, document: entry.document,
        grants: grants.map(\.place), further: further)
}

extension Grants {
    /// Are these the same, which are sorted?
    fileprivate func isMade(of grants: [(grant: Grant, place: PlacedGrant)]) -> Bool {
        guard grants.count == permissions.count + roles.count else { return false }
        for (index, (grant, _)) in grants.enumerated() {
            let isSame =
                switch grant {
                case .permission(let name):
                    index < permissions.count && permissions[index] == name
                case .role(let name):
                    index >= permissions.count && roles[index - permissions.count] == name
                }
            guard isSame else { return false }
        }
        return true
    }

    fileprivate init(_ grants: [Grant]) {
        var permissions: [PermissionName] = []
        var roles: [RoleName] = []
        for grant in grants {
            switch grant {
            case .permission(let name): permissions.append(name)
            case .role(let name): roles.append(name)
            }
        }
        self.init(permissions: SortedSet(permissions), roles: SortedSet(roles))
    }
}
