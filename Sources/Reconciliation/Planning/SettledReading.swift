package import AccessModel
internal import Crypto
package import Manifests
internal import Planning
package import Storage

/// Manifests and a state without the users on whom both agree and of whom nothing is to be said:
/// what a plan says is the same with them.
package struct SettledReading: Sendable {
    package var loaded: LoadedManifests
    package var observed: ObservedState
}

/// What a list of users is known by.
private let rosterDigest: @Sendable ([UInt8]) -> String = { hexadecimal(SHA256.hash(data: $0)) }

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
        let comparison = Comparison(manifests.rosters, survey, desired, now)
        var people = desired.people.union(comparison.people)
            .union(survey.state.foreignChanges.compactMap(\.address.person))
        if case .person(let email) = actor { people.insert(email) }
        guard comparison.whole.reduce(0, { $0 + comparison.size(of: $1) }) <= survey.users / 2
        else { return nil }
        let stored = try await reader.rosters(of: comparison.whole.union(comparison.differing))
        comparison.addPeople(stored, to: &people)
        comparison.addWaiters(to: &people)
        guard people.count <= survey.users / 2 else { return nil }
        var manifests = manifests
        manifests.restore(people)
        guard let loaded = manifests.loaded(), let desired = loaded.desired else { return nil }
        let declared = Dictionary(grouping: desired.identityUsers, by: \.identity)
            .mapValues { $0.map(\.email) }
        let observed = try await reader.state(survey, people: people, declared: declared)
        return SettledReading(loaded: loaded, observed: observed)
    }
}

/// What the rosters of manifests and store say to each other.
private struct Comparison {
    let rosters: [IdentityCode: Roster]
    let survey: StoreSurvey
    /// Identities of which all users are to be looked at.
    private(set) var whole: Set<IdentityCode>
    /// Identities of which some users are to be looked at, by another look at their rosters.
    private(set) var differing: Set<IdentityCode> = []
    /// Who is to be looked at wherever they are.
    private(set) var people: Set<EmailAddress> = []

    init(
        _ rosters: [IdentityCode: Roster], _ survey: StoreSurvey, _ desired: DesiredState,
        _ now: Instant
    ) {
        self.rosters = rosters
        self.survey = survey
        let standing = desired.standing(as: survey.state)
        whole = Set(survey.state.identities.keys).union(rosters.keys).subtracting(
            standing.intersection(rosters.keys))
        let digests = Self.digests(of: rosters)
        for code in rosters.keys where !whole.contains(code) {
            let entry = survey.entries[code]
            people.formUnion(entry?.others ?? [])
            guard entry?.users.until.map({ now < $0 }) ?? true, let roster = digests[code] else {
                whole.insert(code)
                continue
            }
            let isSame = entry.map { $0.roster == roster } ?? (roster.users == 0)
            if !isSame { differing.insert(code) }
        }
    }

    private static func digests(
        of rosters: [IdentityCode: Roster]
    ) -> [IdentityCode: Roster.Summary] {
        let codes = Array(rosters.keys)
        let found = values(of: codes.indices, inParallel: true) { place in
            rosters[codes[place]]?.summary(rosterDigest)
        }
        return Dictionary(uniqueKeysWithValues: zip(codes, found)).compactMapValues(\.self)
    }

    /// Adds the first of all who go on waiting, whom a plan names.
    func addWaiters(to people: inout Set<EmailAddress>) {
        var named = 0
        let codes = survey.entries.keys.sorted { Address.identity($0) < Address.identity($1) }
        for code in codes where named < namedWaiters {
            guard let entry = survey.entries[code] else { continue }
            let settled = entry.waiters.filter { !people.contains($0) }
            people.formUnion(settled)
            named += settled.count
            if named < namedWaiters, entry.users.awaiting > entry.waiters.count {
                // Those whom the survey does not name.
                for email in rosters[code]?.emails ?? [] {
                    people.insert(EmailAddress(canonical: email))
                }
            }
        }
    }

    func size(of code: IdentityCode) -> Int {
        (survey.entries[code]?.users.users ?? 0) + (rosters[code]?.users ?? 0)
    }

    /// - Parameter stored: The rosters of the identities that were asked for.
    func addPeople(_ stored: [IdentityCode: Roster], to people: inout Set<EmailAddress>) {
        func add(_ emails: [String]) {
            for email in emails { people.insert(EmailAddress(canonical: email)) }
        }
        for code in whole {
            add(stored[code]?.emails ?? [])
            add(rosters[code]?.emails ?? [])
            people.formUnion(survey.entries[code]?.others ?? [])
        }
        for code in differing {
            add((rosters[code] ?? Roster()).difference(from: stored[code] ?? Roster()))
        }
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
