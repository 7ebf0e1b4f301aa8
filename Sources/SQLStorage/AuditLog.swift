internal import AccessModel
package import Storage

/// Appends the entries of one run. Within a transaction.
struct AuditLog {
    private let session: SQLSession
    private let run: RunRecord
    private let seal: AuditChain.Seal
    private(set) var sequence: Int64
    private(set) var head: String
    private var rows = WaitingRows(
        SQLBatch(
            into: "audit",
            .named(
                """
                sequence# run# actor address kind reason before after comment salt digest previous
                hash
                """)))

    init(_ session: SQLSession, _ sealed: SealedRun) throws(SQLFailure) {
        self.session = session
        run = sealed.run
        seal = session.chain.seal(sealed)
        let last = try session.connection.first(
            "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
        ) { ($0.integer(0), $0.text(1)) }
        (sequence, head) = last ?? (0, AuditChain.start)
    }

    mutating func append(_ step: Step) throws(SQLFailure) {
        guard let entry = AuditEntry(step, sequence: sequence + 1, run: run) else { return }
        try append(entry)
    }

    /// - Parameter entry: of the run, with the next number.
    mutating func append(_ entry: AuditEntry) throws(SQLFailure) {
        let salt = session.salt()
        let link = session.chain.link(entry, after: head, run: seal, salt: salt)
        rows.add(
            [
                .integer(entry.sequence), .integer(entry.run), .text(entry.actor),
                .text(entry.address), .text(entry.kind), .text(entry.reason), .text(entry.before),
                .text(entry.after), .text(entry.comment), .text(salt), .text(link.digest),
                .text(head), .text(link.hash),
            ])
        if rows.isFull { try finish() }
        sequence += 1
        head = link.hash
    }

    /// Writes what waits. Nothing of the run may be left waiting at its end.
    mutating func finish() throws(SQLFailure) { try rows.write(to: session.connection) }
}

extension SQLSession {
    /// What the audit says, in the order in which it happened.
    package func audit(_ selection: AuditSelection) throws(SQLFailure) -> [AuditEntry] {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            switch selection {
            case .run(let number): return try entries("run = $1", [.integer(number)])
            case .objects(let addresses):
                var found: [AuditEntry] = []
                for address in Set(addresses) {
                    // The parts of an object have its address, a number sign and their own name.
                    found += try entries("address = $1", [.text(address.text)])
                    found += try entries(
                        "address >= $1 AND address < $2",
                        [.text(address.text + "#"), .text(address.text + "$")])
                }
                return found.sorted { $0.sequence < $1.sequence }
            }
        }
    }

    private func entries(
        _ condition: String, _ parameters: [SQLValue]
    ) throws(SQLFailure) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        try connection.query(
            """
            SELECT sequence, run, actor, address, kind, reason, before, after, comment FROM audit
            WHERE \(condition) ORDER BY sequence
            """, parameters
        ) { row in entries.append(AuditEntry(row)) }
        return entries
    }

    /// Recomputes the audit chain from its first entry.
    package func verifyAudit(
        expecting head: String?
    ) throws(SQLFailure) -> AuditVerification {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            return try auditVerification(expecting: head)
        }
    }

    /// Within a transaction.
    func auditVerification(expecting head: String?) throws(SQLFailure) -> AuditVerification {
        var vouches = AuditVouches()
        for kind in Forgetting.vouching.sorted() {
            for entry in try entries("kind = $1", [.text(kind)]) { vouches.add(entry) }
        }
        var walk = AuditWalk(
            chain, runs: try sealedRuns(" ORDER BY number", []), vouches: vouches, expecting: head)
        try visitChain { chained in walk.visit(chained) }
        return walk.finish()
    }

    /// Within a transaction: every entry, oldest first.
    func visitChain(_ visit: (ChainedEntry) -> Void) throws(SQLFailure) {
        try connection.query(
            """
            SELECT sequence, run, actor, address, kind, reason, before, after, comment, salt,
            digest, previous, hash FROM audit ORDER BY sequence
            """, []
        ) { row in
            visit(
                ChainedEntry(
                    entry: AuditEntry(row), salt: row.text(9), previous: row.text(11),
                    link: .init(digest: row.text(10), hash: row.text(12))))
        }
    }
}

extension AuditEntry {
    /// From a row that begins with its columns.
    fileprivate init(_ row: any SQLRow) {
        self.init(
            sequence: row.integer(0), run: row.integer(1), actor: row.text(2),
            address: row.text(3), kind: row.text(4), reason: row.optionalText(5),
            before: row.optionalText(6), after: row.optionalText(7), comment: row.optionalText(8))
    }
}
