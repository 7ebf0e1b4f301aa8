internal import AccessModel
internal import SQLStorage
internal import Storage

/// The store's one lock: an advisory one, held by a transaction on a connection of its own, whose
/// last statement tells the holder.
///
/// A transaction keeps its server session also behind a pooler, and the server lets go of the lock
/// when the connection ends, however it ends. What keeps two writers apart in the end is not this
/// lock but the check of id and serial inside each commit.
actor PostgresLock: StoreLock {
    private let connection: PostgresConnection
    private let holder: LockHolder
    private let key: [SQLValue]
    private let place: String

    init(_ url: PostgresURL, _ holder: LockHolder, at place: String) throws(StoreError) {
        do throws(SQLFailure) {
            connection = try PostgresConnection(url)
        } catch {
            throw error.storeError(at: place)
        }
        self.holder = holder
        self.place = place
        key = [.integer(Int64(url.lockKey.0)), .integer(Int64(url.lockKey.1))]
    }

    func release() { try? connection.execute("ROLLBACK") }

    /// Tries once; a transaction stays open when it has it.
    func take() throws(StoreError) -> Bool {
        do throws(SQLFailure) {
            // However long the mail takes: nobody ends the session for being idle.
            try connection.execute(
                "BEGIN; SET LOCAL idle_in_transaction_session_timeout TO 0")
            let isTaken = try connection.first(
                """
                SELECT pg_try_advisory_xact_lock($1::int, $2::int),
                set_config('application_name', $3, true) \(note)
                """, key + [.text(name)]
            ) { $0.flag(0) }
            if isTaken == true { return true }
            try connection.execute("ROLLBACK")
            return false
        } catch {
            throw error.storeError(at: place)
        }
    }

    /// Who has it. Another session's statement, where all of it is written, is shown to the same
    /// role and to a member of `pg_read_all_stats`; everybody else sees its name.
    func otherHolder() -> LockHolder? {
        let found = try? connection.first(
            """
            SELECT a.query, a.application_name, a.usename FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
            AND l.classid::bigint = $1 AND l.objid::bigint = $2 AND a.datname = current_database()
            """, key
        ) { row in
            Self.holder(in: row.text(0)) ?? Self.holder(named: row.text(1), role: row.text(2))
        }
        return found ?? nil
    }

    /// The session's name while it has the lock; the server cuts it after 63 bytes.
    private var name: String {
        "\(Self.program) \(holder.process) \(holder.since.seconds) \(holder.actor)"
    }

    private static let program = "muster-lock"

    private static func holder(named name: String, role: String) -> LockHolder? {
        let words = name.split(separator: " ", maxSplits: 3)
        guard words.count == 4, words[0] == program, let process = Int32(words[1]),
            let seconds = Int64(words[2])
        else { return nil }
        return LockHolder(
            actor: String(words[3]), systemUser: "role \(role)",
            host: "a host that the server does not tell", process: process,
            since: Instant(seconds: seconds))
    }

    /// A comment of digits: nothing of it can end it.
    private var note: String {
        let digits = holder.note.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return "/* \(Self.mark)\(digits.joined()) */"
    }

    private static let mark = "held by "

    private static func holder(in statement: String) -> LockHolder? {
        guard let start = statement.firstRange(of: mark)?.upperBound else { return nil }
        let digits = statement[start...].prefix { $0.isHexDigit }.compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
        return LockHolder(note: bytes)
    }
}
