package import AccessModel

extension Redaction {
    func redacted(_ name: TenantName) -> TenantName {
        TenantName(pseudonyms.name(.tenant, name.text))
    }

    func redacted(_ name: RoleName) -> RoleName { RoleName(pseudonyms.name(.role, name.text)) }

    func redacted(_ code: IdentityCode) -> IdentityCode {
        IdentityCode(pseudonyms.name(.identity, code.text))
    }

    func redacted(_ label: Label) -> Label { Label(pseudonyms.name(.role, label.text)) }

    /// Those that always exist are Muster's own words.
    func redacted(_ name: PermissionName) -> PermissionName {
        PermissionName.builtIn.contains(name)
            ? name : PermissionName(pseudonyms.name(.permission, name.text))
    }

    func redacted(_ grant: Grant) -> Grant {
        switch grant {
        case .permission(let name): .permission(redacted(name))
        case .role(let name): .role(redacted(name))
        }
    }

    package func redacted(_ address: Address) -> Address {
        switch address {
        case .project: .project
        case .permission(let name): .permission(redacted(name))
        case .role(let name): .role(redacted(name))
        case .tenant(let name): .tenant(redacted(name))
        case .availableRole(let tenant, let role):
            .availableRole(redacted(tenant), redacted(role))
        case .membership(let tenant, let email):
            .membership(redacted(tenant), pseudonyms.email(email))
        case .grant(let tenant, let email, let grant):
            .grant(redacted(tenant), pseudonyms.email(email), redacted(grant))
        case .identity(let code): .identity(redacted(code))
        case .identityUser(let code, let email):
            .identityUser(redacted(code), pseudonyms.email(email))
        case .account(let email): .account(pseudonyms.email(email))
        case .policy(let name, let rule): .policy(pseudonyms.name(.policy, name), rule: rule)
        case .accessTest(let name, let expectation):
            .accessTest(pseudonyms.name(.test, name), expectation: expectation)
        }
    }

    /// A change that others made in the store, for `plan` and `drift`.
    package func redacted(_ change: ForeignChange) -> ForeignChange {
        func fields(_ fields: [String: String]?) -> [String: String]? {
            fields.map { fields in
                Dictionary(
                    fields.map { ($0, redacted($1, of: $0)) },
                    uniquingKeysWith: { first, _ in first })
            }
        }
        return ForeignChange(
            address: redacted(change.address), before: fields(change.before),
            after: fields(change.after), at: change.at, firstAt: change.firstAt,
            times: change.times, by: change.by.map { pseudonyms.name(.user, $0) })
    }

    /// The value of a field of the store. Only words from closed lists stay.
    private func redacted(_ value: String, of field: String) -> String {
        if value.isEmpty || value == "true" || value == "false" { return value }
        if Account.State(rawValue: value) != nil, field == "state" { return value }
        if TenantEnvironment(rawValue: value) != nil, field == "environment" { return value }
        return switch field {
        case "mobile": pseudonyms.mobile(value)
        case "firstName", "lastName": pseudonyms.name(.name, value)
        case "tenant": pseudonyms.name(.tenant, value)
        default: pseudonyms.name(.text, value)
        }
    }
}
