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
    ///
    /// `lookAlikeHash` hashes the same bytes without a text made of them.
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

    /// Equal for addresses of the same `lookAlikeKey`, and hardly ever for others.
    package var lookAlikeHash: Int {
        var text = canonical
        return text.withUTF8 { bytes in
            var hash: UInt64 = Self.seed
            var last: UInt8 = 0
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "n") where last == UInt8(ascii: "r"):
                    last = UInt8(ascii: "m")
                    continue
                case UInt8(ascii: "v") where last == UInt8(ascii: "v"):
                    last = UInt8(ascii: "w")
                    continue
                default: break
                }
                hash = Self.mixed(hash, last)
                switch byte {
                case UInt8(ascii: "0"): last = UInt8(ascii: "o")
                case UInt8(ascii: "1"), UInt8(ascii: "i"): last = UInt8(ascii: "l")
                default: last = byte
                }
            }
            return Int(truncatingIfNeeded: Self.mixed(hash, last))
        }
    }

    /// Another one in each process, so that nobody can make addresses of one hash.
    private static let seed = UInt64.random(in: .min ... .max)

    private static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        let product = (hash ^ UInt64(byte)).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
