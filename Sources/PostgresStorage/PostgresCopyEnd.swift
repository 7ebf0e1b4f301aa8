package import SQLStorage
package import Storage

/// A schema that is copied, or that a copy makes.
package struct PostgresCopyEnd: SQLCopySource, SQLCopyTarget {
    private let url: String
    private let schema: Schema
    private let patience: Int32

    package init(url: String, schema: Schema = .current, patience: Int32 = 10_000) {
        self.url = url
        self.schema = schema
        self.patience = patience
    }

    package var place: String { PostgresURL.masked(url) }

    package func asItIs<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try handle(.readOnly).asItIs(body)
    }

    package func making<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        do {
            return try handle(.readWrite).create(body)
        } catch {
            if error == .stale { throw .taken(place) }
            throw error
        }
    }

    private func handle(_ mode: PostgresHandle.Mode) -> PostgresHandle {
        PostgresHandle(url, mode, schema, patience: patience, { "" })
    }
}
