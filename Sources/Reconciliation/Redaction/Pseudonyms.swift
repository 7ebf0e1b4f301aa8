internal import AccessModel
internal import Crypto

/// Names for names: HMAC-SHA-256 under a key, so that one value has one pseudonym under one key and
/// nobody without the key can try out values.
struct Pseudonyms: Sendable {
    /// What a value is; values of two kinds have two pseudonyms.
    enum Kind: String {
        case person, name, mobile, language, tenant, role, permission, identity, title, text
        case application, policy, test, project, file, reason, user, digest
    }

    private let key: SymmetricKey

    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// `tenant-40718862053126`: the kind and fourteen digits, in which nobody's name can be read.
    func name(_ kind: Kind, _ value: String) -> String {
        let bytes = authentication(kind, value)
        let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let digits = String(number % 100_000_000_000_000)
        return "\(kind.rawValue)-" + String(repeating: "0", count: 14 - digits.utf8.count) + digits
    }

    /// The domain stays: a reader must be able to see which organisation somebody belongs to.
    func email(_ email: EmailAddress) -> EmailAddress {
        let text = "\(name(.person, email.canonical))@\(email.domain)"
        return EmailAddress(canonical: text, spelling: text)
    }

    /// In the shape of one, and of no country.
    func mobile(_ mobile: String) -> String {
        "+00" + authentication(.mobile, mobile).prefix(9).map { "\($0 % 10)" }.joined()
    }

    /// In the shape of `sha256:…`: who knows nearly everything could else find the rest by trying.
    func digest(_ digest: String) -> String {
        "sha256:" + hexadecimal(authentication(.digest, digest))
    }

    private func authentication(_ kind: Kind, _ value: String) -> [UInt8] {
        let message = Array("\(kind.rawValue):\(value)".utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
}
