package import AccessModel

/// One file of a written project, its path below the root.
package struct ManifestFile: Hashable, Sendable {
    package var path: String
    package var text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// Where each thing goes in a project that Muster writes: `muster.yaml`, `catalogue/`, one file for
/// each tenant, identity and person.
///
/// Up to `flatPeople` people lie in one folder; more are spread over folders by the first two
/// characters of their addresses, as file browsers and code hosts show no more than a thousand.
package struct ManifestLayout: Sendable {
    package static let flatPeople = 1_000

    private let spreadsPeople: Bool

    package init(people: Int) { spreadsPeople = people > Self.flatPeople }

    package let project = "muster.yaml"
    package let permissions = "catalogue/permissions.yaml"
    package let roles = "catalogue/roles.yaml"

    package func tenant(_ name: TenantName) -> String { "tenants/\(fileName(name.text)).yaml" }

    package func identity(_ code: IdentityCode) -> String {
        "identities/\(fileName(code.text)).yaml"
    }

    package func person(_ email: EmailAddress) -> String {
        let name = fileName(email.canonical)
        guard spreadsPeople else { return "people/\(name).yaml" }
        // An address begins with two characters of its local part, or with one and the `@`.
        let shelf = name.prefix(2).filter { $0.isLetter || $0.isNumber }
        return "people/\(shelf.isEmpty ? "other" : String(shelf))/\(name).yaml"
    }
}

/// A name as that of a file: the same for nothing else, also where letter case does not count.
///
/// Canonical names have no upper-case ASCII letters; every byte that is not plainly harmless is
/// `%` and two digits. `muster.yaml` would make its folder a project of its own.
func fileName(_ name: String) -> String {
    let harmless = Set("abcdefghijklmnopqrstuvwxyz0123456789._-@+".utf8)
    func escaped(_ byte: UInt8) -> String {
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    var text = ""
    for (index, byte) in name.utf8.enumerated() {
        let isSafe =
            harmless.contains(byte) && !(index == 0 && (byte == 0x2E || byte == 0x2D))
            && !(index == 0 && name == "muster")
        text += isSafe ? String(UnicodeScalar(byte)) : escaped(byte)
    }
    // File systems take 255 bytes; the rest stands for itself as a number.
    guard text.utf8.count > 200 else { return text }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return text.prefix(160) + "%-" + String(hash, radix: 16)
}
