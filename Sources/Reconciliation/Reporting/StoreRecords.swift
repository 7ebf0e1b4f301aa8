package import AccessModel
package import Storage

/// What a report reads of a store.
package struct StoreRecords: Sendable {
    package var observed: ObservedState
    /// Newest first.
    package var runs: [RunRecord]
    /// The audit of the newest runs, by number.
    package var entries: [Int64: [AuditEntry]]
    package var undelivered: Int

    /// A store that is not there yet.
    package static let none = StoreRecords(
        observed: ObservedState(), runs: [], entries: [:], undelivered: 0)

    /// So many runs are listed,
    private static let shownRuns = 20
    /// the changes of so many of them are read, but of no acceptance: its line tells it all,
    private static let readRuns = 5
    /// and of no run with more changes than this: a first import has no reader.
    private static let readChanges = 500

    package init(
        observed: ObservedState, runs: [RunRecord], entries: [Int64: [AuditEntry]], undelivered: Int
    ) {
        self.observed = observed
        self.runs = runs
        self.entries = entries
        self.undelivered = undelivered
    }

    package static func read(
        from reader: some StoreReader, project: String
    ) async throws(StoreError) -> StoreRecords {
        let observed = try await reader.snapshot(project: project)
        let runs = try await reader.runs(limit: shownRuns)
        var entries: [Int64: [AuditEntry]] = [:]
        let telling = runs.filter { $0.kind != .accept && $0.changes > 0 }
        for run in telling.prefix(readRuns) where run.changes <= readChanges {
            entries[run.number] = try await reader.audit(.run(run.number))
        }
        let letters = try await reader.outboxFigures().count
        return StoreRecords(
            observed: observed, runs: runs, entries: entries, undelivered: letters)
    }
}
