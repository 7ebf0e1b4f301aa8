internal import AccessModel
internal import Planning

extension Action {
    /// The action that a kind, an address and both states describe; `nil` when they do not fit.
    ///
    /// Whoever calls this compares `states` of the result with what was read, so nothing that is
    /// superfluous or out of order passes.
    init?(_ kind: ChangeKind, _ address: Address, before: JSON, after: JSON) {
        let action: Action?
        switch address {
        case .permission(let name):
            action = .ofPermission(kind, name, before, after)
        case .role(let name): action = .ofRole(kind, name, before, after)
        case .tenant(let name): action = .ofTenant(kind, name, before, after)
        case .availableRole(let tenant, let role):
            action =
                kind == .enableRole
                ? .enableRole(tenant, role)
                : kind == .disableRole ? .disableRole(tenant, role) : nil
        case .identity(let code): action = .ofIdentity(kind, code, before, after)
        case .membership(let tenant, let email):
            action = .ofMembership(kind, tenant, email, before, after)
        case .grant(let tenant, let email, let grant): action = .ofGrant(kind, tenant, email, grant)
        case .identityUser(let code, let email):
            action = .ofUser(kind, code, email, before, after)
        case .account(let email): action = .ofAccount(kind, email, before, after)
        case .project, .policy, .accessTest: action = nil
        }
        guard let action else { return nil }
        self = action
    }

    private static func ofPermission(
        _ kind: ChangeKind, _ name: PermissionName, _ before: JSON, _ after: JSON
    ) -> Action? {
        func permission(_ entry: JSON) -> Permission {
            Permission(name: name, title: entry.text("title"))
        }
        return switch kind {
        case .createPermission: .createPermission(permission(after))
        case .deletePermission: .deletePermission(permission(before))
        case .updatePermission:
            .updatePermission(
                name, before: PermissionFields(title: before["title"]?.string),
                after: PermissionFields(title: after["title"]?.string))
        default: nil
        }
    }

    private static func ofRole(
        _ kind: ChangeKind, _ name: RoleName, _ before: JSON, _ after: JSON
    ) -> Action? {
        func role(_ entry: JSON) -> Role {
            Role(
                name: name, title: entry.text("title"), description: entry.text("description"),
                application: entry.text("application"),
                sensitive: entry["sensitive"]?.bool ?? false)
        }
        func fields(_ fields: JSON) -> RoleFields {
            RoleFields(
                name: fields["name"]?.string.map { RoleName($0) }, title: fields["title"]?.string,
                description: fields["description"]?.string,
                application: fields["application"]?.string, sensitive: fields["sensitive"]?.bool)
        }
        return switch kind {
        case .createRole: .createRole(role(after))
        case .deleteRole: .deleteRole(role(before))
        case .updateRole: .updateRole(name, before: fields(before), after: fields(after))
        default: nil
        }
    }

    private static func ofTenant(
        _ kind: ChangeKind, _ name: TenantName, _ before: JSON, _ after: JSON
    ) -> Action? {
        func environment(_ entry: JSON) -> TenantEnvironment? {
            entry["environment"]?.string.flatMap(TenantEnvironment.init(rawValue:))
        }
        func tenant(_ entry: JSON) -> Tenant? {
            environment(entry).map {
                Tenant(
                    name: name, title: entry.text("title"), environment: $0,
                    availableRoles: entry.names("availableRoles"))
            }
        }
        func fields(_ fields: JSON) -> TenantFields {
            TenantFields(
                name: fields["name"]?.string.map { TenantName($0) }, title: fields["title"]?.string,
                environment: environment(fields))
        }
        return switch kind {
        case .createTenant: tenant(after).map(Action.createTenant)
        case .deleteTenant: tenant(before).map(Action.deleteTenant)
        case .updateTenant: .updateTenant(name, before: fields(before), after: fields(after))
        default: nil
        }
    }

    private static func ofIdentity(
        _ kind: ChangeKind, _ code: IdentityCode, _ before: JSON, _ after: JSON
    ) -> Action? {
        func identity(_ entry: JSON) -> Identity {
            Identity(
                code: code, tenant: TenantName(entry.text("tenant")), title: entry.text("title"),
                system: entry["system"]?.bool ?? false)
        }
        func fields(_ fields: JSON) -> IdentityFields {
            IdentityFields(
                code: fields["code"]?.string.map { IdentityCode($0) },
                tenant: fields["tenant"]?.string.map { TenantName($0) },
                title: fields["title"]?.string)
        }
        return switch kind {
        case .createIdentity: .createIdentity(identity(after))
        case .deleteIdentity: .deleteIdentity(identity(before))
        case .updateIdentity: .updateIdentity(code, before: fields(before), after: fields(after))
        default: nil
        }
    }

