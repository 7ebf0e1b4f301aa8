internal import AccessModel
internal import Diagnostics

extension DesiredState {
    /// What all documents together declare: duplicates keep the first, names that are not known are
    /// left out, bundles are expanded. All of it has been reported.
    init(
        _ documents: Documents, project: Project, _ provenance: inout Provenance,
        _ findings: inout Findings
    ) {
        self.init(project: project)
        let catalogue = Catalogue(documents, &findings)
        add(catalogue, &provenance)
        for references in findings.loose { catalogue.check(references, &findings) }
        let people = firstDeclarations(
            of: documents.admins, by: \.declared.email, at: \.span,
            about: { .address(.account($0.declared.email)) }, &findings)
        for person in people { provenance.add(.account(person.declared.email), at: person.span) }
        admins = people.map(\.declared).sorted { $0.email < $1.email }
        let placed = Manifests.memberships(
            of: documents, admins: people, catalogue, &findings)
        memberships = placed.map(\.membership)
        provenance.add(placed, of: memberships, catalogue.bundlesInOrder)
        let users = Manifests.identityUsers(of: documents, catalogue, &findings)
        identityUsers = users.users
        provenance.add(users)
        policies = Manifests.policies(of: documents, catalogue, &provenance, &findings)
        accessTests = Manifests.accessTests(of: documents, catalogue, &provenance, &findings)
        checkDetails(of: people, &findings)
        checkEarlierAddresses(of: people, placed, users, &findings)
        var collisions = Collisions(
            people: people.map { ($0.declared.email, $0.span) }
                + placed.map { ($0.membership.email, $0.span) },
            users: users)
        collisions.check(&findings)
    }

    private mutating func add(_ catalogue: Catalogue, _ provenance: inout Provenance) {
        for (name, it) in catalogue.permissions {
            permissions.append(it.declared)
            provenance.add(.permission(name), at: it.span)
        }
        for (name, it) in catalogue.roles {
            roles.append(it.declared)
            provenance.add(.role(name), at: it.span)
        }
        for (name, it) in catalogue.tenants {
            var declared = it.declared
            declared.availableRoles = declared.availableRoles.map { roles in
                SortedSet(roles.filter { catalogue.roles[$0]?.declared.presence == .present })
            }
            tenants.append(declared)
            provenance.add(.tenant(name), at: it.span)
            for role in it.availableRoles {
                provenance.add(.availableRole(name, role.value), at: role.span)
            }
        }
        for (code, it) in catalogue.identities where catalogue.tenants[it.tenant.value] != nil {
            identities.append(it.declared)
            provenance.add(.identity(code), at: it.span)
        }
        permissions.sort { $0.permission.name < $1.permission.name }
        roles.sort { $0.role.name < $1.role.name }
        tenants.sort { $0.name < $1.name }
        identities.sort { $0.code < $1.code }
    }

    /// W130, once for each person who is a member somewhere.
    private func checkDetails(of people: [AdminManifest], _ findings: inout Findings) {
        let incomplete = people.filter { person in
            !person.missingDetails.isEmpty
                && person.declared.expires.map { $0 > findings.now } ?? true
        }
        guard !incomplete.isEmpty else { return }
        let now = findings.now
        let members = Set(
            memberships.filter { $0.expires.map { $0 > now } ?? true }.map(\.email))
        for person in incomplete where members.contains(person.declared.email) {
            findings.add(
                .missingDetails(
                    person.missingDetails, about: .address(.account(person.declared.email)),
                    at: person.span))
        }
    }

    /// E131 for an earlier address that is declared anywhere, or that two people claim.
    private func checkEarlierAddresses(
        of people: [AdminManifest], _ placed: [PlacedMembership], _ users: PlacedUsers,
        _ findings: inout Findings
    ) {
        let claims = people.filter { !$0.formerly.isEmpty }
            .sorted { $0.span.precedes($1.span) }
        guard !claims.isEmpty else { return }
        let claimed = Set(claims.flatMap { $0.formerly.map(\.value) })
        var declared: [EmailAddress: Span] = [:]
        func note(_ email: EmailAddress, _ span: Span) {
            guard claimed.contains(email) else { return }
            if let first = declared[email], first.precedes(span) { return }
            declared[email] = span
        }
        for person in people { note(person.declared.email, person.span) }
        for membership in placed { note(membership.membership.email, membership.span) }
        for (user, span) in zip(users.users, users.spans) { note(user.email, span) }
        checkFormerly(
            claims.map { (.address(.account($0.declared.email)), $0.formerly) },
            declared: declared, &findings)
    }
}
