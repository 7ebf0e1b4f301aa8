internal import AccessModel
package import Storage

/// Appends the entries of one run. Within a transaction.
struct AuditLog {
    private let session: SQLSession
    private let run: RunRecord
    private let seal: [UInt8]
    private var sequence: Int64
    private(set) var head: String

    init(_ session: SQLSession, _ run: RunRecord) throws(SQLFailure) {
        self.session = session
        self.run = run
        seal = session.chain.seal(run)
        let last = try session.connection.first(
            "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
        ) { ($0.integer(0), $0.text(1)) }
        (sequence, head) = last ?? (0, AuditChain.start)
    }

    mutating func append(_ step: Step) throws(SQLFailure) {
        guard let entry = AuditEntry(step, sequence: sequence + 1, run: run) else { return }
        let salt = session.salt()
        let link = session.chain.link(entry, after: head, run: seal, salt: salt)
        try session.connection.run(
            """
            INSERT INTO audit (sequence, run, actor, address, kind, reason, before, after, comment,
            salt, digest, previous, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .integer(entry.sequence), .integer(entry.run), .text(entry.actor),
                .text(entry.address), .text(entry.kind), .text(entry.reason), .text(entry.before),
                .text(entry.after), .text(entry.comment), .text(salt), .text(link.digest),
                .text(head), .text(link.hash),
            ])
        sequence += 1
        head = link.hash
    }
}

extension SQLSession {
    /// Recomputes the audit chain from its first entry.
    package func verifyAudit(
        expecting head: String?
    ) throws(SQLFailure) -> AuditVerification {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            var walk = AuditWalk(chain, runs: try runs(" ORDER BY number", []), expecting: head)
            try connection.query(
                """
                SELECT sequence, run, actor, address, kind, reason, before, after, comment, salt,
                digest, previous, hash FROM audit ORDER BY sequence
                """, []
            ) { row in
                walk.visit(
                    ChainedEntry(
                        entry: AuditEntry(
                            sequence: row.integer(0), run: row.integer(1), actor: row.text(2),
                            address: row.text(3), kind: row.text(4), reason: row.optionalText(5),
                            before: row.optionalText(6), after: row.optionalText(7),
                            comment: row.optionalText(8)),
                        salt: row.text(9), previous: row.text(11),
                        link: .init(digest: row.text(10), hash: row.text(12))))
            }
            return walk.finish()
        }
    }
}
