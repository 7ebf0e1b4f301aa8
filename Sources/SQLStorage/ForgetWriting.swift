internal import FoundationEssentials
internal import AccessModel
package import Storage

extension SQLSession {
    /// Erases a person's data from everything that is past; see `Store.forget`.
    package func forget(_ request: ForgetRequest) throws(SQLFailure) -> ForgetOutcome {
        try writing { () throws(SQLFailure) in
            let version = try meta().version
            return try marked { () throws(SQLFailure) in
                try schema.migrate(connection, dialect, from: version)
                guard try !hasAccess(request.person) else {
                    throw .store(.failed("\(request.person.canonical) still has access"))
                }
                return try erase(request)
            }
        }
    }

    private func hasAccess(_ person: EmailAddress) throws(SQLFailure) -> Bool {
        for table in ["accounts", "memberships", "identity_users"] {
            let found = try connection.first(
                "SELECT 1 FROM \(table) WHERE email = $1 LIMIT 1", [.text(person.canonical)]
            ) { _ in true }
            if found == true { return true }
        }
        return false
    }

    private func erase(_ request: ForgetRequest) throws(SQLFailure) -> ForgetOutcome {
        let erasure = try erasure(request.person)
        var draft = ForgetDraft(erasure, chain)
        for run in try sealedRuns(" ORDER BY number", []) { draft.add(run) }
        try visitChain { chained in draft.add(chained) }
        let head = try connection.first(
            "SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1"
        ) { $0.text(0) }
        var outcome = ForgetOutcome(
            pseudonym: erasure.pseudonym, run: nil, auditHead: head ?? AuditChain.start)
        (outcome.entries, outcome.runs) = (draft.erasedEntries, draft.runs.count)
        outcome.letters = try eraseLetters(erasure)
        outcome.invitations = try eraseInvitations(erasure)
        outcome.foreignChanges = try keepingSeals { () throws(SQLFailure) in
            try eraseForeignChanges(erasure)
        }
        for column in ["first", "second", "third"] {
            try connection.run(
                "DELETE FROM managed WHERE \(column) = $1", [.text(request.person.canonical)])
        }
        guard !outcome.isEmpty else { return outcome }
        try write(draft)

        var run = request.run
        run.number = try nextRun()
        let last = try connection.first("SELECT coalesce(max(sequence), 0) FROM audit") {
            $0.integer(0)
        }
        let statements = draft.statements(of: run, after: last ?? 0)
        (run.changes, run.letters) = (statements.count, 0)
        var log = try AuditLog(self, insert(run))
        for entry in statements { try log.append(entry) }
        try log.finish()
        outcome.run = run.number
        outcome.auditHead = log.head
        return outcome
    }

    /// The person with all names and spellings under which the past knows it.
    private func erasure(_ person: EmailAddress) throws(SQLFailure) -> Erasure {
        let earlier = try connection.first(
            "SELECT count(*) FROM audit WHERE kind = $1", [.text(Forgetting.person)]
        ) { $0.number(0) }
        var erasure = Erasure(person, number: (earlier ?? 0) + 1)
        try visitChain { chained in erasure.learn(from: chained.entry) }
        for (_, _, letter) in try letters() { erasure.learn(from: letter) }
        return erasure
    }

    private func write(_ draft: ForgetDraft) throws(SQLFailure) {
        for sealed in draft.runs {
            try connection.run(
                """
                UPDATE runs SET actor = $1, system_user = $2, host = $3, salt = $4
                WHERE number = $5
                """,
                [
                    .text(sealed.run.actor), .text(sealed.run.systemUser), .text(sealed.run.host),
                    .text(sealed.grain?.salt), .integer(sealed.run.number),
                ])
        }
        for chained in draft.entries {
            let entry = chained.entry
            try connection.run(
                """
                UPDATE audit SET actor = $1, address = $2, before = $3, after = $4, comment = $5,
                salt = $6 WHERE sequence = $7
                """,
                [
                    .text(entry.actor), .text(entry.address), .text(entry.before),
                    .text(entry.after), .text(entry.comment), .text(chained.salt),
                    .integer(entry.sequence),
                ])
        }
    }

    // MARK: - Around the audit

    /// All letters, sent ones too, with the project of their run.
    private func letters() throws(SQLFailure) -> [(id: String, project: String, letter: Letter)] {
        var letters: [(String, String, Letter)] = []
        let decoder = JSONDecoder()
        try connection.query(
            """
            SELECT outbox.id, runs.project, outbox.letter FROM outbox
            JOIN runs ON runs.number = outbox.run ORDER BY outbox.position
            """, []
        ) { row throws(SQLFailure) in
            letters.append((row.text(0), row.text(1), try Self.letter(row.text(2), decoder)))
        }
        return letters
    }

    /// Letters to the person go; in letters to others the person no longer invites.
    private func eraseLetters(_ erasure: Erasure) throws(SQLFailure) -> Int {
        var count = 0
        for (id, project, letter) in try letters() {
            if letter.recipient == erasure.person.canonical {
                count += try connection.changed("DELETE FROM outbox WHERE id = $1", [.text(id)])
            } else if let erased = erasure.erased(letter, inviter: project) {
                count += try connection.changed(
                    "UPDATE outbox SET letter = $1 WHERE id = $2", [.text(erased.json), .text(id)])
            }
        }
        var errors: [String: String] = [:]
        try connection.query(
            "SELECT id, last_error FROM outbox WHERE last_error IS NOT NULL", []
        ) { errors[$0.text(0)] = $0.text(1) }
        for (id, error) in errors where erasure.speaks(error) {
            try connection.run("UPDATE outbox SET last_error = NULL WHERE id = $1", [.text(id)])
        }
        return count
    }

    private func eraseInvitations(_ erasure: Erasure) throws(SQLFailure) -> Int {
        try connection.changed(
            "UPDATE invitations SET second = $1 WHERE second = $2",
            [.text(erasure.pseudonym.canonical), .text(erasure.person.canonical)])
    }

    private func eraseForeignChanges(_ erasure: Erasure) throws(SQLFailure) -> Int {
        let person = erasure.person.canonical
        var rows: [(position: Int64, states: [String?])] = []
        try connection.query(
            """
            SELECT position, before, after FROM foreign_changes
            WHERE kind = 'account' AND first = $1 OR kind <> 'account' AND second = $2
            """, [.text(person), .text(person)]
        ) { rows.append(($0.integer(0), [$0.optionalText(1), $0.optionalText(2)])) }
        let name = erasure.pseudonym.canonical
        for row in rows {
            var states: [SQLValue] = []
            for state in row.states { states.append(.text(try stripped(state, erasure))) }
            try connection.run(
                """
                UPDATE foreign_changes SET before = $1, after = $2,
                first = CASE WHEN kind = 'account' THEN $3 ELSE first END,
                second = CASE WHEN kind = 'account' THEN second ELSE $4 END WHERE position = $5
                """, states + [.text(name), .text(name), .integer(row.position)])
        }
        return rows.count
    }

    private func stripped(_ json: String?, _ erasure: Erasure) throws(SQLFailure) -> String? {
        guard let fields = try Self.fields(json) else { return nil }
        return AuditValue.fields(erasure.stripped(fields).mapValues(AuditValue.text)).json
    }
}
