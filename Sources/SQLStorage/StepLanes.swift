internal import AccessModel
internal import Planning
internal import Storage

extension StepWriter {
    /// What waits, in the order in which it is written: whoever is named comes first.
    enum Lane: Int, CaseIterable {
        case accounts, memberships, permissions, roles, users, closedInvitations, invitations
        case letters

        func batch(_ acceptance: InvitationSettings.Acceptance) -> SQLBatch {
            let pending = (
                columns: "pending",
                from: { (value: (String) -> String) in
                    Self.pending(of: value("email"), acceptance)
                }
            )
            return switch self {
            case .accounts:
                SQLBatch(
                    into: "accounts",
                    .named(
                        """
                        email spelling first_name last_name mobile language state blocked#
                        automation#
                        """), "ON CONFLICT (email) DO NOTHING")
            case .memberships: SQLBatch(into: "memberships", .named("tenant email"), made: pending)
            case .permissions:
                SQLBatch(
                    into: "membership_permissions", .named("tenant email permission"),
                    "ON CONFLICT (tenant, email, permission) DO NOTHING")
            case .roles:
                SQLBatch(
                    into: "membership_roles", .named("tenant email role"),
                    "ON CONFLICT (tenant, email, role) DO NOTHING")
            case .users:
                SQLBatch(
                    into: "identity_users", .named("identity email admin# roles enabled#"),
                    made: pending)
            case .closedInvitations:
                SQLBatch(
                    setting: "state = 'closed'", of: "invitations",
                    where: InvitationRow.isOpen, .named("kind first second"))
            case .invitations: Self.newestOfScope
            case .letters:
                SQLBatch(
                    into: "outbox", .named("id run# letter"),
                    made: ("attempts, undeliverable", { _ in "0, 0" }))
            }
        }

        private static var newestOfScope: SQLBatch {
            let names = """
                position kind first second generation state expires_at automatic_resends token_hash
                """
            let changes = names.split(separator: " ").map { "\($0) = excluded.\($0)" }
            return SQLBatch(
                into: "invitations",
                .named(
                    """
                    id position# kind first second generation# state expires_at automatic_resends#
                    token_hash
                    """), "ON CONFLICT (id) DO UPDATE SET \(changes.joined(separator: ", "))")
        }

        /// Whether a new place waits for its person, by the account as it is now.
        private static func pending(
            of email: String, _ acceptance: InvitationSettings.Acceptance
        ) -> String {
            let active =
                switch acceptance {
                case .implicit: "state = 'Activated'"
                case .required: "state = 'Activated' AND automation = 1"
                }
            return """
                coalesce((SELECT CASE WHEN \(active) THEN 0 ELSE 1 END FROM accounts
                WHERE accounts.email = \(email)), 1)
                """
        }
    }
}

extension Step {
    /// It may come before rows that wait to be added: it adds some itself, and looks at none.
    var onlyAdds: Bool {
        switch self {
        case .change(let change, _): change.action.onlyAdds
        case .issue, .letter: true
        case .account, .membership, .user, .activate, .join, .invitation: false
        }
    }
}

extension Action {
    fileprivate var onlyAdds: Bool {
        switch self {
        case .createPermission, .createRole, .createTenant, .enableRole, .createIdentity,
            .inviteAdmin, .addAdmin, .grantPermission, .assignRole, .addIdentityUser,
            .resendInvitation:
            true
        case .updatePermission, .deletePermission, .updateRole, .deleteRole, .updateTenant,
            .deleteTenant, .disableRole, .updateIdentity, .deleteIdentity, .revokePermission,
            .unassignRole, .removeAdmin, .setIdentityAdmin, .unsetIdentityAdmin,
            .setIdentityRoles, .enableIdentityUser, .disableIdentityUser, .removeIdentityUser,
            .updateProfile, .blockAccount, .unblockAccount, .deleteAccount:
            false
        }
    }
}
