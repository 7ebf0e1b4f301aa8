package import SQLStorage
internal import Storage

/// Reads a shared store, with a role that needs to select and no more. Whoever plans gets this:
/// there is nothing in it that writes, and the server is told so with each transaction.
package actor PostgresStoreReader: StoreReader, PostgresReading {
    let handle: PostgresHandle

    /// Opens nothing yet.
    package init(url: String, schema: Schema = .current, patience: Int32 = 10_000) {
        handle = PostgresHandle(url, .readOnly, schema, patience: patience, { "" })
    }
}
