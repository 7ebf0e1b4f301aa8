internal import AccessModel
internal import CSQLite
internal import Glibc
internal import SQLStorage

/// One open database file. Used by one task at a time.
final class SQLiteConnection: SQLConnection {
    enum Mode {
        case readOnly
        case readWrite
        /// A private copy in memory.
        case memory
    }

    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]
    /// Rows are written beside whoever makes the next ones.
    private let background = BackgroundWork<SQLFailure>(limit: 8)
    private var hasPutOff = false

    /// Opens a file that is there; settings are made, nothing is read yet.
    ///
    /// - Parameter patience: How many milliseconds to wait for others.
    init(path: String, _ mode: Mode, patience: Int32 = 10_000) throws(SQLFailure) {
        let flags =
            switch mode {
            case .readOnly: SQLITE_OPEN_READONLY
            case .readWrite: SQLITE_OPEN_READWRITE
            case .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY
            }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened else { throw .other("out of memory") }
        guard code == SQLITE_OK else {
            let failure = Self.failure(code, opened)
            sqlite3_close_v2(opened)
            throw failure
        }
        handle = opened
        sqlite3_busy_timeout(handle, patience)
        try execute("PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON")
        // Nothing of a store is ever written beside it but its journal.
        try execute("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000")
        if mode == .readWrite { try execute("PRAGMA synchronous = EXTRA") }
    }

    deinit {
        _ = background.finish()
        for statement in statements.values { sqlite3_finalize(statement.handle) }
        sqlite3_close_v2(handle)
    }

    func execute(_ script: String) throws(SQLFailure) {
        // What was put off is undone with the rest, also what failed of it.
        do throws(SQLFailure) { try settle() } catch {
            guard script == "ROLLBACK" else { throw error }
        }
        errno = 0
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw Self.failure(code, handle) }
    }

    func changed(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) -> Int {
        try query(statement, parameters) { _ in }
        return Int(sqlite3_changes(handle))
    }

    func query(
        _ statement: String, _ parameters: [SQLValue],
        _ visit: (any SQLRow) throws(SQLFailure) -> Void
    ) throws(SQLFailure) {
        try settle()
        let prepared = try prepared(statement)
        defer {
            sqlite3_reset(prepared.handle)
            sqlite3_clear_bindings(prepared.handle)
        }
        try prepared.bind(parameters[...])
        errno = 0
        while true {
            let code = sqlite3_step(prepared.handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw Self.failure(code, handle) }
            try visit(prepared)
        }
    }

    func run(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) {
        guard hasPutOff else { return _ = try changed(statement, parameters) }
        try write(statement, parameters, width: parameters.count)
    }

    func run(_ batch: SQLBatch, _ rows: [SQLValue]) throws(SQLFailure) {
        try write(batch.ofOne, rows, width: batch.values.count)
    }

    /// Once for each row.
    private func write(
        _ statement: String, _ rows: [SQLValue], width: Int
    ) throws(SQLFailure) {
        if statements[statement] == nil { try settle() }
        let writing = Writing(
            connection: handle, statement: try prepared(statement), rows: rows, width: width)
        // A few rows are not worth another thread, unless others of before are on it.
        guard hasPutOff || rows.count >= SQLBatch.size / 2 * width else { return try writing.run() }
        hasPutOff = true
        background.add { () throws(SQLFailure) in try writing.run() }
    }

    func settle() throws(SQLFailure) {
        guard hasPutOff else { return }
        hasPutOff = false
        if let failure = background.finish() { throw failure }
    }

    private func prepared(_ text: String) throws(SQLFailure) -> SQLiteStatement {
        if let known = statements[text] { return known }
        var made: OpaquePointer?
        errno = 0
        let code = sqlite3_prepare_v3(
            handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
        guard code == SQLITE_OK, let made else { throw Self.failure(code, handle) }
        let statement = SQLiteStatement(handle: made)
        precondition(statement.parametersAreInOrder, "parameters in the order of their numbers")
        statements[text] = statement
        return statement
    }

    /// Copies everything from another database into this one.
    func copy(from other: SQLiteConnection) throws(SQLFailure) {
        try settle()
        guard let backup = sqlite3_backup_init(handle, "main", other.handle, "main") else {
            throw Self.failure(sqlite3_errcode(handle), handle)
        }
        let code = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else { throw Self.failure(code, other.handle) }
    }

    /// A single number that the engine tells.
    func number(_ pragma: String) throws(SQLFailure) -> Int64 {
        var number: Int64 = 0
        try query(pragma, []) { number = $0.integer(0) }
        return number
    }

    fileprivate static func failure(_ code: Int32, _ handle: OpaquePointer) -> SQLFailure {
        let lastError = errno
        let reason = String(cString: sqlite3_errmsg(handle))
        switch code & 0xFF {
        // The last: somebody stopped while the log of writes was being set up.
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: return .busy
        case SQLITE_FULL: return .full
        // SQLITE_READONLY_ROLLBACK, a macro that Swift cannot see.
        case SQLITE_READONLY where code == SQLITE_READONLY | (3 << 8):
            return .damaged(interruptedWrite)
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: return .readOnly
        // A page that the disk does not give may be whole: the engine calls that damage too.
        case SQLITE_CORRUPT where lastError == EIO: return .lost(diskError)
        case SQLITE_CORRUPT: return .damaged("its pages do not fit together")
        case SQLITE_NOTADB, SQLITE_FORMAT: return .damaged("it is no SQLite database")
        case SQLITE_CONSTRAINT: return .constraint(reason)
        case SQLITE_CANTOPEN:
            return refused(sqlite3_system_errno(handle), "its files cannot be opened")
        case SQLITE_IOERR: return refused(sqlite3_system_errno(handle), diskError)
        // A table or a column that is not there: it was when the store was made.
        case SQLITE_ERROR
        where reason.hasPrefix("no such table") || reason.hasPrefix("no such col"):
            return .damaged(reason)
        default: return .other("\(reason) (SQLite \(code))")
        }
    }

    /// What the system answered to a call of the engine's.
    ///
    /// - Parameter what: For an answer that says nothing to people, or was overwritten since.
    private static func refused(_ code: Int32, _ what: String) -> SQLFailure {
        switch code {
        case EACCES, EROFS, EPERM: .readOnly
        case ENOSPC, EDQUOT: .full
        case EIO: .lost(diskError)
        case EMFILE, ENFILE, ENOMEM, EFBIG: .lost("\(what): \(String(cString: strerror(code)))")
        default: .lost(what)
        }
    }

    static let diskError = "the disk reports an error"
    static let interruptedWrite = "a write was interrupted and must be rolled back first"
}

