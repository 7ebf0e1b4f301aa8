internal import AccessModel
internal import Planning

/// What an action finds and what it leaves, with the names that the manifests have for the fields.
///
/// Grants and assignments are a bare value; additions and deletions the whole entry; updates the
/// changed fields only. What the change's address says is not said again.
extension Action {
    package var states: (before: JSON, after: JSON) {
        switch self {
        case .createPermission(let permission): (.null, permission.entry)
        case .createRole(let role): (.null, role.entry)
        case .createTenant(let tenant): (.null, tenant.entry)
        case .createIdentity(let identity): (.null, identity.entry)
        case .enableRole(_, let role): (.null, .string(role.text))
        case .inviteAdmin(_, _, let grants, let new):
            (.null, .object(grants.members + [JSON.Member("profile", new.entry)]))
        case .addAdmin(_, _, let grants): (.null, .object(grants.members))
        case .addIdentityUser(_, _, let user, let new): (.null, user.entry(new))

        case .updatePermission(_, let before, let after): fields(before.texts, after.texts)
        case .updateRole(_, let before, let after): fields(before.fields, after.fields)
        case .updateTenant(_, let before, let after): fields(before.texts, after.texts)
        case .updateIdentity(_, let before, let after): fields(before.texts, after.texts)
        case .updateProfile(_, let before, let after): fields(before.fields, after.fields)
        case .grantPermission(_, _, let name): (.null, .string(name.text))
        case .revokePermission(_, _, let name): (.string(name.text), .null)
        case .assignRole(_, _, let name): (.null, .string(name.text))
        case .unassignRole(_, _, let name): (.string(name.text), .null)
        case .setIdentityAdmin: (["admin": false], ["admin": true])
        case .unsetIdentityAdmin: (["admin": true], ["admin": false])
        case .setIdentityRoles(_, _, let before, let after):
            (["roles": before.json], ["roles": after.json])
        case .enableIdentityUser: (["enabled": false], ["enabled": true])
        case .disableIdentityUser: (["enabled": true], ["enabled": false])
        case .blockAccount: (["blocked": false], ["blocked": true])
        case .unblockAccount: (["blocked": true], ["blocked": false])
        case .resendInvitation(_, let generation):
            (["generation": .integer(generation)], ["generation": .integer(generation + 1)])

        case .removeAdmin(_, _, let grants): (.object(grants.members), .null)
        case .removeIdentityUser(_, _, let user): (user.entry, .null)
        case .deleteAccount(_, let profile): (.object(profile.stated), .null)
        case .disableRole(_, let role): (.string(role.text), .null)
        case .deleteIdentity(let identity): (identity.entry, .null)
        case .deleteTenant(let tenant): (tenant.entry, .null)
        case .deleteRole(let role): (role.entry, .null)
        case .deletePermission(let permission): (permission.entry, .null)
        }
    }

    /// Both sides of the fields that change; one that was not there before is `null`.
    private func fields(
        _ before: [(String, JSON?)], _ after: [(String, JSON?)]
    ) -> (before: JSON, after: JSON) {
        var old: [JSON.Member] = []
        var new: [JSON.Member] = []
        for ((key, was), (_, becomes)) in zip(before, after) where was != nil || becomes != nil {
            old.append(JSON.Member(key, was ?? .null))
            new.append(JSON.Member(key, becomes ?? .null))
        }
        return (.object(old), .object(new))
    }
}

extension SortedSet<Label> {
    var json: JSON { .strings(map(\.text)) }
}

extension Grants {
    var members: [JSON.Member] {
        [
            JSON.Member("permissions", .strings(permissions.map(\.text))),
            JSON.Member("roles", .strings(roles.map(\.text))),
        ]
    }
}

extension Profile {
    var fields: [(String, JSON?)] {
        [
            ("firstName", firstName.map(JSON.string)), ("lastName", lastName.map(JSON.string)),
            ("mobile", mobile.map(JSON.string)), ("language", language.map(JSON.string)),
        ]
    }

    var stated: [JSON.Member] { fields.compactMap { key, value in value.map { .init(key, $0) } } }
}

extension NewAccount {
    var entry: JSON {
        .object(profile.stated + (automation ? [JSON.Member("automation", true)] : []))
    }
}

extension NewIdentityUser {
    func entry(_ new: NewAccount?) -> JSON {
        var members = [JSON.Member("admin", .bool(admin)), JSON.Member("roles", roles.json)]
        if let enabled { members.append(JSON.Member("enabled", .bool(enabled))) }
        if let new { members.append(JSON.Member("profile", new.entry)) }
        return .object(members)
    }
}

extension IdentityUserEntry {
    var entry: JSON { ["admin": .bool(admin), "roles": roles.json, "enabled": .bool(enabled)] }
}

extension Permission {
    var entry: JSON { ["title": .string(title)] }
}

extension Role {
    var entry: JSON {
        [
            "title": .string(title), "description": .string(description),
            "application": .string(application), "sensitive": .bool(sensitive),
        ]
    }
}

extension Tenant {
    var entry: JSON {
        [
            "title": .string(title), "environment": .string(environment.rawValue),
            "availableRoles": .strings(availableRoles.map(\.text)),
        ]
    }
}

extension Identity {
    var entry: JSON {
        let stated: [JSON.Member] = [
            .init("tenant", .string(tenant.text)), .init("title", .string(title)),
        ]
        return .object(stated + (system ? [JSON.Member("system", true)] : []))
    }
}

extension PermissionFields {
    var texts: [(String, JSON?)] { [("title", title.map(JSON.string))] }
}

extension RoleFields {
    var fields: [(String, JSON?)] {
        [
            ("name", name.map { .string($0.text) }), ("title", title.map(JSON.string)),
            ("description", description.map(JSON.string)),
            ("application", application.map(JSON.string)), ("sensitive", sensitive.map(JSON.bool)),
        ]
    }
}

extension TenantFields {
    var texts: [(String, JSON?)] {
        [
            ("name", name.map { .string($0.text) }), ("title", title.map(JSON.string)),
            ("environment", environment.map { .string($0.rawValue) }),
        ]
    }
}

extension IdentityFields {
    var texts: [(String, JSON?)] {
        [
            ("code", code.map { .string($0.text) }), ("tenant", tenant.map { .string($0.text) }),
            ("title", title.map(JSON.string)),
        ]
    }
}
