internal import Glibc

/// The plain users of one identity as bytes that are the same for the same users, by which the
/// manifests and a store find out that they agree without a user being made of anything.
///
/// Plain is who is enabled, has no end, is named in ASCII and no admin of the identity. Whoever is
/// not is looked at.
package struct Roster: Sendable {
    /// What stands for a roster once its bytes are gone.
    package struct Summary: Hashable, Sendable {
        package var digest: String
        package var users: Int

        package init(digest: String, users: Int) {
            self.digest = digest
            self.users = users
        }
    }

    package var users: Int { starts.count }
    private var bytes: [UInt8] = []
    private var starts: [Int32] = []
    private var isInOrder = true
    /// Of the address added last.
    private var lastLength = 0

    package init() {}

    /// One user more.
    ///
    /// - Parameters:
    ///   - email: In its canonical form.
    ///   - roles: Sorted, with commas between them.
    package mutating func add(
        _ email: UnsafeBufferPointer<UInt8>, roles: UnsafeBufferPointer<UInt8>
    ) {
        if isInOrder, let last = starts.last {
            isInOrder = bytes.withUnsafeBufferPointer { own in
                let length = min(lastLength, email.count)
                guard let left = own.baseAddress, let right = email.baseAddress else {
                    return false
                }
                let order = memcmp(left + Int(last), right, length)
                return order == 0 ? lastLength < email.count : order < 0
            }
        }
        lastLength = email.count
        starts.append(Int32(bytes.count))
        bytes.append(contentsOf: email)
        bytes.append(1)
        bytes.append(contentsOf: roles)
        bytes.append(0)
    }

    /// Whether a user's bytes are all that a roster can hold.
    package static func canHold(
        _ email: UnsafeBufferPointer<UInt8>, roles: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        !email.isEmpty && email.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && roles.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    /// A cryptographic one: nobody must find other users that have the same.
    package typealias Digest = @Sendable ([UInt8]) -> String

    /// `nil` for one that names somebody twice.
    package func summary(_ digest: Digest) -> Summary? {
        if isInOrder { return Summary(digest: digest(bytes), users: users) }
        let rows = sortedRows
        let isTwice = zip(rows, rows.dropFirst()).contains {
            Self.email(of: $0).elementsEqual(Self.email(of: $1))
        }
        return isTwice ? nil : Summary(digest: digest(Array(rows.joined())), users: users)
    }

    /// The addresses of whoever is in one of two alone, or is not the same in both.
    package func difference(from other: Roster) -> [String] {
        let (left, right) = (sortedRows, other.sortedRows)
        var differing: Set<String> = []
        var (a, b) = (left.startIndex, right.startIndex)
        while a < left.endIndex || b < right.endIndex {
            let order =
                a == left.endIndex
                ? 1 : b == right.endIndex ? -1 : Self.order(of: left[a], right[b])
            if order != 0 {
                let row = order < 0 ? left[a] : right[b]
                differing.insert(String(decoding: Self.email(of: row), as: UTF8.self))
            }
            if order <= 0 { a += 1 }
            if order >= 0 { b += 1 }
        }
        return differing.sorted()
    }

    private static func order(of left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                let length = min(left.count, right.count)
                let order = length == 0 ? 0 : memcmp(left.baseAddress!, right.baseAddress!, length)
                return order == 0 ? left.count - right.count : Int(order)
            }
        }
    }

    /// Address by address; equal ones together.
    private var sortedRows: [ArraySlice<UInt8>] {
        isInOrder ? rows : rows.sorted { Self.order(of: $0, $1) < 0 }
    }

    package var emails: [String] {
        rows.map { String(decoding: Self.email(of: $0), as: UTF8.self) }
    }

    /// The users at these places, in the order in which they came.
    package func users(at places: [Int]) -> [(email: String, roles: [String])] {
        let all = rows
        return places.map { place in
            let email = Self.email(of: all[place])
            let roles = all[place][(email.endIndex + 1)...].dropLast()
            return (
                String(decoding: email, as: UTF8.self),
                roles.split(separator: UInt8(ascii: ",")).map {
                    String(decoding: $0, as: UTF8.self)
                }
            )
        }
    }

    /// Takes out the users at these places, in the order in which they came.
    package mutating func remove(at places: Set<Int>) -> [String] {
        let all = rows
        var rest = Roster()
        rest.isInOrder = isInOrder
        for (place, row) in all.enumerated() where !places.contains(place) {
            rest.starts.append(Int32(rest.bytes.count))
            rest.bytes += row
        }
        self = rest
        return places.sorted().map {
            String(decoding: Self.email(of: all[$0]), as: UTF8.self)
        }
    }

    private var rows: [ArraySlice<UInt8>] {
        let ends = starts.dropFirst() + [Int32(bytes.count)]
        return zip(starts, ends).map { bytes[Int($0)..<Int($1)] }
    }

    private static func email(of row: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        row.prefix { $0 > 1 }
    }

    /// Lets go of memory that was kept for more users.
    package mutating func close() {
        bytes = Array(bytes[...])
        starts = Array(starts[...])
    }
}

/// What is known of the users of an identity who are not in an observed state, because they are as
/// the manifests declare them and nothing is to be said of any: only how many wait.
package struct SettledUsers: Hashable, Sendable {
    package var users: Int
    /// How many of them have yet to accept.
    package var awaiting: Int
    /// When the first of the identity's invitations ends; `nil` where nobody is awaited.
    package var until: Instant?

    package init(users: Int, awaiting: Int = 0, until: Instant? = nil) {
        self.users = users
        self.awaiting = awaiting
        self.until = until
    }
}
