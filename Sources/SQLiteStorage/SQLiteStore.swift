package import SQLStorage
package import Storage

/// The embedded store: one SQLite file of mode 0600.
///
/// An absent file is `StoreError.absent` for everything but `lock` and a commit without a base,
/// which makes it.
package actor SQLiteStore: Store, SQLiteReading {
    let handle: SQLiteHandle

    /// Opens nothing yet.
    ///
    /// - Parameters:
    ///   - patience: How many milliseconds to wait while another connection writes.
    ///   - isTracked: Whether git tracks the file at a path (E306).
    ///   - salt: New random digits for each audit entry.
    package init(
        path: String, schema: Schema = .current, patience: Int32 = 10_000,
        isTracked: @escaping @Sendable (String) -> Bool = { _ in false },
        salt: @escaping @Sendable () -> String = SQLiteStore.randomSalt
    ) {
        handle = SQLiteHandle(
            StoreFile(path: path, isTracked: isTracked), .readWrite, schema, patience: patience,
            salt)
    }

    /// 128 random bits from the system.
    package static let randomSalt: @Sendable () -> String = {
        var source = SystemRandomNumberGenerator()
        return String(source.next(), radix: 16) + String(source.next(), radix: 16)
    }

    package func lock(
        holder: LockHolder, timeout: Int64
    ) async throws(StoreError) -> any StoreLock {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(timeout)
        while true {
            if let lock = try FileLock.take(handle.file, holder: holder) { return lock }
            guard clock.now < end else { throw .locked(FileLock.holder(of: handle.file)) }
            do {
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                throw .locked(FileLock.holder(of: handle.file))
            }
        }
    }

    package func commit(_ commit: Commit) throws(StoreError) -> CommitOutcome {
        guard commit.base != nil else {
            return try handle.create { (session) throws(SQLFailure) in try session.create(commit) }
        }
        return try handle.write { (session) throws(SQLFailure) in try session.commit(commit) }
    }

    package func rehearse() throws(StoreError) {
        try handle.write { (session) throws(SQLFailure) in try session.rehearse() }
    }

    package func claimLetters(_ claim: LetterClaim) throws(StoreError) -> Set<String> {
        try handle.write { (session) throws(SQLFailure) in try session.claimLetters(claim) }
    }

    package func recordDelivery(_ results: [DeliveryRecord]) throws(StoreError) {
        try handle.write { (session) throws(SQLFailure) in try session.recordDelivery(results) }
    }

    package func dropLetters(_ ids: [String], run: RunRecord) throws(StoreError) -> Int {
        try handle.write { (session) throws(SQLFailure) in
            try session.dropLetters(ids, run: run)
        }
    }

    package func forget(_ request: ForgetRequest) throws(StoreError) -> ForgetOutcome {
        try handle.write { (session) throws(SQLFailure) in try session.forget(request) }
    }

    /// A new file without free pages, so that nothing is left of rows that are gone.
    package func reclaim() throws(StoreError) { try handle.vacuum() }
}
