internal import AccessModel

extension Address {
    /// The address that a text names; the inverse of `text`. E-mail parts must be canonical.
    init?(planText text: String) {
        if text == "project" {
            self = .project
            return
        }
        if let (kind, rest) = text.cut(at: ":"), !kind.contains("/") {
            self.init(kind: String(kind), rest: rest)
            return
        }
        guard let (tenant, rest) = text.cut(at: "/"), !tenant.isEmpty else { return nil }
        let name = TenantName(String(tenant))
        guard let at = rest.firstIndex(of: "@") else { return nil }
        guard let hash = rest[at...].firstIndex(of: "#") else {
            guard let email = EmailAddress(planText: String(rest)) else { return nil }
            self = .membership(name, email)
            return
        }
        guard let email = EmailAddress(planText: String(rest[..<hash])),
            let (kind, value) = rest[rest.index(after: hash)...].cut(at: ":"), !value.isEmpty
        else { return nil }
        switch kind {
        case "permission": self = .grant(name, email, .permission(PermissionName(String(value))))
        case "role": self = .grant(name, email, .role(RoleName(String(value))))
        default: return nil
        }
    }

    private init?(kind: String, rest: Substring) {
        guard !rest.isEmpty else { return nil }
        switch kind {
        case "permission": self = .permission(PermissionName(String(rest)))
        case "role": self = .role(RoleName(String(rest)))
        case "tenant":
            guard let (tenant, role) = rest.cut(at: "#role:") else {
                self = .tenant(TenantName(String(rest)))
                return
            }
            self = .availableRole(TenantName(String(tenant)), RoleName(String(role)))
        case "identity":
            guard let (code, email) = rest.cut(at: "/") else {
                self = .identity(IdentityCode(String(rest)))
                return
            }
            guard let email = EmailAddress(planText: String(email)) else { return nil }
            self = .identityUser(IdentityCode(String(code)), email)
        case "account":
            guard let email = EmailAddress(planText: String(rest)) else { return nil }
            self = .account(email)
        case "policy":
            let (name, rule) = Self.counted(rest, "#rule:")
            self = .policy(name, rule: rule)
        case "test":
            let (name, expectation) = Self.counted(rest, "#expect:")
            self = .accessTest(name, expectation: expectation)
        default: return nil
        }
    }

    private static func counted(_ text: Substring, _ mark: String) -> (String, Int?) {
        guard let (name, number) = text.cut(at: mark), let number = Int(number) else {
            return (String(text), nil)
        }
        return (String(name), number)
    }
}

extension EmailAddress {
    /// A canonical address, with the spelling that people see where it is another.
    init?(planText canonical: String, spelling: String? = nil) {
        guard case .success(let email) = EmailAddress.parse(spelling ?? canonical),
            email.canonical == canonical
        else { return nil }
        self = email
    }
}

extension StringProtocol {
    /// What stands before and after the first occurrence of a separator.
    fileprivate func cut(at separator: String) -> (Substring, Substring)? {
        let bytes = utf8
        let mark = separator.utf8
        var index = bytes.startIndex
        while index != bytes.endIndex {
            if bytes[index...].starts(with: mark) {
                let end = bytes.index(index, offsetBy: mark.count)
                return (Substring(self[..<index]), Substring(self[end...]))
            }
            bytes.formIndex(after: &index)
        }
        return nil
    }
}
