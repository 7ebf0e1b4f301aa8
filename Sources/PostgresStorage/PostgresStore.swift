package import SQLStorage
package import Storage

/// The shared store: a schema of its own in a PostgreSQL database.
///
/// An absent schema is `StoreError.absent` for everything but `lock` and a commit without a base,
/// which makes it.
package actor PostgresStore: Store, PostgresReading {
    let handle: PostgresHandle

    /// Opens nothing yet.
    ///
    /// - Parameters:
    ///   - url: As libpq has it, with `schema` of ours.
    ///   - patience: How many milliseconds to wait while another session writes.
    ///   - salt: New random digits for each audit entry.
    package init(
        url: String, schema: Schema = .current, patience: Int32 = 10_000,
        salt: @escaping @Sendable () -> String = PostgresStore.randomSalt
    ) {
        handle = PostgresHandle(url, .readWrite, schema, patience: patience, salt)
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
        let candidate = try PostgresLock(handle.url(), holder, at: handle.place)
        while true {
            if try await candidate.take() { return candidate }
            guard clock.now < end, (try? await Task.sleep(for: .milliseconds(100))) != nil else {
                throw .locked(await candidate.otherHolder())
            }
        }
    }

    package func commit(_ commit: Commit) throws(StoreError) -> CommitOutcome {
        guard commit.base != nil else {
            return try handle.create { (session) throws(SQLFailure) in try session.create(commit) }
        }
        return try handle.write { (session) throws(SQLFailure) in try session.commit(commit) }
    }

    package func forget(_ request: ForgetRequest) throws(StoreError) -> ForgetOutcome {
        try handle.write { (session) throws(SQLFailure) in try session.forget(request) }
    }

    /// New files without dead rows, as far as the role owns the tables. What the server has written
    /// ahead and archived is the server's.
    package func reclaim() throws(StoreError) { try handle.vacuum() }

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
}
