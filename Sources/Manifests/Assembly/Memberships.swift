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
    var entries: [(entry: MembershipEntry, isTenantKnown: Bool)] = []
    for admin in admins {
        for entry in admin.memberships {
            let isKnown = catalogue.known(entry.tenant, about: entry.subject, &findings)
            entries.append((entry, isKnown))
        }
    }
    for members in documents.members {
        let subject = Subject.document(
            kind: Kind.members.rawValue, key: members.tenant.value.text)
        let isKnown = catalogue.known(members.tenant, about: subject, &findings)
        entries += members.memberships.map { ($0, isKnown) }
    }
    entries.sort { a, b in
        if a.entry.tenant.value != b.entry.tenant.value {
            return a.entry.tenant.value < b.entry.tenant.value
        }
        if a.entry.email != b.entry.email { return a.entry.email < b.entry.email }
        return a.entry.span.precedes(b.entry.span)
    }
    var result: [PlacedMembership] = []
    var last: MembershipEntry?
    for (entry, isKnown) in entries {
        if let last, last.tenant.value == entry.tenant.value, last.email == entry.email {
            findings.add(.declaredTwice(entry.subject, at: entry.span, first: last.span))
            continue
        }
        last = entry
        let placed = placed(entry, catalogue, &findings)
        if isKnown { result.append(placed) }
    }
    return result
}

private func placed(
    _ entry: MembershipEntry, _ catalogue: Catalogue, _ findings: inout Findings
) -> PlacedMembership {
    if entry.isBare {
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
        tenant: entry.tenant.value, email: entry.email, grants: Grants(grants.map(\.grant)),
        expires: entry.expires, grantedBy: entry.grantedBy, reason: entry.reason)
    return PlacedMembership(
        membership: membership, span: entry.span, document: entry.document,
        grants: grants.map(\.place), further: further)
}

extension Grants {
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
