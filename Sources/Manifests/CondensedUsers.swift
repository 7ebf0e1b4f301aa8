internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What is kept of the plain users of one list: what they amount to, and enough to make any of them
/// after all, or to find out whether the file has to be read for that.
struct CondensedUsers: Sendable {
    /// `nil` where only the summary is known, and the file has not been read again.
    private(set) var roster: Roster? = Roster()
    /// `nil` while there may be more users, and where one is there twice.
    private(set) var summary: Roster.Summary?
    private(set) var faces: [Face] = []
    private(set) var writings = Writings()

    mutating func add(
        _ email: UnsafeBufferPointer<UInt8>, roles: UnsafeBufferPointer<UInt8>, _ writing: Writing
    ) {
        roster?.add(email, roles: roles)
        faces.append(Face(email))
        writings.append(writing)
    }

    /// There are no more users: lets go of memory that was kept for them.
    mutating func close(_ digest: Roster.Digest) {
        roster?.close()
        summary = roster?.summary(digest)
        faces = Array(faces[...])
        writings.close()
    }

    /// Those of the users who have one of these faces, as they are declared.
    ///
    /// - Parameter marks: The faces' addresses.
    func entries(of marks: Set<Int>, in file: FileID) -> [IdentityUserEntry] {
        guard let roster else { return [] }
        let places = faces.indices.filter { marks.contains(faces[$0].address) }
        return zip(places, roster.users(at: places)).map { place, user in
            let writing = writings[place]
            return IdentityUserEntry(
                email: EmailAddress(canonical: user.email),
                roles: SortedSet(user.roles.map { Label($0) }),
                span: Span(writing.place, in: file),
                enabled: writing.isEnabled ? true : nil)
        }
    }
}

extension CondensedUsers {
    /// Users of whom a file of the same bytes is known to amount to this; `nil` for a file that is
    /// another one after all.
    init?(_ summary: Roster.Summary, _ writings: Writings, in bytes: [UInt8]) {
        guard writings.count == summary.users else { return nil }
        (roster, self.summary, self.writings) = (nil, summary, writings)
        faces.reserveCapacity(summary.users)
        for place in 0..<writings.count {
            let address = writings[place].address
            guard address.upperBound <= bytes.count else { return nil }
            faces.append(bytes[address].withUnsafeBufferPointer { Face($0) })
        }
    }
}

/// An address as far as others may be taken for it: equal ones have equal faces.
struct Face: Hashable, Sendable {
    var likeness: Int
    var address: Int

    init(_ email: EmailAddress) {
        var text = email.canonical
        self = text.withUTF8 { Face($0) }
    }

    /// - Parameter address: In its canonical form.
    init(_ address: UnsafeBufferPointer<UInt8>) {
        likeness = EmailAddress.lookAlikeHash(address)
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(address))
        self.address = hasher.finalize()
    }
}
