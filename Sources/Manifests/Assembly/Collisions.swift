internal import AccessModel
internal import Diagnostics

/// Declared addresses that a mail system (E136) or an eye (W136) takes for each other.
///
/// Each address is told from the first one of its likeness only, so that a hundred look-alikes give
/// ninety-nine findings. Tables hold hashes and places, no texts: there may be a million users.
struct Collisions {
    private let people: [AdminManifest]
    private let memberships: [PlacedMembership]
    private let users: PlacedUsers
    private var reported: Set<String> = []

    init(people: [AdminManifest], memberships: [PlacedMembership], users: PlacedUsers) {
        self.people = people
        self.memberships = memberships
        self.users = users
    }

    private var count: Int { people.count + memberships.count + users.users.count }

    private func email(_ index: Int) -> EmailAddress {
        if index < people.count { return people[index].declared.email }
        let index = index - people.count
        return index < memberships.count
            ? memberships[index].membership.email : users.users[index - memberships.count].email
    }

    private func span(_ index: Int) -> Span {
        if index < people.count { return people[index].span }
        let index = index - people.count
        return index < memberships.count
            ? memberships[index].span : users.spans[index - memberships.count]
    }

    mutating func check(_ findings: inout Findings) {
        if (0..<count).contains(where: { email($0).hasNonASCIILocalPart }) {
            compare(
                by: \.collisionKey, { $0.collisionKey.hashValue }, Diagnostic.colliding, &findings
            ) { a, b in
                a.hasNonASCIILocalPart || b.hasNonASCIILocalPart
            }
        }
        reported = []
        compare(by: \.lookAlikeKey, \.lookAlikeHash, Diagnostic.lookingAlike, &findings) { a, b in
            !a.hasNonASCIILocalPart && !b.hasNonASCIILocalPart
        }
    }

    private mutating func compare(
        by key: (EmailAddress) -> String, _ hash: (EmailAddress) -> Int,
        _ message: (EmailAddress, EmailAddress, Span, Span) -> Diagnostic,
        _ findings: inout Findings, where applies: (EmailAddress, EmailAddress) -> Bool
    ) {
        var seen: [Int: Int32] = [:]
        seen.reserveCapacity(count)
        var previous = ""
        for index in 0..<count {
            let email = email(index)
            if email.canonical == previous { continue }
            previous = email.canonical
            let hash = hash(email)
            guard let first = seen[hash] else {
                seen[hash] = Int32(index)
                continue
            }
            let other = self.email(Int(first))
            guard !findings.isFull(span(index).file), other != email, key(other) == key(email),
                applies(other, email),
                reported.insert(email.canonical).inserted
            else { continue }
            let here = span(index)
            let there = span(Int(first))
            findings.add(
                there.precedes(here)
                    ? message(email, other, here, there) : message(other, email, there, here))
        }
    }
}
