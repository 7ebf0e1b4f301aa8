import AccessModel

extension Difference {
    /// Finds the people who cannot be added, and says why once per person.
    mutating func refuseNewcomers() {
        let places = newPlaces()
        for email in places.keys.sorted() {
            guard let place = places[email] else { continue }
            if let account = request.observed.accounts[email] {
                refuse(account, at: place)
            } else if case .membership = place, !declarations.isAutomation(email),
                !declarations.profile(of: email).isCompleteForAdmin
            {
                draft.findings.append(
                    .detailsMissing(place.address, declarations.profile(of: email)))
                refused.insert(email)
            }
        }
        refuseCollisions(places)
    }

    /// a block outlives a removal, and an invitation does not lift it.
    private mutating func refuse(_ account: Account, at place: Scope) {
        guard account.blocked, !hasPlace(account.email) else { return }
        if isOperator, declarations.people[account.email]?.blocked == false { return }
        refused.insert(account.email)
        draft.findings.append(.invitingBlocked(place.address))
    }

    private func hasPlace(_ email: EmailAddress) -> Bool {
        observed.memberships.values.contains { $0[email] != nil }
            || observed.identityUsers.values.contains { $0[email] != nil }
    }

    /// One place that each person would newly get; a membership before an identity. Places to which
    /// the actor may add nobody are left out: what is said of an account there would tell whether
    /// there is one, and the step is refused anyway.
    ///
    /// A user of an identity of whom nothing can be said is left out: without an account, and
    /// written in ASCII as all accounts are. There may be a million.
    private func newPlaces() -> [EmailAddress: Scope] {
        var places: [EmailAddress: Scope] = [:]
        let accounts = request.observed.accounts
        lazy var mayCollide = accounts.keys.contains(where: \.hasNonASCIILocalPart)
        for identity in desired.identities
        where identity.presence == .present && identity.management != .observe
            && !standsNowhere(identity) && mayAdd(to: .identity(identity.code))
        {
            let current = observed.identityUsers[identity.code] ?? [:]
            for (email, entry) in declarations.users(of: identity.code)
            where current[email] == nil && !entry.expired {
                if accounts[email] == nil, !email.hasNonASCIILocalPart, !mayCollide { continue }
                let scope = Scope.identityUser(identity.code, email)
                if places[email].map({ scope < $0 }) ?? true { places[email] = scope }
            }
        }
        var memberships: [EmailAddress: Scope] = [:]
        for tenant in desired.tenants
        where tenant.presence == .present && tenant.management != .observe
            && mayAdd(to: .tenant(tenant.name))
        {
            for (email, entry) in declarations.memberships[tenant.name] ?? [:]
            where !entry.expired && observed.membership(of: email, in: tenant.name) == nil {
                let scope = Scope.membership(tenant.name, email)
                if memberships[email].map({ scope < $0 }) ?? true { memberships[email] = scope }
            }
        }
        return places.merging(memberships) { $1 }
    }

    /// E236: an address that people take for another one which the store has.
    private mutating func refuseCollisions(_ places: [EmailAddress: Scope]) {
        let newcomers = places.filter { request.observed.accounts[$0.key] == nil }
        guard !newcomers.isEmpty else { return }
        let hasForeignLetters = newcomers.keys.contains { $0.hasNonASCIILocalPart }
        let known = request.observed.accounts.keys
            .filter { hasForeignLetters || $0.hasNonASCIILocalPart }
        guard !known.isEmpty else { return }
        let byKey = Dictionary(known.map { ($0.collisionKey, $0) }, uniquingKeysWith: min)
        for (email, place) in newcomers.sorted(by: { $0.key < $1.key }) {
            guard let other = byKey[email.collisionKey], other != email,
                email.hasNonASCIILocalPart || other.hasNonASCIILocalPart
            else { continue }
            refused.insert(email)
            draft.findings.append(.collides(place.address, with: mayKnow(other) ? other : nil))
        }
    }

    /// Whether the actor adds people to this tenant or identity by its own right.
    func mayAdd(to place: Address) -> Bool {
        guard case .person(let actor) = request.actor else { return true }
        if let tenant = place.tenant {
            return observed.activePermissions(of: actor, in: tenant).contains(.inviteAdmins)
        }
        return place.identity.map { observed.isActiveAdmin(actor, of: $0) } ?? false
    }

    /// whether the actor knows of such an account: it is in the same tenant, or the
    /// actor may add it where it is declared.
    func isKnown(_ email: EmailAddress) -> Bool {
        guard case .person(let actor) = request.actor else { return true }
        if actor == email { return true }
        return observed.memberships.contains { tenant, members in
            members[email] != nil && members[actor] != nil
                || declarations.memberships[tenant]?[email] != nil && mayAdd(to: .tenant(tenant))
        }
            || observed.identityUsers.contains { code, users in
                (users[email] != nil || declarations.users[code]?[email] != nil)
                    && mayAdd(to: .identity(code))
            }
    }

    /// who may be told an existing account's name and details.
    func mayKnow(_ email: EmailAddress) -> Bool {
        guard case .person(let actor) = request.actor else { return true }
        return observed.memberships.contains { tenant, members in
            members[actor]?.grants.permissions.contains(.inviteAdmins) == true
                && members[actor]?.pending == false
                && (members[email] != nil || declarations.memberships[tenant]?[email] != nil)
        }
    }
}
