package import AccessModel
package import Diagnostics
package import Syntax

/// All manifests of a project, with what plain users of identities amount to in their place.
///
/// Most plans of a large project find most users as they are declared. Whoever knows that of an
/// identity by its roster needs none of its users.
package struct CondensedManifests: Sendable {
    private var read: ReadManifests

    /// `nil` where the users are needed for more than their identities.
    package init?(_ files: [SourceFile], limits: Limits, now: Instant) {
        read = ReadManifests(files, Findings(limits: limits, now: now), isCondensing: true)
        let documents = read.documents
        let codes = documents.identities.map(\.declared.code)
        guard documents.identityUsers.isEmpty, documents.accessTests.isEmpty,
            documents.tenants.allSatisfy(\.identityAdmins.isEmpty),
            documents.projects.allSatisfy({ $0.project.guards.minIdentityAdmins == nil }),
            Set(codes).count == codes.count
        else { return nil }
    }

    /// The plain users of each identity, but for those of identities of which all are needed.
    package var rosters: [IdentityCode: Roster] {
        var found: [IdentityCode: Roster] = [:]
        for identity in read.documents.identities {
            if let users = identity.condensed { found[identity.declared.code] = users.roster }
        }
        return found
    }

    /// All that is declared but the plain users; `nil` where something is wrong.
    package func desired() -> DesiredState? {
        let loaded = read.loaded(hasUnread: false)
        return loaded.hasErrors ? nil : loaded.desired
    }

    /// Declares these people after all, wherever they are.
    package mutating func restore(_ people: Set<EmailAddress>) { read.restore(people) }

    /// All that is declared but the plain users who were not restored; `nil` where something is
    /// wrong, or may be with them.
    package func loaded() -> LoadedManifests? {
        let loaded = read.loaded(hasUnread: false)
        guard let desired = loaded.desired, !loaded.hasErrors,
            !read.documents.mayCollide(with: desired)
        else { return nil }
        return loaded
    }
}

extension Documents {
    /// Gives each identity its plain users; false where that cannot be.
    mutating func condense(_ lists: [Int: CondensedUsers]) -> Bool {
        var rest = lists
        for place in identities.indices {
            let list = identities[place].usersStart.flatMap { rest.removeValue(forKey: $0) }
            guard identities[place].declared.presence == .present,
                identities[place].declared.management == .authoritative
            else {
                if list == nil { continue }
                return false
            }
            if let list {
                identities[place].condensed = list
            } else if identities[place].users.isEmpty {
                identities[place].condensed = CondensedUsers()
            }
        }
        return rest.isEmpty
    }

    /// Makes those of the condensed users who have one of these faces, and nobody else.
    mutating func restore(_ marks: Set<Int>) {
        for place in identities.indices {
            guard let condensed = identities[place].condensed else { continue }
            let entries = condensed.entries(of: marks, in: identities[place].span.file)
            if entries.isEmpty && identities[place].restored == 0 { continue }
            identities[place].users.removeLast(identities[place].restored)
            identities[place].users += entries
            identities[place].restored = entries.count
        }
    }

    /// Whether one of the condensed users may be taken for another one or for somebody else who is
    /// declared, or is somebody's earlier address.
    fileprivate func mayCollide(with desired: DesiredState) -> Bool {
        var others = desired.admins.map(\.email) + desired.memberships.map(\.email)
        others += desired.identityUsers.map(\.email)
        if others.contains(where: \.hasNonASCIILocalPart) { return true }
        let lists = [others.map(Face.init)] + identities.compactMap(\.condensed?.faces)
        let earlier = Set(desired.admins.flatMap(\.formerly).map { Face($0).address })
        if !earlier.isEmpty,
            lists.dropFirst().contains(where: { $0.contains { earlier.contains($0.address) } })
        {
            return true
        }
        // In two portions, each of half the likenesses.
        return values(of: 0..<2, inParallel: true) { half in
            hasLikeness(among: lists, where: { $0.likeness & 1 == half })
        }.contains(true)
    }
}

/// Whether two faces that are not the same are alike.
private func hasLikeness(among lists: [[Face]], where isLookedAt: (Face) -> Bool) -> Bool {
    let all = lists.flatMap { $0.filter(isLookedAt) }
    var seen = Places<Int>(expecting: all.count)
    for place in all.indices {
        let first = seen.insert(all[place].likeness, at: place) { all[$0].likeness }
        if let first, all[first] != all[place] { return true }
    }
    return false
}
