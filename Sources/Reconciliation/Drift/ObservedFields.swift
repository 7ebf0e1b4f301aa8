internal import AccessModel
internal import Planning

extension ObservedState {
    /// The fields of one object as the store's recorder writes them; `nil` when it is not there.
    func fields(of address: Address) -> [String: String]? {
        switch address {
        case .permission(let name): permissions[name].map { ["title": $0.title] }
        case .role(let name):
            roles[name].map {
                [
                    "title": $0.title, "description": $0.description,
                    "application": $0.application, "sensitive": "\($0.sensitive)",
                ]
            }
        case .tenant(let name):
            tenants[name].map { ["title": $0.title, "environment": $0.environment.rawValue] }
        case .availableRole(let tenant, let role):
            tenants[tenant]?.availableRoles.contains(role) == true ? [:] : nil
        case .membership(let tenant, let email):
            membership(of: email, in: tenant).map { ["pending": "\($0.pending)"] }
        case .grant(let tenant, let email, let grant):
            membership(of: email, in: tenant)?.grants.holds(grant) == true ? [:] : nil
        case .identity(let code):
            identities[code].map {
                ["tenant": $0.tenant.text, "title": $0.title, "system": "\($0.system)"]
            }
        case .identityUser(let code, let email):
            user(email, of: code).map {
                [
                    "admin": "\($0.admin)", "enabled": "\($0.enabled)",
                    "pending": "\($0.pending)",
                    "roles": $0.roles.map(\.text).joined(separator: ","),
                ]
            }
        case .account(let email): accounts[email]?.fields
        case .project, .policy, .accessTest: nil
        }
    }
}

extension Grants {
    fileprivate func holds(_ grant: Grant) -> Bool {
        switch grant {
        case .permission(let name): permissions.contains(name)
        case .role(let name): roles.contains(name)
        }
    }
}

extension Account {
    fileprivate var fields: [String: String] {
        var fields = [
            "spelling": email.spelling, "state": state.rawValue, "blocked": "\(blocked)",
            "automation": "\(automation)",
        ]
        fields["firstName"] = profile.firstName
        fields["lastName"] = profile.lastName
        fields["mobile"] = profile.mobile
        fields["language"] = profile.language
        return fields
    }
}
