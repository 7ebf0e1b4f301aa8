package import AccessModel
internal import Planning
internal import Storage

/// The report, from what the store held and the plan that was computed on it.
///
/// It shows the whole store, whoever acts: the actor judges the plan, and nothing else. Manifests
/// with errors leave the plan empty, and what only they can tell unknown.
///
/// - Parameter desired: `nil` when the manifests have errors.
package func accessReport(
    project: String, records: StoreRecords, desired: DesiredState?, plan: PlanReport,
    actorIsAssumed: Bool, now: Instant
) -> AccessReport {
    let observed = records.observed
    let ends = Ends(desired, now: now)
    let unmanaged = desired.map { _ in
        plan.plan.notes.filter { $0.kind == .unmanaged }.map(\.address).sorted()
    }
    let reader = Reading(
        observed: observed, ends: ends, unmanaged: Set(unmanaged ?? []),
        managementOfTenants: management(desired?.tenants, \.name, \.management),
        managementOfIdentities: management(desired?.identities, \.code, \.management))
    return AccessReport(
        project: project, at: now, origin: observed.origin, counts: counts(of: observed),
        tenants: observed.tenants.keys.sorted().map(reader.access),
        identities: observed.identities.keys.sorted().map(reader.access),
        waiting: observed.allPendingScopes.map { scope in
            let invitation = observed.invitations[scope]
            return AccessReport.Waiting(
                scope: scope, state: invitation.state(at: now), expiresAt: invitation?.expiresAt)
        },
        undelivered: records.undelivered, endings: desired.map { _ in ends.near(in: observed) },
        unmanaged: unmanaged,
        runs: records.runs.map { run in
            AccessReport.Run(
                record: run, entries: records.entries[run.number]?.map(AccessReport.Entry.init))
        },
        plan: plan, actorIsAssumed: actorIsAssumed)
}

private func management<Declared, Key: Hashable>(
    _ declared: [Declared]?, _ key: (Declared) -> Key, _ value: (Declared) -> Management
) -> [Key: Management] {
    Dictionary(
        (declared ?? []).map { (key($0), value($0)) }, uniquingKeysWith: { first, _ in first })
}

private func counts(of observed: ObservedState) -> AccessReport.Counts {
    var counts = AccessReport.Counts()
    counts.accounts = observed.accounts.count
    counts.activated = observed.accounts.values.count { $0.state == .activated }
    counts.blocked = observed.accounts.values.count(where: \.blocked)
    for members in observed.memberships.values {
        counts.memberships += members.count
        counts.delegated += members.values.count(where: \.isDelegated)
    }
    counts.identityUsers = observed.identityUsers.values.reduce(0) { $0 + $1.count }
    return counts
}

/// When each access ends: with its own entry or with the whole person, whichever is sooner.
private struct Ends {
    private var people: [EmailAddress: Instant] = [:]
    private var places: [Address: Instant] = [:]
    private let now: Instant

    init(_ desired: DesiredState?, now: Instant) {
        self.now = now
        for admin in desired?.admins ?? [] { people[admin.email] = admin.expires }
        for membership in desired?.memberships ?? [] {
            places[.membership(membership.tenant, membership.email)] = membership.expires
        }
        for user in desired?.identityUsers ?? [] {
            places[.identityUser(user.identity, user.email)] = user.expires
        }
    }

    func expiry(of address: Address, _ email: EmailAddress) -> AccessReport.Expiry? {
        guard let at = [places[address], people[email]].compactMap({ $0 }).min() else { return nil }
        return AccessReport.Expiry(
            at: at,
            urgency: at <= now
                ? .overdue : at <= now.adding(days: AccessReport.horizonInDays) ? .soon : .later)
    }

    /// Only of access that is in the store.
    func near(in observed: ObservedState) -> [AccessReport.Ending] {
        guard !people.isEmpty || !places.isEmpty else { return [] }
        let members = observed.memberships.flatMap { tenant, members in
            members.keys.map { (Address.membership(tenant, $0), $0) }
        }
        let users = observed.identityUsers.flatMap { code, users in
            users.keys.map { (Address.identityUser(code, $0), $0) }
        }
        return (members + users).compactMap { address, email in
            guard let expiry = expiry(of: address, email), expiry.urgency != .later else {
                return nil
            }
            return AccessReport.Ending(address: address, expiry: expiry)
        }
        .sorted { ($0.expiry.at, $0.address) < ($1.expiry.at, $1.address) }
    }
}

/// Looks up what the store and the manifests say of one place.
private struct Reading {
    let observed: ObservedState
    let ends: Ends
    let unmanaged: Set<Address>
    let managementOfTenants: [TenantName: Management]
    let managementOfIdentities: [IdentityCode: Management]

    func access(to name: TenantName) -> AccessReport.TenantAccess {
        let members = (observed.memberships[name] ?? [:]).sorted { $0.key < $1.key }
        return AccessReport.TenantAccess(
            tenant: observed.tenants[name] ?? Tenant(name: name),
            management: managementOfTenants[name],
            members: members.map { email, membership in
                let address = Address.membership(name, email)
                return AccessReport.Member(
                    person: person(email, pending: membership.pending),
                    permissions: Array(membership.grants.permissions),
                    roles: membership.grants.roles.map { role in
                        AccessReport.HeldRole(
                            name: role, sensitive: observed.roles[role]?.sensitive ?? false)
                    },
                    expires: ends.expiry(of: address, email),
                    unmanaged: unmanaged.contains(address))
            })
    }

    func access(to code: IdentityCode) -> AccessReport.IdentityAccess {
        let users = observed.identityUsers[code] ?? [:]
        return AccessReport.IdentityAccess(
            identity: observed.identities[code] ?? Identity(code: code, tenant: TenantName("")),
            management: managementOfIdentities[code], users: users.count,
            disabled: users.values.count { !$0.enabled },
            pending: users.values.count(where: \.pending),
            admins: users.filter(\.value.admin).sorted { $0.key < $1.key }.map { email, user in
                person(email, pending: user.pending)
            })
    }

    private func person(_ email: EmailAddress, pending: Bool) -> AccessReport.Person {
        let account = observed.accounts[email]
        let names = [account?.profile.firstName, account?.profile.lastName].compactMap { $0 }
        let waits = pending || account?.state == .invited
        return AccessReport.Person(
            email: email, name: names.joined(separator: " "),
            standing: account?.blocked == true ? .blocked : waits ? .pending : .active,
            automation: account?.automation ?? false)
    }
}

extension AccessReport.Entry {
    fileprivate init(_ entry: AuditEntry) {
        func value(_ text: String?) -> JSON? {
            text.flatMap { JSON(bytes: Array($0.utf8)) }?.maskingMobiles
        }
        self.init(
            kind: entry.kind, address: entry.address, actor: entry.actor, reason: entry.reason,
            comment: entry.comment, before: value(entry.before), after: value(entry.after))
    }
}
