internal import Glibc
internal import CSQLite
internal import SQLStorage
internal import Storage

/// The connection of one store or reader: opened when first asked for, and anew when another file
/// lies at the path.
final class SQLiteHandle {
    let file: StoreFile
    private let mode: SQLiteConnection.Mode
    private let schema: Schema
    private let salt: @Sendable () -> String
    private let patience: Int32
    /// Damage is told by whoever reads, and keeps nobody from reading on.
    private var isPatient = false
    private var opened: (connection: SQLiteConnection, device: UInt, inode: UInt)?

    init(
        _ file: StoreFile, _ mode: SQLiteConnection.Mode, _ schema: Schema,
        patience: Int32, _ salt: @escaping @Sendable () -> String
    ) {
        self.patience = patience
        self.file = file
        self.mode = mode
        self.schema = schema
        self.salt = salt
    }

    /// Who else has the lock.
    private var holder: LockHolder? {
        FileLock.holder(of: file).flatMap { $0.process == getpid() ? nil : $0 }
    }

    /// Runs something that only reads. A store of an older version is read as a moved copy.
    func read<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        let connection = try connection()
        return try named(session(connection)) { (session) throws(SQLFailure) in
            guard try session.isOutdated else { return try body(session) }
            let copy = try SQLiteConnection(path: ":memory:", .memory)
            try copy.copy(from: connection)
            let moved = self.session(copy)
            try moved.migrateCopy()
            return try body(moved)
        }
    }

    /// Runs something that reads the store as it is, of whatever version.
    func asItIs<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        return try named(session(connection()), body)
    }

    /// Runs a check, which has an eye for damage itself: the store is opened all the same.
    func checked<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        isPatient = true
        defer { isPatient = false }
        do {
            return try read(body)
        } catch {
            // What does not say its version is looked at as it is.
            guard case .damaged = error else { throw error }
            return try asItIs(body)
        }
    }

    /// Taken while nobody can commit.
    func mark() throws(StoreError) -> StoreMark? {
        let connection = try connection()
        return try named { () throws(SQLFailure) in
            try connection.execute("BEGIN")
            defer { try? connection.execute("ROLLBACK") }
            _ = try connection.number("SELECT count(*) FROM sqlite_master")
            return file.mark()
        }
    }

    func write<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        return try named(session(connection()), body)
    }

    /// Rewrites the file. Freed pages and cells are overwritten on the way.
    func vacuum() throws(StoreError) {
        let connection = try connection()
        try named { () throws(SQLFailure) in
            try connection.execute("PRAGMA secure_delete = ON")
            try connection.execute("VACUUM")
        }
    }

    /// Makes the store; whatever fails before the end leaves nothing.
    ///
    /// - Parameter body: One transaction on an empty database.
    func create<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        _ = try file.makeFolder()
        guard access(file.path, F_OK) != 0 else {
            // What lies there is named before it is taken for a store.
            _ = try connection()
            throw .stale
        }
        guard !file.isTracked(file.path) else { throw .trackedByGit(file.path) }
        try file.prepare()
        let outcome: Value
        do {
            outcome = try named { () throws(SQLFailure) in
                try body(session(SQLiteConnection(path: file.newPath, .readWrite)))
            }
        } catch {
            file.removeNew()
            // It is not at its place yet, so nothing has happened.
            if case .outcomeUnknown(let reason) = error { throw .failed(reason) }
            throw error
        }
        try file.publish()
        return outcome
    }

    private func session(_ connection: SQLiteConnection) -> SQLSession {
        SQLSession(connection, .sqlite, schema: schema, salt: salt)
    }

    private func named<Value>(
        _ session: SQLSession, _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try named { () throws(SQLFailure) in
            do throws(SQLFailure) { return try body(session) } catch {
                throw session.explained(error)
            }
        }
    }

    private func named<Value>(
        _ body: () throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        do {
            return try body()
        } catch {
            if error == .busy { throw .locked(holder) }
            throw error.storeError(at: file.path)
        }
    }

    private func connection() throws(StoreError) -> SQLiteConnection {
        let identity = try file.identity()
        if let opened, opened.device == identity.device, opened.inode == identity.inode {
            return opened.connection
        }
        opened = nil
        guard !file.isTracked(file.path) else { throw .trackedByGit(file.path) }
        try file.checkHeader()
        let connection: SQLiteConnection
        do {
            connection = try usable()
        } catch .damaged(SQLiteConnection.interruptedWrite) {
            connection = try recovered()
        } catch {
            throw refusal(error, identity)
        }
        opened = (connection, identity.device, identity.inode)
        return connection
    }

    /// Opens the file and looks whether it is what it should be.
    private func usable() throws(SQLFailure) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: file.path, mode, patience: patience)
        try connection.execute("BEGIN")
        defer { try? connection.execute("ROLLBACK") }
        let application = try connection.number("PRAGMA application_id")
        // The first read takes the lock under which sizes hold still.
        _ = try connection.number("SELECT count(*) FROM sqlite_master")
        guard application == SQLDialect.applicationID else {
            throw .store(
                .notAStore(file.path, reason: "it is an SQLite database of something else"))
        }
        let pages = try connection.number("PRAGMA page_count")
        let size = try connection.number("PRAGMA page_size") * pages
        var status = stat()
        guard stat(file.path, &status) == 0, Int64(status.st_size) >= size else {
            throw .store(
                .notAStore(
                    file.path, reason: "it is cut: \(status.st_size) of \(size) bytes are there"))
        }
        if size <= Self.thoroughSize, !isPatient { try connection.checkStructure() }
        return connection
    }

    /// Small stores are checked through at each start; it takes a few milliseconds.
    private static let thoroughSize: Int64 = 2 << 20

    /// A write that was cut off is rolled back by whoever may write, which is SQLite's own way to
    /// make it as if it had never begun.
    private func recovered() throws(StoreError) -> SQLiteConnection {
        try named { () throws(SQLFailure) in
            do {
                let writer = try SQLiteConnection(
                    path: file.path, .readWrite, patience: patience)
                _ = try writer.number("SELECT count(*) FROM sqlite_master")
            } catch {
                throw .store(
                    .unreachable(file.path, reason: SQLiteConnection.interruptedWrite))
            }
            return try usable()
        }
    }

    private func refusal(_ failure: SQLFailure, _ identity: StoreFile.Identity) -> StoreError {
        guard case .damaged(let reason) = failure else {
            return failure == .busy
                ? .locked(holder) : failure.storeError(at: file.path)
        }
        if file.isCut(identity) { return .notAStore(file.path, reason: "it is cut") }
        return .damaged(file.path, reason: reason)
    }
}
