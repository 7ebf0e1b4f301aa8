package import AccessModel
package import Storage

/// An invitation as a row, and what the rows of many have in common: places, persons, ends, states.
struct InvitationRow {
    /// Those that are live, or would be if their letter had arrived: they end with their place.
    static let isOpen = "state IN ('live', 'undeliverable')"

    private let people: SortedTable<EmailAddress, Account>
    private var place = ""
    private var end = (text: "", instant: Instant(seconds: 0))
    private var state = Invitation.State.live

    /// - Parameter people: Whose addresses are shared where they are the same.
    init(people: SortedTable<EmailAddress, Account> = [:]) { self.people = people }

    static let selection = """
        SELECT id, kind, first, second, generation, state, expires_at, automatic_resends
        FROM invitations
        """

    mutating func invitation(_ row: any SQLRow) throws(SQLFailure) -> Invitation {
        let person = row.email(3, among: people)?.canonical ?? row.text(3)
        let email = EmailAddress(canonical: person)
        if end.text.isEmpty || !row.holds(end.text, 6) {
            let text = row.text(6)
            guard let instant = Instant(rfc3339: text) else { throw Self.unreadable(row) }
            end = (text, instant)
        }
        if !row.holds(state.rawValue, 5) {
            guard let other = Invitation.State(rawValue: row.text(5)) else {
                throw Self.unreadable(row)
            }
            state = other
        }
        if !row.holds(place, 2) { place = row.text(2) }
        let scope: Scope =
            row.holds("membership", 1)
            ? .membership(TenantName(place), email) : .identityUser(IdentityCode(place), email)
        var invitation = Invitation(
            id: "", scope: scope, generation: row.number(4), state: state,
            expiresAt: end.instant, automaticResends: row.number(7))
        if let id = row.bytes(0) { invitation.setID(id) }
        return invitation
    }

    private static func unreadable(_ row: any SQLRow) -> SQLFailure {
        .damaged("invitation \(row.text(0)) cannot be read")
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
            ) { row throws(SQLFailure) in
                var reader = InvitationRow()
                found = try reader.invitation(row)
            }
            return found
        }
    }

    /// Invitations by their ids, with what their accounts have to do with it.
    package func standing(
        of invitations: Set<String>
    ) throws(SQLFailure) -> [String: InvitationStanding] {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            var blocked: Set<String> = []
            try connection.query("SELECT email FROM accounts WHERE blocked = 1", []) {
                blocked.insert($0.text(0))
            }
            var standing: [String: InvitationStanding] = [:]
            let ids = invitations.sorted()
            for start in stride(from: 0, to: ids.count, by: SQLBatch.size) {
                let some = ids[start..<min(start + SQLBatch.size, ids.count)]
                let places = (1...some.count).map { "$\($0)" }.joined(separator: ", ")
                var reader = InvitationRow()
                try connection.query(
                    InvitationRow.selection + " WHERE id IN (\(places))", some.map { .text($0) }
                ) { row throws(SQLFailure) in
                    let invitation = try reader.invitation(row)
                    standing[invitation.id] = InvitationStanding(
                        invitation: invitation,
                        isBlocked: blocked.contains(invitation.scope.email.canonical))
                }
            }
            return standing
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

    /// Within a commit. Those only that are open.
    func closeInvitations(
        _ condition: String, _ parameters: [SQLValue]
    ) throws(SQLFailure) {
        try connection.run(
            """
            UPDATE invitations SET state = 'closed'
            WHERE \(InvitationRow.isOpen) AND \(condition)
            """, parameters)
    }
}
