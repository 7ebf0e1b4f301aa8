package import Storage

/// A store that is copied. Nothing is written there, not even a newer schema.
package protocol SQLCopySource {
    /// As a person would name it.
    var place: String { get }

    /// One look at the store, of whatever version it is.
    func asItIs<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value
}

/// A place where no store is yet.
package protocol SQLCopyTarget {
    var place: String { get }

    /// Makes a store there in one transaction, which `body` runs; what fails leaves nothing.
    ///
    /// - Throws: `.taken` when there is something.
    func making<Value>(
        _ body: (SQLSession) throws(SQLFailure) -> Value
    ) throws(StoreError) -> Value
}
