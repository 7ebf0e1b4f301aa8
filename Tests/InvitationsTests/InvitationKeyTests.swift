import Invitations
import Testing

@Suite("Keys and tokens")
struct InvitationKeyTests {
    private let key: InvitationKey

    init() throws { key = try InvitationKey(bytes: Array(0..<32)) }

    @Test("a token is the HMAC-SHA256 of store, invitation and generation in base64url")
    func token() {
        // Made by: python3 -c 'import hmac,base64; print(base64.urlsafe_b64encode(
        //     hmac.digest(bytes(range(32)), b"store\0abc\0002", "sha256")).decode().rstrip("="))'
        let token = key.token(store: "store", invitation: "abc", generation: 2)
        #expect(token == "Wy718jDzoRnlrkcbzSNjl6XC2ctcRiANOuffefL-WAI")
        #expect(token.utf8.count == 43)
        #expect(hasShapeOfToken(token))
    }

    @Test("store, invitation, generation and key each change the token")
    func distinct() throws {
        let other = try InvitationKey(bytes: Array(1..<33))
        let tokens = [
            key.token(store: "s", invitation: "i", generation: 1),
            key.token(store: "s", invitation: "i", generation: 2),
            key.token(store: "s", invitation: "j", generation: 1),
            key.token(store: "t", invitation: "i", generation: 1),
            key.token(store: "si", invitation: "", generation: 1),
            other.token(store: "s", invitation: "i", generation: 1),
        ]
        #expect(Set(tokens).count == tokens.count)
    }

    @Test("the store's hash of a token is SHA-256 in lower-case hexadecimal digits")
    func hash() {
        #expect(
            tokenHash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(isSameHash(tokenHash("abc"), tokenHash("abc")))
        #expect(!isSameHash(tokenHash("abc"), tokenHash("abd")))
        #expect(!isSameHash("", tokenHash("abd")))
    }

    @Test("the fingerprint tells keys apart and is sixteen digits")
    func fingerprint() throws {
        #expect(key.fingerprint == "e4fc586f13fae45c")
        #expect(try InvitationKey(bytes: Array(1..<33)).fingerprint != key.fingerprint)
    }

    @Test("a key is read from hexadecimal digits, from other text and from raw bytes")
    func forms() throws {
        let digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        #expect(try InvitationKey(text: digits).fingerprint == key.fingerprint)
        #expect(try InvitationKey(text: " \(digits.uppercased())\n").fingerprint == key.fingerprint)
        #expect(try InvitationKey(fileContents: Array(0..<32)).fingerprint == key.fingerprint)
        #expect(
            try InvitationKey(fileContents: Array((digits + "\n").utf8)).fingerprint
                == key.fingerprint)
        let phrase = "correct horse battery staple, says the comic"
        #expect(
            try InvitationKey(text: phrase + "\n").fingerprint
                == InvitationKey(bytes: Array(phrase.utf8)).fingerprint)
    }

    @Test(
        "fewer than 32 bytes are no key",
        arguments: ["", "short", String(repeating: "ab", count: 31)])
    func tooShort(text: String) {
        #expect(throws: InvitationKey.Problem.tooShort) { try InvitationKey(text: text) }
    }

    @Test("a new key survives its file")
    func file() throws {
        var random = SystemRandomNumberGenerator()
        let made = InvitationKey(using: &random)
        #expect(
            try InvitationKey(fileContents: Array(made.fileText.utf8)).fingerprint
                == made.fingerprint)
        #expect(InvitationKey(using: &random).fingerprint != made.fingerprint)
    }
}
