internal import AccessModel
package import Storage

private let selection = """
    SELECT number, kind, actor, at, project, system_user, host, ci, git_commit, plan, changes,
    letters, salt, digest FROM runs
    """

extension SQLSession {
    /// The run that applied a plan; the newest, should there be several.
    package func run(plan: String) throws(SQLFailure) -> RunRecord? {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            return try runs(" WHERE plan = $1 ORDER BY number DESC LIMIT 1", [.text(plan)]).first
        }
    }

    /// The newest runs, newest first.
    package func runs(limit: Int) throws(SQLFailure) -> [RunRecord] {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            return try runs(" ORDER BY number DESC LIMIT $1", [.number(max(0, limit))])
        }
    }

    /// Runs by number, ascending; numbers that no run has are left out.
    package func runs(numbered numbers: Set<Int64>) throws(SQLFailure) -> [RunRecord] {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            var found: [RunRecord] = []
            for number in numbers.sorted() {
                found += try runs(" WHERE number = $1", [.integer(number)])
            }
            return found
        }
    }

    /// Within a transaction.
    func runs(_ condition: String, _ parameters: [SQLValue]) throws(SQLFailure) -> [RunRecord] {
        try sealedRuns(condition, parameters).map(\.run)
    }

    /// Within a transaction.
    func sealedRuns(
        _ condition: String, _ parameters: [SQLValue]
    ) throws(SQLFailure) -> [SealedRun] {
        var runs: [SealedRun] = []
        try connection.query(selection + condition, parameters) { row throws(SQLFailure) in
            guard let kind = RunRecord.Kind(rawValue: row.text(1)),
                let at = Instant(rfc3339: row.text(3))
            else { throw .damaged("run \(row.integer(0)) cannot be read") }
            let run = RunRecord(
                number: row.integer(0), kind: kind, actor: row.text(2), at: at,
                project: row.text(4), systemUser: row.text(5), host: row.text(6),
                ci: row.optionalText(7), commit: row.optionalText(8), plan: row.optionalText(9),
                changes: row.number(10), letters: row.number(11))
            let grain = row.optionalText(12).map {
                SealedRun.Grain(salt: $0, digest: row.text(13))
            }
            runs.append(SealedRun(run: run, grain: grain))
        }
        return runs
    }

    func nextRun() throws(SQLFailure) -> Int64 {
        try connection.first("SELECT coalesce(max(number), 0) + 1 FROM runs") { $0.integer(0) } ?? 1
    }

    /// Gives back the run with its seal.
    @discardableResult
    func insert(_ run: RunRecord) throws(SQLFailure) -> SealedRun {
        let sealed = chain.sealed(run, salt: salt())
        try connection.run(
            """
            INSERT INTO runs (number, kind, actor, at, project, system_user, host, ci, git_commit,
            plan, changes, letters, salt, digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            [
                .integer(run.number), .text(run.kind.rawValue), .text(run.actor),
                .text(run.at.text), .text(run.project), .text(run.systemUser), .text(run.host),
                .text(run.ci), .text(run.commit), .text(run.plan), .number(run.changes),
                .number(run.letters), .text(sealed.grain?.salt), .text(sealed.grain?.digest),
            ])
        return sealed
    }
}
