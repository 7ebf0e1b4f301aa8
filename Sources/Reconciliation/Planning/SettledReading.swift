package import AccessModel
internal import Crypto
package import Diagnostics
package import Manifests
internal import Planning
package import Storage
package import Syntax

/// Manifests and a state without the users on whom both agree and of whom nothing is to be said:
/// what a plan says is the same with them.
package struct SettledReading: Sendable {
    package var loaded: LoadedManifests
    package var observed: ObservedState
}

/// What a list of users is known by.
private let rosterDigest: Roster.Digest = { hexadecimal(SHA256.hash(data: $0)) }

extension CondensedManifests {
    /// Manifests whose users are compared with a store's.
    ///
    /// - Parameter known: What files of the same bytes amounted to, by path.
    package init?(
        _ files: [SourceFile], limits: Limits, now: Instant,
        knowing known: [String: CondensedFile] = [:]
    ) {
        self.init(files, limits: limits, now: now, digest: rosterDigest, knowing: known)
    }
}

/// How many of those who wait a plan names, and one more, so that it can say that there are more.
private let namedWaiters = 7

extension SettledReading {
    /// Leaves out all users that can be; `nil` where a plan needs most of them.
    ///
    /// That the store stayed as it was surveyed is for the caller to make sure of.
    package static func of(
        _ manifests: CondensedManifests, _ survey: StoreSurvey, actor: Actor, now: Instant,
        by reader: any StoreReader
    ) async throws(StoreError) -> SettledReading? {
        guard let desired = manifests.desired() else { return nil }
        var manifests = manifests
        let comparison = Comparison(manifests.users, survey, desired, now)
        var people = desired.people.union(comparison.people)
            .union(survey.state.foreignChanges.compactMap(\.address.person))
        if case .person(let email) = actor { people.insert(email) }
        guard comparison.whole.reduce(0, { $0 + comparison.size(of: $1) }) <= survey.users / 2
        else { return nil }
        let asked = comparison.whole.union(comparison.differing)
        comparison.addPeople(
            declared: manifests.rosters(of: asked), stored: try await reader.rosters(of: asked),
            to: &people)
        comparison.addWaiters(in: &manifests, to: &people)
        guard people.count <= survey.users / 2 else { return nil }
        manifests.restore(people)
        guard let loaded = manifests.loaded(), let desired = loaded.desired else { return nil }
        let declared = Dictionary(grouping: desired.identityUsers, by: \.identity)
            .mapValues { $0.map(\.email) }
        let observed = try await reader.state(survey, people: people, declared: declared)
        return SettledReading(loaded: loaded, observed: observed)
    }
}

/// What manifests and store say to each other of the users of identities.
private struct Comparison {
    let declared: [IdentityCode: (count: Int, summary: Roster.Summary?)]
    let survey: StoreSurvey
    /// Identities of which all users are to be looked at.
    private(set) var whole: Set<IdentityCode>
    /// Identities of which some users are to be looked at, by another look at their rosters.
    private(set) var differing: Set<IdentityCode> = []
    /// Who is to be looked at wherever they are.
    private(set) var people: Set<EmailAddress> = []

    init(
        _ declared: [IdentityCode: (count: Int, summary: Roster.Summary?)],
        _ survey: StoreSurvey, _ desired: DesiredState, _ now: Instant
    ) {
        self.declared = declared
        self.survey = survey
        let standing = desired.standing(as: survey.state)
        whole = Set(survey.state.identities.keys).union(declared.keys).subtracting(
            standing.intersection(declared.keys))
        for (code, users) in declared where !whole.contains(code) {
            let entry = survey.entries[code]
            people.formUnion(entry?.others ?? [])
            guard entry?.users.until.map({ now < $0 }) ?? true, let roster = users.summary else {
                whole.insert(code)
                continue
            }
            let isSame = entry.map { $0.roster == roster } ?? (roster.users == 0)
            if !isSame { differing.insert(code) }
        }
    }

    /// Adds the first of all who go on waiting, whom a plan names.
    func addWaiters(
        in manifests: inout CondensedManifests, to people: inout Set<EmailAddress>
    ) {
        var named = 0
        let codes = survey.entries.keys.sorted { Address.identity($0) < Address.identity($1) }
        for code in codes where named < namedWaiters {
            guard let entry = survey.entries[code] else { continue }
            let settled = entry.waiters.filter { !people.contains($0) }
            people.formUnion(settled)
            named += settled.count
            if named < namedWaiters, entry.users.awaiting > entry.waiters.count {
                // Those whom the survey does not name.
                add(manifests.rosters(of: [code])[code]?.emails ?? [], to: &people)
            }
        }
    }

    func size(of code: IdentityCode) -> Int {
        (survey.entries[code]?.users.users ?? 0) + (declared[code]?.count ?? 0)
    }

    /// Adds those who are to be looked at by the rosters of the identities where they are.
    func addPeople(
        declared: [IdentityCode: Roster], stored: [IdentityCode: Roster],
        to people: inout Set<EmailAddress>
    ) {
        for code in whole {
            add(stored[code]?.emails ?? [], to: &people)
            add(declared[code]?.emails ?? [], to: &people)
            people.formUnion(survey.entries[code]?.others ?? [])
        }
        for code in differing {
            let declared = declared[code] ?? Roster()
            add(declared.difference(from: stored[code] ?? Roster()), to: &people)
        }
    }

    private func add(_ emails: [String], to people: inout Set<EmailAddress>) {
        for email in emails { people.insert(EmailAddress(canonical: email)) }
    }
}

extension DesiredState {
    /// The identities that stay as they are themselves.
    fileprivate func standing(as observed: ObservedState) -> Set<IdentityCode> {
        let present = Set(tenants.filter { $0.presence == .present }.map(\.name))
        return Set(
            identities.filter { identity in
                guard let stored = observed.identities[identity.code] else { return false }
                return present.contains(identity.tenant) && identity.formerly.isEmpty
                    && stored.tenant == identity.tenant && stored.title == identity.title
                    && !stored.system
            }.map(\.code))
    }

    /// Everybody who is named.
    fileprivate var people: Set<EmailAddress> {
        var people: Set<EmailAddress> = []
        for admin in admins {
            people.insert(admin.email)
            people.formUnion(admin.formerly)
        }
        for membership in memberships {
            people.insert(membership.email)
            if let grantor = membership.grantedBy { people.insert(grantor) }
        }
        for user in identityUsers { people.insert(user.email) }
        people.formUnion(project.guards.requiredAdmins)
        return people
    }
}
