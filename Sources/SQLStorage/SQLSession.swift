internal import Storage
internal import AccessModel

/// A store over one SQL connection: what drivers hand their calls to.
///
/// Every function here is one transaction or, where it says so, runs inside one.
package struct SQLSession {
    let connection: any SQLConnection
    let dialect: SQLDialect
    let schema: Schema
    let chain: AuditChain
    let salt: @Sendable () -> String

    package init(
        _ connection: any SQLConnection, _ dialect: SQLDialect, schema: Schema = .current,
        salt: @escaping @Sendable () -> String
    ) {
        self.connection = connection
        self.dialect = dialect
        self.schema = schema
        chain = AuditChain(hash: SHA256Digest.hexadecimal)
        self.salt = salt
    }

    /// The row that says which store this is.
    struct Meta {
        var origin: ObservedState.Origin
        var version: Int
        var underTestClock: Bool
        var keyFingerprint: String?
    }

    /// - Throws: `.newer`; `.damaged` when the row is not there.
    func meta() throws(SQLFailure) -> Meta {
        let found = try connection.first(
            "SELECT store_id, serial, schema_version, test_clock, key_fingerprint FROM meta"
        ) { row in
            Meta(
                origin: .init(id: row.text(0), serial: row.integer(1)), version: row.number(2),
                underTestClock: row.flag(3), keyFingerprint: row.optionalText(4))
        }
        guard let found else { throw .damaged("it does not say which store it is") }
        guard found.version <= schema.newest else {
            throw .store(.newer(found: found.version, known: schema.newest))
        }
        guard found.version > 0 else { throw .damaged("its schema has no version") }
        return found
    }

    /// The schema's version, for drivers that must move a store or a copy before they read.
    ///
    /// - Throws: `.damaged` when its parts are those of a later one.
    package func version() throws(SQLFailure) -> Int {
        try reading { () throws(SQLFailure) in
            let version = try meta().version
            try requireParts(of: version)
            return version
        }
    }

    package var isOutdated: Bool {
        get throws(SQLFailure) { try version() < schema.newest }
    }

    /// Moving a store forward that has been moved would fail, and copying it would leave out what
    /// the version that it says did not have.
    ///
    /// - Throws: `.damaged` when the store says an older version than it has.
    func requireParts(of version: Int) throws(SQLFailure) {
        guard version < schema.newest else { return }
        let older = Schema(versions: Array(schema.versions.prefix(version)))
        let later = Set(try dialect.schemaFaults(connection, older)).subtracting(
            try dialect.schemaFaults(connection, schema))
        for fault in later {
            guard case .unexpected = fault else { continue }
            throw .damaged("it says that its schema is version \(version), and has a later one's")
        }
    }

    /// Moves the schema forward; for a private copy that is only read.
    package func migrateCopy() throws(SQLFailure) {
        try marked { () throws(SQLFailure) in
            try schema.migrate(connection, dialect, from: meta().version)
        }
    }

    /// Moves the schema forward in a transaction of its own, for an engine whose stores cannot be
    /// read as a moved copy.
    package func migrate() throws(SQLFailure) {
        try writing { () throws(SQLFailure) in
            let version = try meta().version
            try marked { () throws(SQLFailure) in
                try schema.migrate(connection, dialect, from: version)
            }
        }
    }

    func reading<Value>(
        _ body: () throws(SQLFailure) -> Value
    ) throws(SQLFailure) -> Value {
        do {
            try connection.execute(dialect.beginReading)
            let value = try body()
            try connection.execute("COMMIT")
            return value
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    /// One transaction of Muster's own: the recorder of foreign changes looks away.
    ///
    /// - Throws: `.store(.outcomeUnknown)` when nobody can say whether it was committed.
    func writing<Value>(
        _ body: () throws(SQLFailure) -> Value
    ) throws(SQLFailure) -> Value {
        let value: Value
        do {
            try connection.execute(dialect.beginWriting)
            value = try body()
            try connection.settle()
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
        do {
            try connection.execute("COMMIT")
        } catch {
            try? connection.execute("ROLLBACK")
            switch error {
            case .busy, .conflict, .full, .readOnly, .constraint, .store: throw error
            case .lost(let reason), .damaged(let reason), .other(let reason):
                throw .store(.outcomeUnknown(reason))
            }
        }
        return value
    }

    /// Begins a transaction as a commit does, writes into it and rolls it back.
    package func rehearse() throws(SQLFailure) {
        defer { try? connection.execute("ROLLBACK") }
        try connection.execute(dialect.beginWriting)
        try connection.run("DELETE FROM writer", [])
        try connection.run("INSERT INTO writer (run) VALUES (1)", [])
    }

    /// Within `writing`: everything that `body` does is Muster's own.
    func marked<Value>(
        _ body: () throws(SQLFailure) -> Value
    ) throws(SQLFailure) -> Value {
        // A row that was left there would keep the recorder off for ever.
        try connection.run("DELETE FROM writer", [])
        try connection.run("INSERT INTO writer (run) VALUES (1)", [])
        let value = try body()
        try connection.run("DELETE FROM writer", [])
        return value
    }
}
