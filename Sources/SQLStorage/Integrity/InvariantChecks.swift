internal import AccessModel
internal import Storage

// The invariants of RULES section 7, each by itself. Keys and indices would make some of them
// impossible; a damaged store may have neither, so every row is looked at. Within a transaction.
extension SQLSession {
    /// One account per canonical e-mail: what is stored as canonical is, and is there once.
    func accountProblems() throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        var seen: Set<String> = []
        try connection.query("SELECT email, spelling FROM accounts", []) { row in
            let (email, spelling) = (row.text(0), row.text(1))
            if !seen.insert(email).inserted { problems.append(.twice("accounts \(email)")) }
            if !Self.isCanonical(email, of: email) || !Self.isCanonical(email, of: spelling) {
                problems.append(.notCanonical(email))
            }
        }
        return problems
    }

    /// Compared by bytes: to Swift two normal forms are one text.
    private static func isCanonical(_ email: String, of spelling: String) -> Bool {
        guard case .success(let parsed) = EmailAddress.parse(spelling) else { return false }
        return parsed.canonical.utf8.elementsEqual(email.utf8)
    }

    /// One membership per tenant and account, one user per identity and account.
    func placeProblems() throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        for (table, place) in [("memberships", "tenant"), ("identity_users", "identity")] {
            var seen: Set<[String]> = []
            try connection.query("SELECT \(place), email FROM \(table)", []) { row in
                let key = [row.text(0), row.text(1)]
                guard !seen.insert(key).inserted else { return }
                problems.append(.twice("\(table) \(key[0])/\(key[1])"))
            }
        }
        return problems
    }

    /// At most one live invitation per scope and account.
    func invitationProblems() throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        var live: Set<Scope> = []
        var reader = InvitationRow()
        try connection.query(InvitationRow.selection, []) { row throws(SQLFailure) in
            let invitation = try reader.invitation(row)
            guard invitation.state == .live, !live.insert(invitation.scope).inserted else { return }
            problems.append(.liveTwice(invitation.scope))
        }
        return problems
    }

    /// A member's roles are available on the tenant.
    func roleProblems() throws(SQLFailure) -> [IntegrityProblem] {
        var available: Set<[String]> = []
        try connection.query("SELECT tenant, role FROM tenant_roles", []) { row in
            available.insert([row.text(0), row.text(1)])
        }
        var problems: [IntegrityProblem] = []
        try connection.query("SELECT tenant, email, role FROM membership_roles", []) { row in
            let (tenant, email, role) = (row.text(0), row.text(1), row.text(2))
            guard !available.contains([tenant, role]) else { return }
            problems.append(
                .unavailable(
                    TenantName(tenant), EmailAddress(canonical: email, spelling: email),
                    RoleName(role)))
        }
        return problems
    }

    /// No account without a membership or an identity, blocked ones excepted.
    func strayAccounts() throws(SQLFailure) -> [IntegrityProblem] {
        var placed: Set<String> = []
        for table in ["memberships", "identity_users"] {
            try connection.query("SELECT email FROM \(table)", []) { placed.insert($0.text(0)) }
        }
        var problems: [IntegrityProblem] = []
        try connection.query("SELECT email, blocked FROM accounts", []) { row in
            let email = row.text(0)
            guard !row.flag(1), !placed.contains(email) else { return }
            problems.append(.stray(EmailAddress(canonical: email, spelling: email)))
        }
        return problems
    }

    /// Raw tokens are never stored: what is kept of one has the form of its SHA-256.
    func tokenProblems() throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        try connection.query("SELECT id, token_hash FROM invitations", []) { row in
            let hash = row.text(1)
            let isHash =
                hash.utf8.count == 64
                && hash.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            if !isHash { problems.append(.tokenHash(invitation: row.text(0))) }
        }
        return problems
    }

    /// The audit sequence has no gap, and neither have the runs.
    func sequenceGaps() throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        for (table, number) in [("audit", "sequence"), ("runs", "number")] {
            var expected: Int64 = 1
            try connection.query("SELECT \(number) FROM \(table) ORDER BY \(number)", []) { row in
                let found = row.integer(0)
                if found > expected { problems.append(.gap(table, expected, found - 1)) }
                if found < expected { problems.append(.twice("\(table) \(found)")) }
                expected = max(expected, found &+ 1)
            }
        }
        return problems
    }
}
