internal import Glibc
internal import SQLStorage
internal import Storage

/// The connection of one store or reader: opened when first asked for, and anew when it broke.
final class PostgresHandle {
    enum Mode { case readOnly, readWrite }

    private let location: Result<PostgresURL, PostgresURL.Unreadable>
    let place: String
    private let mode: Mode
    private let schema: Schema
    private let patience: Int32
    private let salt: @Sendable () -> String
    private var opened: PostgresConnection?
    /// The schema's version was looked at on this connection.
    private var isCurrent = false

    init(
        _ url: String, _ mode: Mode, _ schema: Schema, patience: Int32,
        _ salt: @escaping @Sendable () -> String
    ) {
        do throws(PostgresURL.Unreadable) {
            location = .success(try PostgresURL(url))
        } catch {
            location = .failure(error)
        }
        place = PostgresURL.masked(url)
        self.mode = mode
        self.schema = schema
        self.patience = patience
        self.salt = salt
    }

    func url() throws(StoreError) -> PostgresURL {
        do { return try location.get() } catch { throw .unreachable(place, reason: error.reason) }
    }

    /// Runs something that only reads. What a broken connection did not answer is asked once more.
    func read<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try attempt(again: { $0 == 1 }) { (connection) throws(SQLFailure) in
            try body(try current(connection))
        }
    }

    /// Runs something that reads the store as it is, of whatever version.
    func asItIs<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try attempt(again: { $0 == 1 }) { (connection) throws(SQLFailure) in
            let dialect = SQLDialect.postgres(schema: try quotedSchema(), patience: patience)
            return try body(SQLSession(connection, dialect, schema: schema, salt: salt))
        }
    }

    /// Asks the server for something that no store has.
    func ask<Value>(
        _ body: (any SQLConnection) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try attempt(again: { $0 == 1 }, body)
    }

    /// Runs a check, which has an eye for damage itself.
    func checked<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        do {
            return try read(body)
        } catch {
            // What does not say its version is looked at as it is.
            guard case .damaged = error else { throw error }
            return try asItIs(body)
        }
    }

    /// Runs something that writes. A connection that turns out to be broken before the transaction
    /// began is replaced; after that, nobody knows what became of it.
    func write<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try attempt(again: { [self] in $0 == 1 && opened?.hasBegun == false }) {
            (connection) throws(SQLFailure) in try body(try current(connection))
        }
    }

    /// Makes the store; whatever fails before the end leaves nothing.
    ///
    /// - Parameter body: One transaction on a schema that is not there, or is empty.
    func create<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        let url = try url()
        return try attempt(again: { _ in false }) { (connection) throws(SQLFailure) in
            let found = try PostgresSchema(url, connection)
            guard !found.isStore else { throw .store(.stale) }
            if let error = found.refusal(of: place) { throw .store(error) }
            let dialect = SQLDialect.postgres(
                schema: url.quotedSchema, patience: patience,
                creation: found.exists ? "" : "CREATE SCHEMA \(url.quotedSchema)")
            do throws(SQLFailure) {
                return try body(SQLSession(connection, dialect, schema: schema, salt: salt))
            } catch {
                // Somebody else began it at the same time.
                guard !PostgresSchema.isTaken(connection.lastState) else { throw .store(.stale) }
                guard connection.lastState != PostgresSchema.isNamed else {
                    throw .store(found.otherUse(of: place))
                }
                throw error
            }
        }
    }

    /// Rewrites the tables that had to do with people. The server skips those of other owners.
    func vacuum() throws(StoreError) {
        let schema = try url().quotedSchema
        let tables = ["audit", "runs", "outbox", "invitations", "foreign_changes", "managed"]
            .map { "\(schema).\($0)" }.joined(separator: ", ")
        try attempt(again: { $0 == 1 }) { (connection) throws(SQLFailure) in
            try connection.execute("VACUUM (FULL) \(tables)")
        }
    }

    // MARK: - The connection

    /// How often a transaction is tried that the engine undid for another's sake.
    private static let tries = 6

    private func attempt<Value>(
        again retriesLost: (_ turn: Int) -> Bool,
        _ body: (PostgresConnection) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        let url = try url()
        var turn = 1
        while true {
            do throws(SQLFailure) {
                let connection = try connection(url)
                connection.hasBegun = false
                return try body(connection)
            } catch {
                switch error {
                case .conflict where turn < Self.tries:
                    usleep(.random(in: 10_000...20_000) << UInt32(turn))
                case .lost where opened != nil && retriesLost(turn): opened = nil
                case .other(let reason): throw refusal(url, reason)
                case .constraint: throw explained(error, url).storeError(at: place)
                default: throw error.storeError(at: place)
                }
            }
            turn += 1
        }
    }

    private func connection(_ url: PostgresURL) throws(SQLFailure) -> PostgresConnection {
        if let opened, !opened.isLost { return opened }
        opened = nil
        isCurrent = false
        let connection = try PostgresConnection(url)
        opened = connection
        return connection
    }

    /// A session on a store of this program's version. A store cannot be read as a moved copy here,
    /// so whoever may write moves it first, and whoever only reads waits for that.
    private func current(_ connection: PostgresConnection) throws(SQLFailure) -> SQLSession {
        let dialect = SQLDialect.postgres(
            schema: try quotedSchema(), patience: patience)
        let session = SQLSession(connection, dialect, schema: schema, salt: salt)
        guard !isCurrent else { return session }
        let version = try session.version()
        if version < schema.newest {
            let older = StoreError.unreachable(
                place,
                reason: "its schema is version \(version), and this muster reads "
                    + "\(schema.newest); the next apply of the schema's owner moves it")
            guard mode == .readWrite else { throw .store(older) }
            do throws(SQLFailure) { try session.migrate() } catch {
                let isDenied = connection.lastState == PostgresSchema.isDenied
                throw isDenied ? .store(older) : error
            }
        }
        isCurrent = true
        return session
    }

    /// A failure that comes from tables that somebody has changed.
    private func explained(_ failure: SQLFailure, _ url: PostgresURL) -> SQLFailure {
        guard let opened, !opened.isLost, let found = try? PostgresSchema(url, opened),
            found.isStore
        else { return failure }
        let dialect = SQLDialect.postgres(schema: url.quotedSchema, patience: patience)
        return SQLSession(opened, dialect, schema: schema, salt: salt).explained(failure)
    }

    private func quotedSchema() throws(SQLFailure) -> String {
        do throws(StoreError) { return try url().quotedSchema } catch { throw .store(error) }
    }

    /// What a statement's failure means: there is no store, something else, or one that this role
    /// may not read.
    private func refusal(_ url: PostgresURL, _ reason: String) -> StoreError {
        let state = opened?.lastState ?? ""
        if state == PostgresSchema.isDenied {
            return .unreachable(place, reason: "\(reason): this role may not do that")
        }
        let failure = explained(.other(reason), url)
        guard case .other = failure, PostgresSchema.isMissing(state), let opened,
            let found = try? PostgresSchema(url, opened)
        else { return failure.storeError(at: place) }
        if let error = found.refusal(of: place) { return error }
        return found.isStore ? .damaged(place, reason: reason) : .absent(place)
    }
}