    private static func ofMembership(
        _ kind: ChangeKind, _ tenant: TenantName, _ email: EmailAddress, _ before: JSON,
        _ after: JSON
    ) -> Action? {
        func grants(_ entry: JSON) -> Grants {
            Grants(permissions: entry.names("permissions"), roles: entry.names("roles"))
        }
        return switch kind {
        case .inviteAdmin:
            after.newAccount.map { .inviteAdmin(tenant, email, grants(after), $0) }
        case .addAdmin: .addAdmin(tenant, email, grants(after))
        case .removeAdmin: .removeAdmin(tenant, email, grants(before))
        case .resendInvitation:
            before.count("generation").map {
                .resendInvitation(.membership(tenant, email), generation: $0)
            }
        default: nil
        }
    }

    private static func ofGrant(
        _ kind: ChangeKind, _ tenant: TenantName, _ email: EmailAddress, _ grant: Grant
    ) -> Action? {
        switch (kind, grant) {
        case (.grantPermission, .permission(let name)): .grantPermission(tenant, email, name)
        case (.revokePermission, .permission(let name)): .revokePermission(tenant, email, name)
        case (.assignRole, .role(let name)): .assignRole(tenant, email, name)
        case (.unassignRole, .role(let name)): .unassignRole(tenant, email, name)
        default: nil
        }
    }

    private static func ofUser(
        _ kind: ChangeKind, _ code: IdentityCode, _ email: EmailAddress, _ before: JSON,
        _ after: JSON
    ) -> Action? {
        switch kind {
        case .addIdentityUser:
            .addIdentityUser(
                code, email,
                NewIdentityUser(
                    admin: after["admin"]?.bool ?? false, roles: after.names("roles"),
                    enabled: after["enabled"]?.bool),
                after.newAccount)
        case .removeIdentityUser:
            .removeIdentityUser(
                code, email,
                IdentityUserEntry(
                    admin: before["admin"]?.bool ?? false, roles: before.names("roles"),
                    enabled: before["enabled"]?.bool ?? false))
        case .setIdentityAdmin: .setIdentityAdmin(code, email)
        case .unsetIdentityAdmin: .unsetIdentityAdmin(code, email)
        case .setIdentityRoles:
            .setIdentityRoles(
                code, email, before: before.names("roles"), after: after.names("roles"))
        case .enableIdentityUser: .enableIdentityUser(code, email)
        case .disableIdentityUser: .disableIdentityUser(code, email)
        case .resendInvitation:
            before.count("generation").map {
                .resendInvitation(.identityUser(code, email), generation: $0)
            }
        default: nil
        }
    }

    private static func ofAccount(
        _ kind: ChangeKind, _ email: EmailAddress, _ before: JSON, _ after: JSON
    ) -> Action? {
        switch kind {
        case .updateProfile: .updateProfile(email, before: before.profile, after: after.profile)
        case .blockAccount: .blockAccount(email)
        case .unblockAccount: .unblockAccount(email)
        case .deleteAccount: .deleteAccount(email, before.profile)
        default: nil
        }
    }
}

extension JSON {
    fileprivate func text(_ key: String) -> String { self[key]?.string ?? "" }

    fileprivate func names<Tag>(_ key: String) -> SortedSet<Name<Tag>> {
        SortedSet((self[key]?.array ?? []).compactMap { $0.string.map { Name<Tag>($0) } })
    }

    func count(_ key: String) -> Int? {
        self[key]?.integer.flatMap { (0..<Int64(Int32.max)).contains($0) ? Int($0) : nil }
    }

    fileprivate var profile: Profile {
        Profile(
            firstName: self["firstName"]?.string, lastName: self["lastName"]?.string,
            mobile: self["mobile"]?.string, language: self["language"]?.string)
    }

    fileprivate var newAccount: NewAccount? {
        self["profile"].map {
            NewAccount(profile: $0.profile, automation: $0["automation"]?.bool ?? false)
        }
    }
}
