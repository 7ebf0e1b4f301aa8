extension TreeBuilder {
    /// Reports the first escape in a double-quoted scalar that gives a refused character (E108).
    mutating func refuseEscapes(
        in range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var index = range.lowerBound
        while index + 1 < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            let escape = escape(bytes, at: index + 1)
            let place = index..<(index + 1 + escape.length)
            index = place.upperBound
            if let scalar = escape.scalar, scalar == 0x0D || Characters.isForbidden(scalar) {
                let written = String(decoding: bytes[place], as: UTF8.self)
                findings.add(
                    "E108", "character \(Characters.name(scalar))",
                    "the escape `\(written)` gives \(Characters.description(scalar)).",
                    help: "Delete it.", at: place)
                return true
            }
        }
        return false
    }

    /// The scalar that an escape gives, and how long it is without its backslash.
    private func escape(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: UInt32?, length: Int) {
        switch bytes[index] {
        case UInt8(ascii: "0"): (0x00, 1)
        case UInt8(ascii: "a"): (0x07, 1)
        case UInt8(ascii: "b"): (0x08, 1)
        case UInt8(ascii: "v"): (0x0B, 1)
        case UInt8(ascii: "f"): (0x0C, 1)
        case UInt8(ascii: "r"): (0x0D, 1)
        case UInt8(ascii: "e"): (0x1B, 1)
        case UInt8(ascii: "N"): (0x85, 1)
        case UInt8(ascii: "L"): (0x2028, 1)
        case UInt8(ascii: "P"): (0x2029, 1)
        case UInt8(ascii: "x"): (hexadecimal(bytes, at: index + 1, digits: 2), 3)
        case UInt8(ascii: "u"): (hexadecimal(bytes, at: index + 1, digits: 4), 5)
        case UInt8(ascii: "U"): (hexadecimal(bytes, at: index + 1, digits: 8), 9)
        default: (nil, 1)
        }
    }

    private func hexadecimal(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, digits: Int
    ) -> UInt32? {
        guard index + digits <= bytes.count else { return nil }
        return UInt32(String(decoding: bytes[index..<(index + digits)], as: UTF8.self), radix: 16)
    }
}
