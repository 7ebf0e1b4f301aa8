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
        // Their places are sorted: people are large to be moved about.
        admins = people.indices.sorted { people[$0].declared.email < people[$1].declared.email }
            .map { people[$0].declared }
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
        var collisions = Collisions(people: people, memberships: placed, users: users)
        collisions.check(&findings)
    }

    private mutating func add(_ catalogue: Catalogue, _ provenance: inout Provenance) {
        for it in catalogue.permissions.inOrder {
            permissions.append(it.declared)
            provenance.add(.permission(it.declared.permission.name), at: it.span)
        }
        roles.reserveCapacity(catalogue.roles.rows.count)
        for it in catalogue.roles.inOrder {
            roles.append(it.declared)
            provenance.add(.role(it.declared.role.name), at: it.span)
        }
        for it in catalogue.tenants.inOrder {
            let name = it.declared.name
            var declared = it.declared
            declared.availableRoles = declared.availableRoles.map { roles in
                roles.filtered { catalogue.roles[$0]?.declared.presence == .present }
            }
            tenants.append(declared)
            provenance.add(.tenant(name), at: it.span)
            for role in it.availableRoles where catalogue.roles[role.value] != nil {
                provenance.add(.availableRole(name, role.value), at: role.span)
            }
        }
        identities.reserveCapacity(catalogue.identities.rows.count)
        for it in catalogue.identities.inOrder where catalogue.tenants[it.tenant.value] != nil {
            identities.append(it.declared)
            provenance.add(.identity(it.declared.code), at: it.span)
        }
    }

    /// W130, once for each person who is a member somewhere.
    private func checkDetails(of people: [AdminManifest], _ findings: inout Findings) {
        let now = findings.now
        let incomplete = people.indices.filter { index in
            !people[index].missingDetails.isEmpty && !findings.isFull(people[index].span.file)
                && people[index].declared.expires.map { $0 > now } ?? true
        }
        guard !incomplete.isEmpty else { return }
        let members = Set(
            memberships.filter { $0.expires.map { $0 > now } ?? true }.map(\.email))
        for person in incomplete.lazy.map({ people[$0] })
        where members.contains(person.declared.email)
            && findings.isTold("W130", at: person.span)
        {
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
        let claims = people.indices.filter { !people[$0].formerly.isEmpty }
            .sorted { people[$0].span.precedes(people[$1].span) }
        guard !claims.isEmpty else { return }
        let claimed = Set(claims.flatMap { people[$0].formerly.map(\.value) })
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
            claims.map { (.address(.account(people[$0].declared.email)), people[$0].formerly) },
            declared: { declared[$0] }, &findings)
    }
}
