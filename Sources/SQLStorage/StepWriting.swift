internal import AccessModel
internal import Planning
internal import Storage

/// Writes the steps of one commit, each as the simulation does it. Within a transaction.
///
/// Rows that are only added wait for others of their kind, until something else is done.
struct StepWriter {
    let session: SQLSession
    let run: RunRecord
    private var lanes: [WaitingRows]
    /// The invitations that wait: a statement changes a row once.
    private var waiting: (scopes: Set<Scope>, ids: Set<String>) = ([], [])
    /// The place of the newest invitation, once one was issued.
    private var lastPosition: Int64?

    var connection: any SQLConnection { session.connection }

    init(
        _ session: SQLSession, _ run: RunRecord, _ acceptance: InvitationSettings.Acceptance
    ) {
        self.session = session
        self.run = run
        lanes = Lane.allCases.map { WaitingRows($0.batch(acceptance)) }
    }

    mutating func write(_ step: Step) throws(SQLFailure) {
        if !step.onlyAdds { try writeWaiting() }
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
        case .issue(let invitation, let tokenHash): try issue(invitation, tokenHash)
        case .letter(let letter):
            try add([.text(letter.id), .integer(run.number), .text(letter.json)], to: .letters)
        }
    }

    mutating func add(_ row: [SQLValue], to lane: Lane) throws(SQLFailure) {
        lanes[lane.rawValue].add(row)
        if lanes[lane.rawValue].isFull { try writeWaiting() }
    }

    /// Nothing may be left waiting at the end.
    mutating func writeWaiting() throws(SQLFailure) {
        for place in lanes.indices { try lanes[place].write(to: connection) }
        waiting.scopes.removeAll(keepingCapacity: true)
        waiting.ids.removeAll(keepingCapacity: true)
    }

    /// The newest of its scope from now on; an older live one is closed.
    private mutating func issue(
        _ invitation: Invitation, _ tokenHash: String
    ) throws(SQLFailure) {
        if waiting.scopes.contains(invitation.scope) || waiting.ids.contains(invitation.id) {
            try writeWaiting()
        }
        waiting.scopes.insert(invitation.scope)
        waiting.ids.insert(invitation.id)
        if lastPosition == nil { lastPosition = try session.lastInvitation() }
        let position = (lastPosition ?? 0) + 1
        lastPosition = position
        let scope = InvitationRow.key(invitation.scope)
        // Both lanes are full at the same time.
        lanes[Lane.closedInvitations.rawValue].add(scope)
        try add(
            [.text(invitation.id), .integer(position)] + scope + [
                .number(invitation.generation), .text(invitation.state.rawValue),
                .text(invitation.expiresAt.text), .number(invitation.automaticResends),
                .text(tokenHash),
            ], to: .invitations)
    }

    private mutating func write(_ action: Action) throws(SQLFailure) {
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
