package import AccessModel
internal import Storage

/// An invitation as a row.
enum InvitationRow {
    static let selection = """
        SELECT id, kind, first, second, generation, state, expires_at, automatic_resends
        FROM invitations
        """

    static func invitation(_ row: any SQLRow) throws(SQLFailure) -> Invitation {
        let email = EmailAddress(canonical: row.text(3), spelling: row.text(3))
        guard let state = Invitation.State(rawValue: row.text(5)),
            let expires = Instant(rfc3339: row.text(6))
        else { throw .damaged("invitation \(row.text(0)) cannot be read") }
        let scope: Scope =
            switch row.text(1) {
            case "membership": .membership(TenantName(row.text(2)), email)
            default: .identityUser(IdentityCode(row.text(2)), email)
            }
        return Invitation(
            id: row.text(0), scope: scope, generation: row.number(4), state: state,
            expiresAt: expires, automaticResends: row.number(7))
    }

    /// Kind, first and second.
    static func key(_ scope: Scope) -> [SQLValue] { Array(AddressKey(scope.address).values[..<3]) }
}

extension SQLSession {
    /// The invitation whose newest token has this hash, live or not.
    package func invitation(tokenHash: String) throws(SQLFailure) -> Invitation? {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            var found: Invitation?
            try connection.query(
                InvitationRow.selection + " WHERE token_hash = $1", [.text(tokenHash)]
            ) { row throws(SQLFailure) in found = try InvitationRow.invitation(row) }
            return found
        }
    }

    /// Within a commit. The newest of its scope from now on; an older live one is closed.
    func issue(_ invitation: Invitation, tokenHash: String) throws(SQLFailure) {
        try closeInvitations(
            "kind = $1 AND first = $2 AND second = $3", InvitationRow.key(invitation.scope))
        try connection.run(
            """
            INSERT INTO invitations (id, position, kind, first, second, generation, state,
            expires_at, automatic_resends, token_hash)
            VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM invitations), $2, $3, $4, $5,
            $6, $7, $8, $9)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind = excluded.kind,
            first = excluded.first, second = excluded.second, generation = excluded.generation,
            state = excluded.state, expires_at = excluded.expires_at,
            automatic_resends = excluded.automatic_resends, token_hash = excluded.token_hash
            """,
            [.text(invitation.id)] + InvitationRow.key(invitation.scope) + [
                .number(invitation.generation), .text(invitation.state.rawValue),
                .text(invitation.expiresAt.text), .number(invitation.automaticResends),
                .text(tokenHash),
            ])
    }

    /// Within a commit. Of the scope's newest invitation.
    func setInvitation(of scope: Scope, to state: Invitation.State) throws(SQLFailure) {
        try connection.run(
            """
            UPDATE invitations SET state = $1 WHERE position = (SELECT max(position)
            FROM invitations WHERE kind = $2 AND first = $3 AND second = $4)
            """, [.text(state.rawValue)] + InvitationRow.key(scope))
    }

    /// Within a commit. Live ones only.
    func closeInvitations(
        _ condition: String, _ parameters: [SQLValue]
    ) throws(SQLFailure) {
        try connection.run(
            "UPDATE invitations SET state = 'closed' WHERE state = 'live' AND \(condition)",
            parameters)
    }
}
