internal import AccessModel
internal import Crypto
internal import FoundationEssentials

/// What the tokens of invitations derive from. Whoever has it, and the store, has the live links.
package struct InvitationKey: Sendable {
    /// Why something is no key.
    package enum Problem: Error, Hashable, Sendable {
        /// Fewer than 32 bytes.
        case tooShort
    }

    static let minimumLength = 32

    private let bytes: [UInt8]
    /// Tells keys apart without telling the key: the first 16 hexadecimal digits of the SHA-256 of
    /// `muster key` and the key.
    package let fingerprint: String

    /// The bytes themselves.
    package init(bytes: [UInt8]) throws(Problem) {
        guard bytes.count >= Self.minimumLength else { throw .tooShort }
        self.bytes = bytes
        let digest = SHA256.hash(data: Array("muster key".utf8) + bytes)
        fingerprint = String(hexadecimal(digest).prefix(16))
    }

    /// `MUSTER_INVITATION_KEY`: at least 64 hexadecimal digits, or at least 32 bytes of other
    /// text. White space around it is no part of it.
    package init(text: String) throws(Problem) {
        try self.init(fileContents: trimmed(Array(text.utf8)))
    }

    /// A key file: hexadecimal digits, as `fileText` writes them, or raw bytes.
    package init(fileContents: [UInt8]) throws(Problem) {
        try self.init(bytes: bytesOfHexadecimal(trimmed(fileContents)) ?? fileContents)
    }

    /// A new key of 32 bytes.
    package init(using random: inout some RandomNumberGenerator) {
        let bytes = (0..<Self.minimumLength).map { _ in UInt8.random(in: 0...255, using: &random) }
        do {
            try self.init(bytes: bytes)
        } catch {
            preconditionFailure("a new key is long enough")
        }
    }

    /// What to write into a key file (mode 0600).
    package var fileText: String { hexadecimal(bytes) + "\n" }

    /// The token of one generation of an invitation: 256 bits as 43 characters of base64url. Never
    /// stored, never printed but by `invitation resend --show-link`.
    package func token(store: String, invitation: String, generation: Int) -> String {
        let text = "\(store)\u{0}\(invitation)\u{0}\(generation)"
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(text.utf8), using: SymmetricKey(data: bytes))
        return base64(Array(code), alphabet: .url)
    }
}

/// What the store holds of a token: its SHA-256 as lower-case hexadecimal digits.
package func tokenHash(_ token: String) -> String {
    hexadecimal(SHA256.hash(data: Array(token.utf8)))
}

/// Are two hashes the same? Takes as long for a near miss as for a hit.
package func isSameHash(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

/// Could this be a token at all? Whoever answers must not tell this from an unknown one.
package func hasShapeOfToken(_ text: String) -> Bool {
    text.utf8.count == 43
        && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
}

private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
        let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Array(bytes[first...last])
}
