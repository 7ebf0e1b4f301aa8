internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What is kept of the plain users of one list: what they amount to, and enough to make any of them
/// after all.
struct CondensedUsers: Sendable {
    /// How a user is written, as far as a roster does not say.
    struct Writing: Sendable {
        /// Where the address begins, and two flags; there may be a million.
        private let packed: Int32

        fileprivate var start: Int { Int(packed >> 2) }
        fileprivate var isQuoted: Bool { packed & 1 != 0 }
        /// `enabled: true` is written.
        fileprivate var isEnabled: Bool { packed & 2 != 0 }

        /// `nil` where the address is not in the file as it is.
        init?(of email: PassingNode, isEnabled: Bool) {
            let quotes = email.place.count - email.text.count
            guard quotes == (email.style == .plain ? 0 : 2), email.isLiteral,
                let start = Int32(exactly: email.place.lowerBound), start < 1 << 29
            else { return nil }
            packed = start << 2 | (isEnabled ? 2 : 0) | (quotes > 0 ? 1 : 0)
        }
    }

    private(set) var roster = Roster()
    private(set) var faces: [Face] = []
    private var writings: [Writing] = []

    mutating func add(
        _ email: UnsafeBufferPointer<UInt8>, roles: UnsafeBufferPointer<UInt8>, _ writing: Writing
    ) {
        roster.add(email, roles: roles)
        faces.append(Face(email))
        writings.append(writing)
    }

    /// Lets go of memory that was kept for more users.
    mutating func close() {
        roster.close()
        faces = Array(faces[...])
        writings = Array(writings[...])
    }

    /// Those of the users who have one of these faces, as they are declared.
    ///
    /// - Parameter marks: The faces' addresses.
    func entries(of marks: Set<Int>, in file: FileID) -> [IdentityUserEntry] {
        let places = faces.indices.filter { marks.contains(faces[$0].address) }
        return zip(places, roster.users(at: places)).map { place, user in
            let writing = writings[place]
            let length = user.email.utf8.count + (writing.isQuoted ? 2 : 0)
            return IdentityUserEntry(
                email: EmailAddress(canonical: user.email),
                roles: SortedSet(user.roles.map { Label($0) }),
                span: Span(file: file, start: writing.start, end: writing.start + length),
                enabled: writing.isEnabled ? true : nil)
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
