internal import Syntax

/// How a plain user is written, as far as a roster does not say.
struct Writing {
    /// The bytes of the address, without quotes.
    var address: Range<Int>
    var isQuoted: Bool
    /// `enabled: true` is written.
    var isEnabled: Bool

    /// The bytes of the address as it stands there.
    var place: Range<Int> {
        isQuoted ? address.lowerBound - 1..<address.upperBound + 1 : address
    }
}

extension Writing {
    /// `nil` where the address is not in the file as it is.
    init?(of email: PassingNode, isEnabled: Bool) {
        let place = email.place
        let isQuoted = email.style != .plain
        guard email.isLiteral, place.upperBound < 1 << 29, email.text.count < 1 << 8,
            place.count - email.text.count == (isQuoted ? 2 : 0)
        else { return nil }
        address = isQuoted ? place.lowerBound + 1..<place.upperBound - 1 : place
        (self.isQuoted, self.isEnabled) = (isQuoted, isEnabled)
    }
}

/// Many of them, packed: there may be a million.
struct Writings: Sendable {
    /// Of each one, four bytes for where the address begins and for two flags, the lowest first,
    /// and one for its length.
    private(set) var bytes: [UInt8]
    private static let size = 5

    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    var count: Int { bytes.count / Self.size }

    subscript(place: Int) -> Writing {
        let first = place * Self.size
        let packed =
            Int(bytes[first]) | Int(bytes[first + 1]) << 8 | Int(bytes[first + 2]) << 16
            | Int(bytes[first + 3]) << 24
        let start = packed >> 2
        return Writing(
            address: start..<start + Int(bytes[first + 4]), isQuoted: packed & 1 != 0,
            isEnabled: packed & 2 != 0)
    }

    mutating func append(_ writing: Writing) {
        let packed =
            writing.address.lowerBound << 2 | (writing.isEnabled ? 2 : 0)
            | (writing.isQuoted ? 1 : 0)
        bytes.append(UInt8(truncatingIfNeeded: packed))
        bytes.append(UInt8(truncatingIfNeeded: packed >> 8))
        bytes.append(UInt8(truncatingIfNeeded: packed >> 16))
        bytes.append(UInt8(truncatingIfNeeded: packed >> 24))
        bytes.append(UInt8(writing.address.count))
    }

    /// Lets go of memory that was kept for more.
    mutating func close() { bytes = Array(bytes[...]) }
}
