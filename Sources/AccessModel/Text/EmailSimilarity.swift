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
        return text.withUTF8(Self.lookAlikeHash)
    }

    /// The same of a canonical form.
    package static func lookAlikeHash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = seed
        var last: UInt8 = 0
        var word: UInt64 = 0
        var count = 0
        func add(_ byte: UInt8) {
            word = word << 8 | UInt64(byte)
            count += 1
            if count & 7 == 0 { hash = mixed(hash, word) }
        }
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
            add(last)
            switch byte {
            case UInt8(ascii: "0"): last = UInt8(ascii: "o")
            case UInt8(ascii: "1"), UInt8(ascii: "i"): last = UInt8(ascii: "l")
            default: last = byte
            }
        }
        add(last)
        // The number tells apart what is left of the last words.
        return Int(truncatingIfNeeded: mixed(mixed(hash, word), UInt64(count)))
    }

    /// Another one in each process, so that nobody can make addresses of one hash.
    private static let seed = UInt64.random(in: .min ... .max)

    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
