/// The name of one thing that a change, a note or a finding is about.
///
/// Two addresses are ordered by the bytes of their text.
package enum Address: Hashable, Sendable, CustomStringConvertible {
    case project
    case permission(PermissionName)
    case role(RoleName)
    case tenant(TenantName)
    case availableRole(TenantName, RoleName)
    case membership(TenantName, EmailAddress)
    case grant(TenantName, EmailAddress, Grant)
    case identity(IdentityCode)
    case identityUser(IdentityCode, EmailAddress)
    case account(EmailAddress)
    /// A policy, or one of its rules counted from 1.
    case policy(String, rule: Int?)
    /// An access test, or one of its expectations counted from 1.
    case accessTest(String, expectation: Int?)

    package var text: String {
        switch self {
        case .project: "project"
        case .permission(let name): "permission:\(name)"
        case .role(let name): "role:\(name)"
        case .tenant(let name): "tenant:\(name)"
        case .availableRole(let tenant, let role): "tenant:\(tenant)#role:\(role)"
        case .membership(let tenant, let email): tenant.text + "/" + email.canonical
        case .grant(let tenant, let email, .permission(let name)):
            "\(tenant)/\(email.canonical)#permission:\(name)"
        case .grant(let tenant, let email, .role(let name)):
            "\(tenant)/\(email.canonical)#role:\(name)"
        case .identity(let code): "identity:\(code)"
        case .identityUser(let code, let email): Self.text(of: email, in: code)
        case .account(let email): "account:\(email.canonical)"
        case .policy(let name, let rule): "policy:\(name)" + (rule.map { "#rule:\($0)" } ?? "")
        case .accessTest(let name, let expectation):
            "test:\(name)" + (expectation.map { "#expect:\($0)" } ?? "")
        }
    }

    /// There may be a million of them.
    private static func text(of email: EmailAddress, in code: IdentityCode) -> String {
        var text = "identity:"
        text.reserveCapacity(10 + code.text.utf8.count + email.canonical.utf8.count)
        text += code.text
        text += "/"
        text += email.canonical
        return text
    }

    package var description: String { text }

    /// The tenant whose members or roles this is about, where there is one.
    package var tenant: TenantName? {
        switch self {
        case .tenant(let name), .availableRole(let name, _), .membership(let name, _),
            .grant(let name, _, _):
            name
        case .project, .permission, .role, .identity, .identityUser, .account, .policy, .accessTest:
            nil
        }
    }

    package var identity: IdentityCode? {
        switch self {
        case .identity(let code), .identityUser(let code, _): code
        case .project, .permission, .role, .tenant, .availableRole, .membership, .grant, .account,
            .policy, .accessTest:
            nil
        }
    }

    /// The person this is about, where there is one.
    package var person: EmailAddress? {
        switch self {
        case .membership(_, let email), .grant(_, let email, _), .identityUser(_, let email),
            .account(let email):
            email
        case .project, .permission, .role, .tenant, .availableRole, .identity, .policy, .accessTest:
            nil
        }
    }
}

extension Address: Comparable {
    package static func < (a: Self, b: Self) -> Bool {
        // Lists of a hundred thousand people are sorted, and need no texts for it.
        let decided: Bool? =
            switch (a, b) {
            case (.membership(let place, let person), .membership(let other, let another)):
                place == other ? person < another : precedes(place.text, other.text)
            case (.identityUser(let place, let person), .identityUser(let other, let another)):
                place == other ? person < another : precedes(place.text, other.text)
            case (.account(let person), .account(let another)): person < another
            default: nil
            }
        return decided ?? (a.text < b.text)
    }

    /// `nil` where what follows in the text decides.
    private static func precedes(_ a: String, _ b: String) -> Bool? {
        a.hasPrefix(b) || b.hasPrefix(a) ? nil : a < b
    }
}
