package import AccessModel

extension DesiredState {
    /// The state that these declarations describe, as if everybody had accepted.
    ///
    /// For `validate`, which knows no account states, and for `plan --base`, where the manifests of
    /// an earlier revision take the place of the store.
    package func projected(at instant: Instant, origin: ObservedState.Origin? = nil)
        -> ObservedState
    {
        projected(Declarations(self, at: instant), origin: origin)
    }

    /// - Parameter declarations: of this very state.
    func projected(
        _ declarations: Declarations, origin: ObservedState.Origin? = nil
    ) -> ObservedState {
        var state = ObservedState(origin: origin)
        for permission in permissions where permission.presence == .present {
            let name = permission.permission.name
            if permission.permission.title.isEmpty, state.permissions[name] != nil { continue }
            state.permissions[name] = permission.permission
        }
        for role in roles where role.presence == .present {
            state.roles[role.role.name] = role.role
        }
        for tenant in tenants where tenant.presence == .present {
            state.tenants[tenant.name] = Tenant(
                name: tenant.name, title: tenant.title, environment: tenant.environment,
                availableRoles: tenant.availableRoles ?? SortedSet(state.roles.keys))
        }
        for identity in identities where identity.presence == .present {
            state.identities[identity.code] = Identity(
                code: identity.code, tenant: identity.tenant, title: identity.title)
        }
        func account(_ email: EmailAddress) {
            guard state.accounts[email] == nil else { return }
            let person = declarations.people[email]
            state.accounts[email] = Account(
                email: email, profile: person?.profile ?? Profile(), state: .activated,
                blocked: person?.blocked ?? false, automation: person?.automation ?? false)
        }
        for (tenant, members) in declarations.memberships {
            for (email, entry) in members where !entry.expired {
                account(email)
                state.memberships[tenant, default: [:]][email] =
                    Membership(grants: entry.declared.grants)
            }
        }
        for (code, users) in declarations.users {
            for (email, entry) in users where !entry.expired {
                account(email)
                state.identityUsers[code, default: [:]][email] = IdentityUser(
                    admin: entry.declared.admin, roles: entry.declared.roles,
                    enabled: entry.declared.enabled ?? true)
            }
        }
        return state
    }
}
