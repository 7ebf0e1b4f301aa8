internal import Glibc
package import SQLStorage
package import Storage

/// A file that is copied, or that a copy makes.
package struct SQLiteCopyEnd: SQLCopySource, SQLCopyTarget {
    private let file: StoreFile
    private let schema: Schema
    private let patience: Int32

    package init(
        path: String, schema: Schema = .current, patience: Int32 = 10_000,
        isTracked: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        file = StoreFile(path: path, isTracked: isTracked)
        self.schema = schema
        self.patience = patience
    }

    package var place: String { file.path }

    package func asItIs<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        try handle(.readOnly).asItIs(body)
    }

    package func making<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value {
        // Whatever it is, a broken link too.
        var status = stat()
        guard lstat(file.path, &status) != 0 else { throw .taken(place) }
        do {
            return try handle(.readWrite).create(body)
        } catch {
            if error == .stale { throw .taken(place) }
            throw error
        }
    }

    private func handle(_ mode: SQLiteConnection.Mode) -> SQLiteHandle {
        SQLiteHandle(file, mode, schema, patience: patience, { "" })
    }
}
