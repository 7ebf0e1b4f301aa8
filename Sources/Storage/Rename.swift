package import AccessModel
package import Planning

/// A change of a name that others refer to.
package enum Rename: Hashable, Sendable {
    case tenant(TenantName, to: TenantName)
    case role(RoleName, to: RoleName)
    case identity(IdentityCode, to: IdentityCode)
}

extension Action {
    package var rename: Rename? {
        switch self {
        case .updateTenant(let name, let before, let after):
            guard let old = before.name, after.name != nil, old != name else { return nil }
            return .tenant(old, to: name)
        case .updateRole(let name, let before, let after):
            guard let old = before.name, after.name != nil, old != name else { return nil }
            return .role(old, to: name)
        case .updateIdentity(let code, let before, let after):
            guard let old = before.code, after.code != nil, old != code else { return nil }
            return .identity(old, to: code)
        default: return nil
        }
    }
}

extension Address {
    /// The address after the rename.
    package func following(_ rename: Rename) -> Address {
        switch rename {
        case .tenant(let old, let new):
            guard tenant == old else { return self }
            return switch self {
            case .availableRole(_, let role): .availableRole(new, role)
            case .membership(_, let email): .membership(new, email)
            case .grant(_, let email, let grant): .grant(new, email, grant)
            default: .tenant(new)
            }
        case .role(let old, let new):
            return switch self {
            case .role(let name) where name == old: .role(new)
            case .availableRole(let tenant, let name) where name == old: .availableRole(tenant, new)
            case .grant(let tenant, let email, .role(let name)) where name == old:
                .grant(tenant, email, .role(new))
            default: self
            }
        case .identity(let old, let new):
            guard identity == old else { return self }
            return person.map { .identityUser(new, $0) } ?? .identity(new)
        }
    }
}

extension Scope {
    /// The scope after the rename.
    package func following(_ rename: Rename) -> Scope {
        switch (rename, self) {
        case (.tenant(let old, let new), .membership(let name, let email)) where name == old:
            .membership(new, email)
        case (.identity(let old, let new), .identityUser(let code, let email)) where code == old:
            .identityUser(new, email)
        default: self
        }
    }
}
