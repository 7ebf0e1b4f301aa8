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
