internal import AccessModel
internal import Planning
internal import Storage

/// Writes the steps of one commit, each as the simulation does it. Within a transaction.
struct StepWriter {
    let session: SQLSession
    let run: RunRecord
    let acceptance: InvitationSettings.Acceptance

    var connection: any SQLConnection { session.connection }

    func write(_ step: Step) throws(SQLFailure) {
        switch step {
        case .change(let change, _):
            try write(change.action)
        case .account(let account): try write(account)
        case .membership(let tenant, let email, let membership):
            try remove(grantsOf: tenant, email)
            try connection.run(
                """
                INSERT INTO memberships (tenant, email, pending) VALUES ($1, $2, $3)
                ON CONFLICT (tenant, email) DO UPDATE SET pending = excluded.pending
                """, [.text(tenant.text), .text(email.canonical), .flag(membership.pending)])
            try add(membership.grants, tenant, email)
        case .user(let code, let email, let user):
            try connection.run(
                """
                INSERT INTO identity_users (identity, email, admin, roles, enabled, pending)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (identity, email) DO UPDATE SET
                admin = excluded.admin, roles = excluded.roles, enabled = excluded.enabled,
                pending = excluded.pending
                """, values(code, email, user))
        case .activate(let email, let profile): try activate(email, filling: profile)
        case .join(.membership(let tenant, let email)):
            try connection.run(
                "UPDATE memberships SET pending = 0 WHERE tenant = $1 AND email = $2",
                [.text(tenant.text), .text(email.canonical)])
        case .join(.identityUser(let code, let email)):
            try connection.run(
                "UPDATE identity_users SET pending = 0 WHERE identity = $1 AND email = $2",
                [.text(code.text), .text(email.canonical)])
        case .invitation(let scope, let state):
            try session.setInvitation(of: scope, to: state)
        case .issue(let invitation, let tokenHash):
            try session.issue(invitation, tokenHash: tokenHash)
        case .letter(let letter): try queue(letter)
        }
    }

    private func write(_ action: Action) throws(SQLFailure) {
        switch action {
        case .createPermission, .updatePermission, .deletePermission, .createRole, .updateRole,
            .deleteRole, .createTenant, .updateTenant, .deleteTenant, .enableRole, .disableRole,
            .createIdentity, .updateIdentity, .deleteIdentity:
            try writeCatalogue(action)
        case .inviteAdmin, .addAdmin, .grantPermission, .revokePermission, .assignRole,
            .unassignRole, .removeAdmin:
            try writeMembers(action)
        case .addIdentityUser, .setIdentityAdmin, .unsetIdentityAdmin, .setIdentityRoles,
            .enableIdentityUser, .disableIdentityUser, .removeIdentityUser:
            try writeUsers(action)
        case .updateProfile, .blockAccount, .unblockAccount, .deleteAccount:
            try writeAccounts(action)
        // The new generation is a step of its own.
        case .resendInvitation: break
        }
    }

    private func queue(_ letter: Letter) throws(SQLFailure) {
        try connection.run(
            """
            INSERT INTO outbox (id, run, letter, attempts, undeliverable)
            VALUES ($1, $2, $3, 0, 0)
            """, [.text(letter.id), .integer(run.number), .text(letter.json)])
    }

    /// Runs a statement that has to find its object.
    func change(
        _ what: String, _ statement: String, _ parameters: [SQLValue]
    ) throws(SQLFailure) {
        try connection.run(statement, parameters, orFail: "there is no \(what)")
    }

    func values(
        _ code: IdentityCode, _ email: EmailAddress, _ user: IdentityUser
    ) -> [SQLValue] {
        [
            .text(code.text), .text(email.canonical), .flag(user.admin),
            .text(Self.joined(user.roles)), .flag(user.enabled), .flag(user.pending),
        ]
    }

    /// Labels have no commas.
    static func joined(_ labels: SortedSet<Label>) -> String {
        labels.isEmpty ? "" : labels.map(\.text).joined(separator: ",")
    }
}
