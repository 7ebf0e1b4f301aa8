internal import AccessModel
internal import Planning
internal import Storage

extension StepWriter {
    func writeCatalogue(_ action: Action) throws(SQLFailure) {
        if let rename = action.rename { try follow(rename) }
        switch action {
        case .createPermission(let permission):
            try connection.run(
                "INSERT INTO permissions (name, title) VALUES ($1, $2)",
                [.text(permission.name.text), .text(permission.title)])
        case .updatePermission(let name, _, let after):
            try change(
                "permission \(name)",
                "UPDATE permissions SET title = coalesce($1, title) WHERE name = $2",
                [.text(after.title), .text(name.text)])
        case .deletePermission(let permission):
            try connection.run(
                "DELETE FROM permissions WHERE name = $1", [.text(permission.name.text)])
        case .createRole(let role):
            try connection.run(
                """
                INSERT INTO roles (name, title, description, application, sensitive)
                VALUES ($1, $2, $3, $4, $5)
                """,
                [
                    .text(role.name.text), .text(role.title), .text(role.description),
                    .text(role.application), .flag(role.sensitive),
                ])
        case .updateRole(let name, _, let after):
            try change(
                "role \(name)",
                """
                UPDATE roles SET title = coalesce($1, title),
                description = coalesce($2, description), application = coalesce($3, application),
                sensitive = coalesce($4, sensitive) WHERE name = $5
                """,
                [
                    .text(after.title), .text(after.description), .text(after.application),
                    after.sensitive.map { .flag($0) } ?? .null, .text(name.text),
                ])
        case .deleteRole(let role):
            try connection.run("DELETE FROM roles WHERE name = $1", [.text(role.name.text)])
        default: try writeTenantsAndIdentities(action)
        }
    }

    private func writeTenantsAndIdentities(_ action: Action) throws(SQLFailure) {
        switch action {
        case .createTenant(let tenant):
            try connection.run(
                "INSERT INTO tenants (name, title, environment) VALUES ($1, $2, $3)",
                [
                    .text(tenant.name.text), .text(tenant.title),
                    .text(tenant.environment.rawValue),
                ])
            for role in tenant.availableRoles { try enable(role, on: tenant.name) }
        case .updateTenant(let name, _, let after):
            try change(
                "tenant \(name)",
                """
                UPDATE tenants SET title = coalesce($1, title),
                environment = coalesce($2, environment) WHERE name = $3
                """, [.text(after.title), .text(after.environment?.rawValue), .text(name.text)])
        case .enableRole(let tenant, let role): try enable(role, on: tenant)
        case .disableRole(let tenant, let role):
            try connection.run(
                "DELETE FROM tenant_roles WHERE tenant = $1 AND role = $2",
                [.text(tenant.text), .text(role.text)])
        case .deleteTenant(let tenant):
            let name = SQLValue.text(tenant.name.text)
            try session.closeInvitations("kind = 'membership' AND first = $1", [name])
            try connection.run("DELETE FROM memberships WHERE tenant = $1", [name])
            try connection.run("DELETE FROM tenant_roles WHERE tenant = $1", [name])
            try connection.run("DELETE FROM tenants WHERE name = $1", [name])
        case .createIdentity(let identity):
            try connection.run(
                "INSERT INTO identities (code, tenant, title, system) VALUES ($1, $2, $3, $4)",
                [
                    .text(identity.code.text), .text(identity.tenant.text), .text(identity.title),
                    .flag(identity.system),
                ])
        case .updateIdentity(let code, _, let after):
            try change(
                "identity \(code)",
                """
                UPDATE identities SET tenant = coalesce($1, tenant), title = coalesce($2, title)
                WHERE code = $3
                """, [.text(after.tenant?.text), .text(after.title), .text(code.text)])
        case .deleteIdentity(let identity):
            let code = SQLValue.text(identity.code.text)
            try session.closeInvitations("kind = 'identityUser' AND first = $1", [code])
            try connection.run("DELETE FROM identity_users WHERE identity = $1", [code])
            try connection.run("DELETE FROM identities WHERE code = $1", [code])
        default: preconditionFailure("a change of the catalogue")
        }
    }

    private func enable(_ role: RoleName, on tenant: TenantName) throws(SQLFailure) {
        try connection.run(
            """
            INSERT INTO tenant_roles (tenant, role) VALUES ($1, $2)
            ON CONFLICT (tenant, role) DO NOTHING
            """, [.text(tenant.text), .text(role.text)])
    }
}

// A rename moves everything that hangs on the old name. What foreign keys tie follows by itself;
// the rest is moved here.
extension StepWriter {
    private func follow(_ rename: Rename) throws(SQLFailure) {
        switch rename {
        case .tenant(let old, let new):
            let names: [SQLValue] = [.text(new.text), .text(old.text)]
            try change("tenant \(old)", "UPDATE tenants SET name = $1 WHERE name = $2", names)
            try moveInvitations(of: "membership", from: old.text, to: new.text)
            try moveKeys(
                "first",
                of: [
                    "tenant", "availableRole", "membership", "permissionGrant",
                    "roleGrant",
                ], names)
        case .role(let old, let new):
            let names: [SQLValue] = [.text(new.text), .text(old.text)]
            try change("role \(old)", "UPDATE roles SET name = $1 WHERE name = $2", names)
            try moveKeys("first", of: ["role"], names)
            try moveKeys("second", of: ["availableRole"], names)
            try moveKeys("third", of: ["roleGrant"], names)
        case .identity(let old, let new):
            let names: [SQLValue] = [.text(new.text), .text(old.text)]
            try change("identity \(old)", "UPDATE identities SET code = $1 WHERE code = $2", names)
            try moveInvitations(of: "identityUser", from: old.text, to: new.text)
            try moveKeys("first", of: ["identity", "identityUser"], names)
        }
    }

    /// What is left of an earlier bearer of the new name gives way.
    private func moveInvitations(
        of kind: String, from old: String, to new: String
    ) throws(SQLFailure) {
        try connection.run(
            """
            DELETE FROM invitations WHERE kind = $1 AND first = $2 AND second IN
            (SELECT second FROM invitations WHERE kind = $1 AND first = $3)
            """, [.text(kind), .text(new), .text(old)])
        try connection.run(
            "UPDATE invitations SET first = $1 WHERE kind = $2 AND first = $3",
            [.text(new), .text(kind), .text(old)])
    }

    private func moveKeys(
        _ column: String, of kinds: [String], _ names: [SQLValue]
    ) throws(SQLFailure) {
        let kinds = kinds.map { "'\($0)'" }.joined(separator: ", ")
        // A project that already names the new one keeps one row of the two.
        let others = ["project", "kind", "first", "second", "third"].filter { $0 != column }
        let same = others.map { "other.\($0) = managed.\($0)" }.joined(separator: " AND ")
        try connection.run(
            """
            DELETE FROM managed WHERE kind IN (\(kinds)) AND \(column) = $1 AND EXISTS
            (SELECT 1 FROM managed AS other WHERE other.\(column) = $2 AND \(same))
            """, names.reversed())
        for table in ["managed", "foreign_changes"] {
            try connection.run(
                "UPDATE \(table) SET \(column) = $1 WHERE kind IN (\(kinds)) AND \(column) = $2",
                names)
        }
    }
}
