import AccessModel

/// The declared users of one identity, by address: a part of the desired state's own list, which
/// may have a million entries.
struct DeclaredUsers: Sequence, Sendable {
    typealias Entry = Declarations.Entry<DesiredIdentityUser>

    private var list: ArraySlice<DesiredIdentityUser> = []
    private var at = Instant(seconds: 0)
    /// People who have left as a whole.
    private var gone: Set<EmailAddress> = []
    private var near = LastPlace.ofNobody

    /// All of them, sorted first where they are not; of two of one address the last one counts.
    static func byIdentity(
        _ users: [DesiredIdentityUser], at: Instant, gone: Set<EmailAddress>
    ) -> [IdentityCode: Self] {
        let list = users.isStrictlySorted ? users : users.sortedOnce
        var found: [IdentityCode: Self] = [:]
        var start = list.startIndex
        while start < list.endIndex {
            let code = list[start].identity
            let end = list[start...].firstIndex { $0.identity != code } ?? list.endIndex
            var part = Self()
            (part.list, part.at, part.gone) = (list[start..<end], at, gone)
            part.near = LastPlace()
            found[code] = part
            start = end
        }
        return found
    }

    subscript(email: EmailAddress) -> Entry? { index(of: email).map { entry(of: list[$0]) } }

    struct Iterator: IteratorProtocol {
        let users: DeclaredUsers
        var place: Int

        mutating func next() -> (EmailAddress, Entry)? {
            guard place < users.list.endIndex else { return nil }
            defer { place += 1 }
            let user = users.list[place]
            return (user.email, users.entry(of: user))
        }
    }

    func makeIterator() -> Iterator { Iterator(users: self, place: list.startIndex) }

    private func entry(of user: DesiredIdentityUser) -> Entry {
        let hasEnded = user.expires.map { $0 <= at } ?? false
        return Entry(declared: user, expired: hasEnded || gone.contains(user.email))
    }

    private func index(of email: EmailAddress) -> Int? {
        for guess in near.index...(near.index + 1)
        where list.indices.contains(guess) && list[guess].email == email {
            near.index = guess
            return guess
        }
        var low = list.startIndex
        var high = list.endIndex
        while low < high {
            let middle = (low + high) / 2
            if list[middle].email < email { low = middle + 1 } else { high = middle }
        }
        guard low < list.endIndex, list[low].email == email else { return nil }
        near.index = low
        return low
    }
}

extension [DesiredIdentityUser] {
    /// By identity, then by address, and none twice: as manifests give them.
    fileprivate var isStrictlySorted: Bool {
        indices.dropFirst().allSatisfy { index in
            self[index - 1].identity == self[index].identity
                ? self[index - 1].email < self[index].email
                : self[index - 1].identity < self[index].identity
        }
    }

    fileprivate var sortedOnce: Self {
        var last: [Address: DesiredIdentityUser] = [:]
        for user in self { last[.identityUser(user.identity, user.email)] = user }
        return last.values.sorted { a, b in
            a.identity == b.identity ? a.email < b.email : a.identity < b.identity
        }
    }
}
