internal import Crypto

package enum SHA256Digest {
    /// 64 lower-case digits.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        digits(of: SHA256.hash(data: bytes))
    }

    static func digits(of hash: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 64) { buffer in
            var place = 0
            for byte in hash {
                buffer[place] = digits[Int(byte >> 4)]
                buffer[place + 1] = digits[Int(byte & 15)]
                place += 2
            }
            return place
        }
    }
}
