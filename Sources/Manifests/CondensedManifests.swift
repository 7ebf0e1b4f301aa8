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
    ///
    /// - Parameters:
    ///   - digest: Of rosters.
    ///   - known: What files of the same bytes amounted to, by path, with the same limits and by
    ///     the same digest, in manifests that could be loaded; nobody reads these files then.
    package init?(
        _ files: [SourceFile], limits: Limits, now: Instant, digest: @escaping Roster.Digest,
        knowing known: [String: CondensedFile] = [:]
    ) {
        read = ReadManifests(
            files, Findings(limits: limits, now: now), Condensing(digest: digest, known: known))
        let documents = read.documents
        let codes = documents.identities.map(\.declared.code)
        guard documents.identityUsers.isEmpty, documents.accessTests.isEmpty,
            documents.tenants.allSatisfy(\.identityAdmins.isEmpty),
            documents.projects.allSatisfy({ $0.project.guards.minIdentityAdmins == nil }),
            Set(codes).count == codes.count
        else { return nil }
    }

    /// What to know of these files when their bytes are seen again.
    package var files: [String: CondensedFile] { read.condensedFiles }

    /// The plain users of each identity, but for those of identities of which all are needed; the
    /// summary is `nil` where somebody is there twice.
    package var users: [IdentityCode: (count: Int, summary: Roster.Summary?)] {
        condensed { ($0.faces.count, $0.summary) }
    }

    /// The plain users of these identities, as far as they were left out.
    package mutating func rosters(of codes: Set<IdentityCode>) -> [IdentityCode: Roster] {
        read.open { codes.contains($0.declared.code) }
        return condensed(\.roster).filter { codes.contains($0.key) }
    }

    private func condensed<Value>(
        _ value: (CondensedUsers) -> Value?
    ) -> [IdentityCode: Value] {
        var found: [IdentityCode: Value] = [:]
        for identity in read.documents.identities {
            if let users = identity.condensed { found[identity.declared.code] = value(users) }
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
            !read.documents.mayCollide(with: desired, read.known)
        else { return nil }
        return loaded
    }
}

/// How plain users are kept.
struct Condensing: Sendable {
    var digest: Roster.Digest
    var known: [String: CondensedFile]
}

extension IdentityManifest {
    /// The file was not read, for one of the same bytes had been.
    var isClosed: Bool { condensed.map { $0.roster == nil } ?? false }
}

extension Documents {
    /// Gives each identity its plain users; false where that cannot be.
    ///
    /// - Parameter none: A list without users.
    mutating func condense(_ lists: [Int: CondensedUsers], _ none: CondensedUsers) -> Bool {
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
                identities[place].condensed = none
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
    ///
    /// - Parameter known: Files of which that is known of one another.
    fileprivate func mayCollide(with desired: DesiredState, _ known: Set<FileID>) -> Bool {
        var others = desired.admins.map(\.email) + desired.memberships.map(\.email)
        others += desired.identityUsers.map(\.email)
        if others.contains(where: \.hasNonASCIILocalPart) { return true }
        let lists = identities.compactMap(\.condensed?.faces)
        let earlier = Set(desired.admins.flatMap(\.formerly).map { Face($0).address })
        if !earlier.isEmpty,
            lists.contains(where: { $0.contains { earlier.contains($0.address) } })
        {
            return true
        }
        func faces(where isKnown: Bool) -> [[Face]] {
            identities.filter { known.contains($0.span.file) == isKnown }
                .compactMap(\.condensed?.faces)
        }
        return haveLikeness(
            [others.map(Face.init)] + faces(where: false), among: faces(where: true))
    }
}

/// Whether a face is like another one that is not the same.
///
/// - Parameter others: Of which no two are.
private func haveLikeness(_ lists: [[Face]], among others: [[Face]]) -> Bool {
    // In portions that a processor can keep close.
    let portions = 64
    let parts = [lists, others].map { lists in
        var parts = [[Face]](repeating: [], count: portions)
        for list in lists {
            for face in list { parts[face.likeness & (portions - 1)].append(face) }
        }
        return parts
    }
    return values(of: 0..<portions, inParallel: true) { portion in
        let faces = parts[0][portion]
        var seen = Places<Int>(expecting: faces.count)
        for place in faces.indices {
            let first = seen.insert(faces[place].likeness, at: place) { faces[$0].likeness }
            if let first, faces[first] != faces[place] { return true }
        }
        return parts[1][portion].contains { face in
            let like = seen.find(face.likeness) { faces[$0].likeness }
            return like.map { faces[$0] != face } ?? false
        }
    }.contains(true)
}
