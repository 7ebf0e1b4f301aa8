internal import AccessModel
internal import Storage

/// What Muster left in the store, kept as sums of rows: the difference to what is there must be
/// what others are recorded to have done since.
///
/// A commit moves the sums by what it does itself. A difference that nothing explains therefore
/// stays one, until an apply that was told of it begins anew.
struct Seal {
    private let session: SQLSession
    private let touched: Touched
    /// The sums begin anew.
    private let isWhole: Bool
    private let before: AccessSums

    private var connection: any SQLConnection { session.connection }

    /// Before the first write of a commit.
    init(_ session: SQLSession, _ commit: Commit) throws(SQLFailure) {
        self.session = session
        let isNew = try session.recording()?.isNew == true
        isWhole = commit.beginsRecordAnew || isNew
        touched = isWhole ? .everything : Touched(commit)
        before = isWhole ? AccessSums() : try session.left(of: touched)
    }

    /// After the last one.
    func close(run: Int64, serial: Int64) throws(SQLFailure) {
        let left = try session.left(of: touched)
        if isWhole {
            try connection.run("DELETE FROM seals", [])
            try connection.run("DELETE FROM recording", [])
            try write(left, replacing: AccessSums())
        } else {
            // Without it nobody knows what was left; a whole apply begins anew.
            guard try session.recording() != nil else { return }
            let old = try session.seals()
            try write(old + (left - before), replacing: old)
        }
        try writeRecording(run: run, serial: serial)
    }

    private func write(_ new: AccessSums, replacing old: AccessSums) throws(SQLFailure) {
        let places = Set(new.parts.keys).union(old.parts.keys).sorted()
        for part in places where new.parts[part] != old.parts[part] {
            let key: [SQLValue] = [.text(part.kind.rawValue), .text(part.scope)]
            try connection.run("DELETE FROM seals WHERE kind = $1 AND scope = $2", key)
            guard let sum = new.parts[part] else { continue }
            try connection.run(
                "INSERT INTO seals (kind, scope, digest) VALUES ($1, $2, $3)",
                key + [.text(sum.text)])
        }
    }

    private func writeRecording(run: Int64, serial: Int64) throws(SQLFailure) {
        var history = try isWhole ? .zero : session.recording()?.history ?? .zero
        history =
            try history
            + (isWhole
                ? session.history("resolved IS NOT NULL")
                : session.history("resolved = $1", [.integer(run)]))
        let position = try connection.first(
            "SELECT max(position) FROM foreign_changes"
        ) { $0.integer(0) }
        try connection.run("DELETE FROM recording", [])
        try connection.run(
            "INSERT INTO recording (one, serial, position, history) VALUES (1, $1, $2, $3)",
            [.integer(serial), .integer(position ?? 0), .text(history.text)])
    }
}

/// How far the records were when Muster last committed.
struct Recording {
    /// Of the store then; -1 before the first seal.
    var serial: Int64
    var position: Int64
    /// The records that had been settled.
    var history: RowSum

    var isNew: Bool { serial < 0 }
}

extension SQLSession {
    /// `nil` when somebody took it away.
    func recording() throws(SQLFailure) -> Recording? {
        try connection.first("SELECT serial, position, history FROM recording") { row in
            RowSum(text: row.text(2)).map {
                Recording(serial: row.integer(0), position: row.integer(1), history: $0)
            }
        } ?? nil
    }

    func seals() throws(SQLFailure) -> AccessSums {
        var sums = AccessSums()
        try connection.query("SELECT kind, scope, digest FROM seals", []) { row in
            guard let kind = AccessPart.Kind(rawValue: row.text(0)),
                let sum = RowSum(text: row.text(2))
            else { return }
            sums.change(AccessPart(kind, scope: row.text(1))) { $0 = sum }
        }
        return sums
    }

    /// The rows in question without what others are recorded to have done to any row.
    fileprivate func left(of touched: Touched) throws(SQLFailure) -> AccessSums {
        try sums(of: touched) - AccessSums(of: foreignRecords("resolved IS NULL"))
    }

    /// The sum of settled records. Their names may move with a rename.
    func history(
        _ condition: String, _ parameters: [SQLValue] = []
    ) throws(SQLFailure) -> RowSum {
        var sum = RowSum.zero
        try connection.query(
            """
            SELECT position, operation, before, after, at, who, resolved FROM foreign_changes
            WHERE \(condition)
            """, parameters
        ) { row in
            var hash = RowHash()
            for column in 0..<7 { hash.add(row.optionalText(column)) }
            sum.add(hash)
        }
        return sum
    }
}

extension SQLSession {
    /// Rewrites records of what others did without a word about what they did: the sums follow.
    func keepingSeals(_ rewrite: () throws(SQLFailure) -> Int) throws(SQLFailure) -> Int {
        guard let recording = try recording(), !recording.isNew else { return try rewrite() }
        let (before, told) = (
            try left(of: .everything), try history("resolved IS NOT NULL")
        )
        let count = try rewrite()
        guard count > 0 else { return count }
        let old = try seals()
        let new = try old + (left(of: .everything) - before)
        for part in Set(new.parts.keys).union(old.parts.keys).sorted()
        where new.parts[part] != old.parts[part] {
            let key: [SQLValue] = [.text(part.kind.rawValue), .text(part.scope)]
            try connection.run("DELETE FROM seals WHERE kind = $1 AND scope = $2", key)
            guard let sum = new.parts[part] else { continue }
            try connection.run(
                "INSERT INTO seals (kind, scope, digest) VALUES ($1, $2, $3)",
                key + [.text(sum.text)])
        }
        let history = try recording.history + (history("resolved IS NOT NULL") - told)
        try connection.run("UPDATE recording SET history = $1", [.text(history.text)])
        return count
    }
}