/// Rows for one statement. While they are written, nobody else uses the connection.
private struct Writing: @unchecked Sendable {
    let connection: OpaquePointer
    let statement: SQLiteStatement
    let rows: [SQLValue]
    let width: Int

    func run() throws(SQLFailure) {
        defer {
            sqlite3_reset(statement.handle)
            sqlite3_clear_bindings(statement.handle)
        }
        errno = 0
        for number in 0..<(width == 0 ? 1 : rows.count / width) {
            try statement.bind(rows[number * width..<(number + 1) * width])
            let code = sqlite3_step(statement.handle)
            guard code == SQLITE_DONE else { throw SQLiteConnection.failure(code, connection) }
            sqlite3_reset(statement.handle)
        }
    }
}

extension SQLiteConnection {
    /// - Throws: `.damaged` with the first thing that is wrong.
    func checkStructure() throws(SQLFailure) {
        var answer = ""
        try query("PRAGMA quick_check(1)", []) { answer = $0.text(0) }
        guard answer != "ok" else { return }
        // A page that the disk does not give may be whole.
        guard !answer.contains("unable to get the page") else { throw .lost(Self.diskError) }
        let lines = answer.split(separator: "\n").filter { !$0.hasPrefix("***") }
        throw .damaged(lines.joined(separator: ", "))
    }
}
