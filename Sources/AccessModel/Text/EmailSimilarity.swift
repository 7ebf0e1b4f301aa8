/// Addresses that are different to Muster and may be the same to a mail system, or to an eye.
extension EmailAddress {
    /// Everything before the @.
    package var localPart: Substring {
        canonical[..<(canonical.utf8.lastIndex(of: UInt8(ascii: "@")) ?? canonical.endIndex)]
    }

    package var hasNonASCIILocalPart: Bool {
        canonical.utf8.contains { $0 >= 0x80 }
    }

    /// Equal for addresses that collide under NFKC case folding or upper-casing: E136 between two
    /// declared ones, E236 with one in the store, if one of the two local parts is not ASCII.
    /// A pair that is ASCII on both sides collides only when it is the same address.
    package var collisionKey: String {
        hasNonASCIILocalPart ? folded(localPart) + "@" + domain : canonical
    }

    /// Equal for ASCII addresses that look alike (W136): `0` and `o`; `1`, `l` and `i`; `rn` and
    /// `m`; `vv` and `w`.
    package var lookAlikeKey: String {
        let bytes = canonical.utf8
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
            var count = 0
            for byte in bytes {
                let last = count > 0 ? buffer[count - 1] : 0
                switch byte {
                case UInt8(ascii: "n") where last == UInt8(ascii: "r"):
                    buffer[count - 1] = UInt8(ascii: "m")
                    continue
                case UInt8(ascii: "v") where last == UInt8(ascii: "v"):
                    buffer[count - 1] = UInt8(ascii: "w")
                    continue
                case UInt8(ascii: "0"): buffer[count] = UInt8(ascii: "o")
                case UInt8(ascii: "1"), UInt8(ascii: "i"): buffer[count] = UInt8(ascii: "l")
                default: buffer[count] = byte
                }
                count += 1
            }
            return count
        }
    }
}
