package import AccessModel

/// An address as the columns of a row: a kind and up to three names.
package struct AddressKey: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case project, permission, role, tenant, availableRole, membership, permissionGrant
        case roleGrant, identity, identityUser, account, policy, accessTest
    }

    package var kind: Kind
    /// Always three; empty where the kind has fewer.
    package var names: [String]

    init(_ kind: Kind, _ first: String = "", _ second: String = "", _ third: String = "") {
        self.kind = kind
        names = [first, second, third]
    }

    package init(_ address: Address) {
        switch address {
        case .project: self.init(.project)
        case .permission(let name): self.init(.permission, name.text)
        case .role(let name): self.init(.role, name.text)
        case .tenant(let name): self.init(.tenant, name.text)
        case .availableRole(let tenant, let role):
            self.init(.availableRole, tenant.text, role.text)
        case .membership(let tenant, let email):
            self.init(.membership, tenant.text, email.canonical)
        case .grant(let tenant, let email, .permission(let name)):
            self.init(.permissionGrant, tenant.text, email.canonical, name.text)
        case .grant(let tenant, let email, .role(let name)):
            self.init(.roleGrant, tenant.text, email.canonical, name.text)
        case .identity(let code): self.init(.identity, code.text)
        case .identityUser(let code, let email):
            self.init(.identityUser, code.text, email.canonical)
        case .account(let email): self.init(.account, email.canonical)
        case .policy(let name, let rule): self.init(.policy, name, rule.map(String.init) ?? "")
        case .accessTest(let name, let expectation):
            self.init(.accessTest, name, expectation.map(String.init) ?? "")
        }
    }

    /// The key of a row that starts with kind and names; `nil` for a kind that is not known.
    init?(_ row: any SQLRow, from column: Int = 0) {
        guard let kind = Kind(rawValue: row.text(column)) else { return nil }
        self.init(kind, row.text(column + 1), row.text(column + 2), row.text(column + 3))
    }

    package var address: Address {
        let tenant = TenantName(names[0])
        let person = EmailAddress(canonical: names[1], spelling: names[1])
        return switch kind {
        case .project: .project
        case .permission: .permission(PermissionName(names[0]))
        case .role: .role(RoleName(names[0]))
        case .tenant: .tenant(tenant)
        case .availableRole: .availableRole(tenant, RoleName(names[1]))
        case .membership: .membership(tenant, person)
        case .permissionGrant: .grant(tenant, person, .permission(PermissionName(names[2])))
        case .roleGrant: .grant(tenant, person, .role(RoleName(names[2])))
        case .identity: .identity(IdentityCode(names[0]))
        case .identityUser: .identityUser(IdentityCode(names[0]), person)
        case .account: .account(EmailAddress(canonical: names[0], spelling: names[0]))
        case .policy: .policy(names[0], rule: Int(names[1]))
        case .accessTest: .accessTest(names[0], expectation: Int(names[1]))
        }
    }

    var values: [SQLValue] { [.text(kind.rawValue)] + names.map { SQLValue.text($0) } }
}
