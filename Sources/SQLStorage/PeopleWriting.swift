internal import AccessModel
internal import Planning
internal import Storage

extension StepWriter {
    mutating func writeMembers(_ action: Action) throws(SQLFailure) {
        switch action {
        case .inviteAdmin(let tenant, let email, let grants, let new):
            try begin(email, new)
            try join(tenant, email, grants)
        case .addAdmin(let tenant, let email, let grants): try join(tenant, email, grants)
        case .grantPermission(let tenant, let email, let name):
            try add(Grants(permissions: [name]), tenant, email)
        case .assignRole(let tenant, let email, let name):
            try add(Grants(roles: [name]), tenant, email)
        case .revokePermission(let tenant, let email, let name):
            try connection.run(
                """
                DELETE FROM membership_permissions
                WHERE tenant = $1 AND email = $2 AND permission = $3
                """, [.text(tenant.text), .text(email.canonical), .text(name.text)])
        case .unassignRole(let tenant, let email, let name):
            try connection.run(
                "DELETE FROM membership_roles WHERE tenant = $1 AND email = $2 AND role = $3",
                [.text(tenant.text), .text(email.canonical), .text(name.text)])
        case .removeAdmin(let tenant, let email, _):
            try session.closeInvitations(
                "kind = $1 AND first = $2 AND second = $3",
                InvitationRow.key(.membership(tenant, email)))
            try connection.run(
                "DELETE FROM memberships WHERE tenant = $1 AND email = $2",
                [.text(tenant.text), .text(email.canonical)])
        default: preconditionFailure("a change of a membership")
        }
    }

    mutating func writeUsers(_ action: Action) throws(SQLFailure) {
        switch action {
        case .addIdentityUser(let code, let email, let user, let new):
            if let new { try begin(email, new) }
            try add(
                [
                    .text(code.text), .text(email.canonical), .flag(user.admin),
                    .text(Self.joined(user.roles)), .flag(user.enabled ?? true),
                ], to: .users)
        case .setIdentityAdmin(let code, let email): try set("admin", .flag(true), code, email)
        case .unsetIdentityAdmin(let code, let email): try set("admin", .flag(false), code, email)
        case .setIdentityRoles(let code, let email, _, let after):
            try set("roles", .text(Self.joined(after)), code, email)
        case .enableIdentityUser(let code, let email): try set("enabled", .flag(true), code, email)
        case .disableIdentityUser(let code, let email):
            try set("enabled", .flag(false), code, email)
        case .removeIdentityUser(let code, let email, _):
            try session.closeInvitations(
                "kind = $1 AND first = $2 AND second = $3",
                InvitationRow.key(.identityUser(code, email)))
            try connection.run(
                "DELETE FROM identity_users WHERE identity = $1 AND email = $2",
                [.text(code.text), .text(email.canonical)])
        default: preconditionFailure("a change of an identity's user")
        }
    }

    /// - Parameter column: A name of our own, never text from outside.
    private func set(
        _ column: String, _ value: SQLValue, _ code: IdentityCode, _ email: EmailAddress
    ) throws(SQLFailure) {
        try change(
            "user \(email) of \(code)",
            "UPDATE identity_users SET \(column) = $1 WHERE identity = $2 AND email = $3",
            [value, .text(code.text), .text(email.canonical)])
    }

    private mutating func join(
        _ tenant: TenantName, _ email: EmailAddress, _ grants: Grants
    ) throws(SQLFailure) {
        try add([.text(tenant.text), .text(email.canonical)], to: .memberships)
        try add(grants, tenant, email)
    }

    mutating func add(
        _ grants: Grants, _ tenant: TenantName, _ email: EmailAddress
    ) throws(SQLFailure) {
        let member: [SQLValue] = [.text(tenant.text), .text(email.canonical)]
        for name in grants.permissions { try add(member + [.text(name.text)], to: .permissions) }
        for name in grants.roles { try add(member + [.text(name.text)], to: .roles) }
    }

    func remove(grantsOf tenant: TenantName, _ email: EmailAddress) throws(SQLFailure) {
        for table in ["membership_permissions", "membership_roles"] {
            try connection.run(
                "DELETE FROM \(table) WHERE tenant = $1 AND email = $2",
                [.text(tenant.text), .text(email.canonical)])
        }
    }
}

extension StepWriter {
    func writeAccounts(_ action: Action) throws(SQLFailure) {
        switch action {
        case .updateProfile(let email, _, let after):
            try change(
                "account \(email)",
                """
                UPDATE accounts SET first_name = coalesce($1, first_name),
                last_name = coalesce($2, last_name), mobile = coalesce($3, mobile),
                language = coalesce($4, language) WHERE email = $5
                """, values(after) + [.text(email.canonical)])
        case .blockAccount(let email): try block(email, true)
        case .unblockAccount(let email): try block(email, false)
        case .deleteAccount(let email, _):
            try connection.run("DELETE FROM accounts WHERE email = $1", [.text(email.canonical)])
        default: preconditionFailure("a change of an account")
        }
    }

    private func block(_ email: EmailAddress, _ blocked: Bool) throws(SQLFailure) {
        try change(
            "account \(email)", "UPDATE accounts SET blocked = $1 WHERE email = $2",
            [.flag(blocked), .text(email.canonical)])
    }

    func write(_ account: Account) throws(SQLFailure) {
        try connection.run(
            """
            INSERT INTO accounts (email, spelling, first_name, last_name, mobile, language, state,
            blocked, automation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (email) DO UPDATE SET spelling = excluded.spelling,
            first_name = excluded.first_name, last_name = excluded.last_name,
            mobile = excluded.mobile, language = excluded.language, state = excluded.state,
            blocked = excluded.blocked, automation = excluded.automation
            """, values(account))
    }

    /// The account of somebody who has none. A second new scope in the same plan finds it there.
    private mutating func begin(_ email: EmailAddress, _ new: NewAccount) throws(SQLFailure) {
        let account = Account(
            email: email, profile: new.profile, state: new.automation ? .activated : .invited,
            automation: new.automation)
        try add(values(account), to: .accounts)
    }

    /// What the person has already said stays.
    func activate(_ email: EmailAddress, filling profile: Profile) throws(SQLFailure) {
        try change(
            "account \(email)",
            """
            UPDATE accounts SET first_name = coalesce(first_name, $1),
            last_name = coalesce(last_name, $2), mobile = coalesce(mobile, $3),
            language = coalesce(language, $4), state = 'Activated' WHERE email = $5
            """, values(profile) + [.text(email.canonical)])
    }

    private func values(_ profile: Profile) -> [SQLValue] {
        [
            .text(profile.firstName), .text(profile.lastName), .text(profile.mobile),
            .text(profile.language),
        ]
    }

    private func values(_ account: Account) -> [SQLValue] {
        [.text(account.email.canonical), .text(account.email.spelling)] + values(account.profile)
            + [
                .text(account.state.rawValue), .flag(account.blocked), .flag(account.automation),
            ]
    }
}
