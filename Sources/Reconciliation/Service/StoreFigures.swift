package import AccessModel
package import Storage

/// How a store stands, in numbers for a machine.
package struct StoreFigures: Hashable, Sendable {
    package struct Runs: Hashable, Sendable {
        package var count = 0
        package var changes = 0
        package var letters = 0
        package var lastAt: Instant?

        package init() {}
    }

    package var serial: Int64 = 0
    package var runs: [RunRecord.Kind: Runs] = [:]
    package var waitingLetters = 0
    package var undeliverableLetters = 0
    /// Seconds since the oldest letter that still waits was queued; 0 when none does.
    package var outboxAge: Int64 = 0
    /// Places whose invitation can be accepted, or waits for its letter.
    package var pending = 0
    /// Places whose invitation is past its end.
    package var expired = 0
    /// Places whose invitation was declined, revoked by hand or undeliverable.
    package var ended = 0
    /// Objects that others changed and nobody has settled.
    package var foreignChanges = 0
    package var recorderFaults = 0
    package var accounts = 0
}

/// Counts a store. Runs are read once each.
package actor StoreCounter {
    private let ports: ServicePorts
    private let reader: any StoreReader
    private var runs: [RunRecord.Kind: StoreFigures.Runs] = [:]
    private var store = ""
    private var newest: Int64 = 0

    package init(_ ports: ServicePorts) throws(StoreError) {
        self.ports = ports
        reader = try ports.reader()
    }

    package func figures() async throws(StoreError) -> StoreFigures {
        let now = ports.context(.platformOperator).now
        let observed = try await reader.snapshot(project: ports.project.name)
        try await countRuns(of: observed.origin?.id ?? "")
        var figures = StoreFigures()
        figures.serial = observed.origin?.serial ?? 0
        figures.runs = runs
        let outbox = try await reader.outboxFigures()
        figures.undeliverableLetters = outbox.undeliverable
        figures.waitingLetters = outbox.waiting
        figures.outboxAge = outbox.waitingSince.map { max(0, now.seconds - $0.seconds) } ?? 0
        for scope in observed.allPendingScopes {
            switch observed.invitations[scope].state(at: now) {
            case "expired": figures.expired += 1
            case "revoked", "declined", "undeliverable": figures.ended += 1
            default: figures.pending += 1
            }
        }
        figures.foreignChanges = observed.foreignChanges.count
        figures.recorderFaults = observed.recorderFaults.count
        figures.accounts = observed.accounts.count
        return figures
    }

    private func countRuns(of id: String) async throws(StoreError) {
        if store != id { (store, runs, newest) = (id, [:], 0) }
        guard let last = try await reader.runs(limit: 1).first?.number, last > newest else {
            return
        }
        let fresh =
            newest == 0
            ? try await reader.runs(limit: Int(Int32.max))
            : try await reader.runs(numbered: Set(newest + 1...last))
        for run in fresh {
            var counts = runs[run.kind] ?? StoreFigures.Runs()
            counts.count += 1
            counts.changes += run.changes
            counts.letters += run.letters
            counts.lastAt = max(counts.lastAt ?? run.at, run.at)
            runs[run.kind] = counts
        }
        newest = last
    }
}
