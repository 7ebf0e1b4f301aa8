/// Which characters a manifest may hold, and how the others are named.
enum Characters {
    /// Controls (except tab and line feed; the carriage return is judged by the caller), line
    /// separators that only YAML 1.1 knows, bidirectional controls, and what YAML itself forbids.
    static func isForbidden(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x2028, 0x2029: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// Looks like a space, and does not separate anything in YAML.
    static func isOddSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// `U+202E`.
    static func name(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// What kind of character it is, as it follows "is".
    static func description(_ scalar: UInt32) -> String {
        switch scalar {
        case 0x00: "a NUL character"
        case 0x85, 0x2028, 0x2029: "a line separator that not every program sees as one"
        case 0xFEFF: "a byte order mark, which may only stand at the very start of a file"
        case 0xFFFE, 0xFFFF: "not a character"
        case 0x00...0x9F: "a control character"
        default:
            "a bidirectional control character, which makes text look different from what it is"
        }
    }

    /// One scalar in strict UTF-8 with its length, or `nil`.
    static func decoded(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int)? {
        let lead = UInt32(bytes[index])
        let (length, least): (Int, UInt32) =
            switch lead {
            case 0x00...0x7F: (1, 0)
            case 0xC2...0xDF: (2, 0x80)
            case 0xE0...0xEF: (3, 0x800)
            case 0xF0...0xF4: (4, 0x1_0000)
            default: (0, 0)
            }
        guard length > 0, index + length <= bytes.count else { return nil }
        var scalar = length == 1 ? lead : lead & (0x7F >> UInt32(length))
        for next in bytes[(index + 1)..<(index + length)] {
            guard next & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(next & 0x3F)
        }
        guard scalar >= least, scalar <= 0x10_FFFF, !(0xD800...0xDFFF).contains(scalar) else {
            return nil
        }
        return (scalar, length)
    }
}
