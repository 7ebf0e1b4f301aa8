internal import Crypto

/// The SHA-256 of what is kept in a file, in a line before it, so that a damaged file is none.
enum Checksum {
    private static let digits = 64

    static func bytes(_ body: [UInt8]) -> [UInt8] {
        Array(hexadecimal(SHA256.hash(data: body)).utf8) + [0x0A] + body
    }

    /// `nil` for bytes that are not as they were made.
    static func body(of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let body = bytes.dropFirst(digits + 1)
        let digest = body.withUnsafeBytes { hexadecimal(SHA256.hash(data: $0)) }
        return (digest + "\n").utf8.elementsEqual(bytes.prefix(digits + 1)) ? body : nil
    }
}
