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

    /// Within a commit. The place of the newest one, 0 where there is none.
    func lastInvitation() throws(SQLFailure) -> Int64 {
        try connection.first("SELECT coalesce(max(position), 0) FROM invitations") {
            $0.integer(0)
        } ?? 0
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
