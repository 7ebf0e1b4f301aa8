package import Storage

/// One run with everything that the audit says of it.
package struct RunHistory: Sendable {
    package var run: RunRecord
    package var entries: [PastEntry]

    package init(run: RunRecord, entries: [PastEntry]) {
        self.run = run
        self.entries = entries
    }

    /// - Returns: `nil` when no run has the number.
    package static func of(
        run number: Int64, in reader: any StoreReader
    ) async throws(StoreError) -> RunHistory? {
        guard let run = try await reader.runs(numbered: [number]).first else { return nil }
        return RunHistory(
            run: run, entries: try await reader.audit(.run(number)).map(PastEntry.init))
    }
}
