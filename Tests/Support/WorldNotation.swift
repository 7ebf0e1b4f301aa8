package import AccessModel

// Worlds in a few words, after the notation `a{I,P}[access_read] A`.

/// One member or user as a test writes one: `ann{I,P}[access_read] I expired by bob`.
///
/// Words: the state `A` (Activated, if not said), `I` (Invited), `B` (Blocked), `BI`; `waits`
/// (has an account and must still accept); `bare` (no details); of the invitation `expired`,
/// `declined`, `undeliverable`, `revoked`, `resent` (as often as allowed); of an identity's
/// user `admin`, `on`, `off`; of a declaration `by X`, `until DATE`, `because WORD`.
package struct Entry {
    package var name = ""
    package var permissions: [String] = []
    package var list: [String] = []
    package var words: [Substring] = []

    package static func all(in text: String) -> [Entry] {
        text.split(separator: ";").map { Entry(String($0)) }.filter { !$0.name.isEmpty }
    }

    init(_ text: String) {
        var rest = Substring(text)
        func part(_ open: Character, _ close: Character) -> [String] {
            guard let start = rest.firstIndex(of: open), let end = rest.firstIndex(of: close) else {
                return []
            }
            let inside = rest[rest.index(after: start)..<end]
            rest.replaceSubrange(start...end, with: " ")
            return inside.split(separator: ",").map { String($0).trimmed }
        }
        permissions = part("{", "}").map { Self.short[$0] ?? $0 }
        list = part("[", "]")
        words = rest.split(separator: " ")
        if !words.isEmpty { name = String(words.removeFirst()) }
    }

    private static let short = [
        "I": "invite_admins", "P": "assign_permissions", "R": "assign_roles",
    ]

    func has(_ word: String) -> Bool { words.contains { $0 == word } }

    func value(after word: String) -> String? {
        guard let index = words.firstIndex(where: { $0 == word }), index + 1 < words.count else {
            return nil
        }
        return String(words[index + 1])
    }

    var email: EmailAddress { .of(name) }
    var grants: Grants {
        Grants(
            permissions: SortedSet(permissions.map { PermissionName($0) }),
            roles: SortedSet(list.map { RoleName($0) }))
    }
    var labels: SortedSet<Label> { SortedSet(list.map { Label($0) }) }
    var expires: Instant? { value(after: "until").map { .of($0) } }
    var grantor: EmailAddress? { value(after: "by").map { .of($0) } }

    /// The invitation's state, where the entry speaks of one.
    var invitationState: Invitation.State {
        has("declined")
            ? .declined
            : has("undeliverable")
                ? .undeliverable
                : has("revoked") ? .revoked : .live
    }
}

extension EmailAddress {
    /// `a` is `a@x.example`; with a domain it is what it says.
    package static func of(_ name: String) -> EmailAddress {
        let text = name.contains("@") ? name : name + "@x.example"
        return EmailAddress(canonical: text, spelling: text)
    }
}

extension Instant {
    /// A date (its start) or an RFC 3339 instant.
    package static func of(_ text: String) -> Instant {
        guard let instant = Instant(date: text) ?? Instant(rfc3339: text) else {
            preconditionFailure("no such instant: \(text)")
        }
        return instant
    }
}

extension Grant {
    /// `I`, `P` and `R` are permissions, everything else is a role.
    package static func of(_ name: String) -> Grant {
        switch name {
        case "I": .permission(.inviteAdmins)
        case "P": .permission(.assignPermissions)
        case "R": .permission(.assignRoles)
        default: .role(RoleName(name))
        }
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
