import AccessModel
import Planning

// Documents to paste into a manifest: no more than who is where with which rights. The details of
// a person are in the store.

func membershipYAML(_ tenant: TenantName, _ email: EmailAddress, _ grants: Grants) -> String {
    """
    kind: Members
    tenant: \(yamlScalar(tenant.text))
    admins:
      - { email: \(yamlScalar(email.spelling)), permissions: \(yamlList(grants.permissions)), \
    roles: \(yamlList(grants.roles)) }

    """
}

func userYAML(_ code: IdentityCode, _ email: EmailAddress, _ user: IdentityUserEntry) -> String {
    let admin = user.admin ? ", admin: true" : ""
    let enabled = user.enabled ? "" : ", enabled: false"
    return """
        kind: IdentityUsers
        identity: \(yamlScalar(code.text))
        users:
          - { email: \(yamlScalar(email.spelling))\(admin), \
        roles: \(yamlList(user.roles))\(enabled) }

        """
}

func yamlList<Tag>(_ names: SortedSet<Name<Tag>>) -> String {
    "[" + names.map { yamlScalar($0.text) }.joined(separator: ", ") + "]"
}

/// A scalar that every YAML reader takes for this text: plain where it is a simple word, else in
/// double quotes.
func yamlScalar(_ text: String) -> String {
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || [0x2D, 0x2E, 0x40, 0x5F].contains(byte)
    }
    let words: Set = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    if let first = text.utf8.first, isLetter(first), text.utf8.allSatisfy(isPlain),
        !words.contains(text.lowercased())
    {
        return text
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": quoted += "\\" + String(scalar)
        default:
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                quoted += "\\x" + hexadecimal([UInt8(scalar.value)])
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
    }
    return quoted + "\""
}
