internal import AccessModel
package import SQLStorage
internal import Storage

/// Reads an embedded store, from a file and a folder that need not be writable. Whoever plans gets
/// this: there is nothing in it that writes.
package actor SQLiteStoreReader: StoreReader, SQLiteReading {
    let handle: SQLiteHandle

    /// Opens nothing yet.
    package init(
        path: String, schema: Schema = .current, patience: Int32 = 10_000,
        isTracked: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        handle = SQLiteHandle(
            StoreFile(path: path, isTracked: isTracked), .readOnly, schema, patience: patience,
            { "" })
    }
}

/// What the store and the reader read alike.
protocol SQLiteReading: _Concurrency.Actor {
    var handle: SQLiteHandle { get }
}

extension SQLiteReading {
    package func snapshot(project: String) throws(StoreError) -> ObservedState {
        try handle.read { (session) throws(SQLFailure) in try session.snapshot(project: project) }
    }

    package func invitation(tokenHash: String) throws(StoreError) -> Invitation? {
        try handle.read { (session) throws(SQLFailure) in
            try session.invitation(tokenHash: tokenHash)
        }
    }

    package func run(plan: String) throws(StoreError) -> RunRecord? {
        try handle.read { (session) throws(SQLFailure) in try session.run(plan: plan) }
    }

    package func runs(limit: Int) throws(StoreError) -> [RunRecord] {
        try handle.read { (session) throws(SQLFailure) in try session.runs(limit: limit) }
    }

    package func outbox() throws(StoreError) -> [OutboxEntry] {
        try handle.read { (session) throws(SQLFailure) in try session.outbox() }
    }

    package func identity() throws(StoreError) -> StoreIdentity {
        try handle.read { (session) throws(SQLFailure) in try session.identity() }
    }

    package func verifyAudit(
        expecting head: String? = nil
    ) throws(StoreError) -> AuditVerification {
        try handle.read { (session) throws(SQLFailure) in try session.verifyAudit(expecting: head) }
    }
}
