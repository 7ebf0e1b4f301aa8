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
        by key: (EmailAddress) -> String, _ hash: @Sendable (EmailAddress) -> Int,
        _ message: (EmailAddress, EmailAddress, Span, Span) -> Diagnostic,
        _ findings: inout Findings, where applies: (EmailAddress, EmailAddress) -> Bool
    ) {
        let hashes = hashes(hash)
        var seen = Places<Int>(expecting: count)
        for index in 0..<count {
            guard let first = seen.insert(hashes[index], at: index, keys: { hashes[$0] }) else {
                continue
            }
            let email = email(index)
            let other = self.email(first)
            guard email != other, !findings.isFull(span(index).file), key(other) == key(email),
                applies(other, email),
                reported.insert(email.canonical).inserted
            else { continue }
            let here = span(index)
            let there = span(first)
            findings.add(
                there.precedes(here)
                    ? message(email, other, here, there) : message(other, email, there, here))
        }
    }

    /// In the order of the addresses.
    private func hashes(_ hash: @Sendable (EmailAddress) -> Int) -> [Int] {
        Array(valuesOfPortions(of: 0..<count) { $0.map { hash(email($0)) } }.joined())
    }
}
