internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What is kept of the plain users of one list: what they amount to, and enough to make any of them
/// after all.
struct CondensedUsers: Sendable {
    /// How a user is written, as far as a roster does not say.
    struct Writing: Sendable {
        /// Where the address begins.
        fileprivate let start: Int32
        fileprivate let isQuoted: Bool
        /// `enabled: true` is written.
        fileprivate let isEnabled: Bool

        /// `nil` where the address is not in the file as it is.
        init?(of email: PassingNode, isEnabled: Bool) {
            let quotes = email.place.count - email.text.count
            guard quotes == (email.style == .plain ? 0 : 2), email.isLiteral else { return nil }
            start = Int32(email.place.lowerBound)
            isQuoted = quotes > 0
            self.isEnabled = isEnabled
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
            let start = Int(writing.start)
            let length = user.email.utf8.count + (writing.isQuoted ? 2 : 0)
            return IdentityUserEntry(
                email: EmailAddress(canonical: user.email),
                roles: SortedSet(user.roles.map { Label($0) }),
                span: Span(file: file, start: start, end: start + length),
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
