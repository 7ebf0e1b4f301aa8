/// What the runs of kind `forget` say of the entries and runs that they left changed.
package struct AuditVouches: Sendable {
    fileprivate struct Vouch: Hashable, Sendable {
        /// The entry that says it.
        var sequence: Int64
        /// Its `after`.
        var text: String?
    }

    fileprivate private(set) var entries: [Int64: Vouch] = [:]
    fileprivate private(set) var runs: [Int64: Vouch] = [:]

    package init() {}

    /// - Parameter entry: of kind `eraseEntry` or `eraseRun`; the newest one about a thing counts.
    package mutating func add(_ entry: AuditEntry) {
        let vouch = Vouch(sequence: entry.sequence, text: entry.after)
        let parts = entry.address.split(separator: ":")
        guard parts.count == 2, let number = Int64(parts[1]) else { return }
        switch (entry.kind, parts[0]) {
        case (Forgetting.entry, "entry"): entries[number] = vouch
        case (Forgetting.run, "run"): runs[number] = vouch
        default: break
        }
    }
}

/// Walks a chain from its first entry and keeps the first thing that does not fit.
package struct AuditWalk: Sendable {
    private let chain: AuditChain
    private var runs: [Int64: SealedRun] = [:]
    private let vouches: AuditVouches
    private var seals: [Int64: AuditChain.Seal] = [:]
    private var counted: [Int64: Int] = [:]
    private var verification = AuditVerification(entries: 0, head: AuditChain.start)
    private let expected: String?

    /// - Parameters:
    ///   - runs: by number, ascending.
    ///   - vouches: of the chain's own entries, which the walk checks like all others.
    ///   - expected: a hash that the chain should contain.
    package init(
        _ chain: AuditChain, runs: [SealedRun], vouches: AuditVouches,
        expecting expected: String? = nil
    ) {
        self.chain = chain
        self.vouches = vouches
        self.expected = expected
        verification.containsExpected = expected.map { _ in false }
        for run in runs { self.runs[run.run.number] = run }
    }

    package mutating func visit(_ chained: ChainedEntry) {
        let expected = verification.entries + 1
        let previous = verification.head
        verification.entries += 1
        verification.head = chained.link.hash
        if self.expected == chained.link.hash { verification.containsExpected = true }
        guard verification.broken == nil else { return }
        if let reason = objection(to: chained, expected: expected, previous: previous) {
            verification.broken = .init(sequence: expected, reason: reason)
        }
    }

    /// Checks at last that no run lacks entries that it counted.
    package consuming func finish() -> AuditVerification {
        // The head of a chain without entries stands for nothing once there are some.
        if verification.entries == 0, expected == AuditChain.start {
            verification.containsExpected = true
        }
        if verification.broken == nil, let reason = objectionToRuns() {
            verification.broken = .init(sequence: verification.entries + 1, reason: reason)
        }
        return verification
    }

    private func objectionToRuns() -> String? {
        for (place, number) in runs.keys.sorted().enumerated() {
            guard number == Int64(place) + 1 else { return "run \(place + 1) is missing" }
            guard let sealed = runs[number] else { continue }
            let count = counted[number, default: 0]
            guard sealed.run.changes == count else {
                return "run \(number) made \(sealed.run.changes) changes, and \(count) are here"
            }
            guard isIntact(sealed) else { return "run \(number) was changed" }
        }
        return nil
    }

    private mutating func objection(
        to chained: ChainedEntry, expected: Int64, previous: String
    ) -> String? {
        let entry = chained.entry
        guard entry.sequence == expected else { return "entry \(expected) is missing" }
        guard let run = runs[entry.run] else { return "its run, \(entry.run), is missing" }
        guard chained.previous == previous else { return "it does not follow the entry before it" }
        let seal: AuditChain.Seal
        if let known = seals[entry.run] {
            seal = known
        } else {
            guard isIntact(run) else { return "its run was changed" }
            seal = chain.seal(run)
            seals[entry.run] = seal
        }
        counted[entry.run, default: 0] += 1
        if Forgetting.vouching.contains(entry.kind), run.run.kind != .forget {
            return "a run of kind \(run.run.kind.rawValue) erases nothing"
        }
        guard let vouch = vouches.entries[entry.sequence] else {
            let link = chain.link(entry, after: previous, run: seal, salt: chained.salt)
            guard link.digest == chained.link.digest else { return "its content was changed" }
            guard link.hash == chained.link.hash else { return "it, or its run, was changed" }
            return nil
        }
        guard vouch.sequence > entry.sequence,
            vouch.text == Forgetting.statement(chain.vouch(for: chained))
        else { return "its content was changed after it had been erased" }
        if chained.salt.isEmpty { verification.erased += 1 }
        // Version 1 had the erased actor in the hash itself; the vouch covers that hash.
        if run.grain == nil, vouches.runs[entry.run] != nil { return nil }
        let hash = chain.hash(
            of: entry, digest: chained.link.digest, after: previous, run: seal)
        return hash == chained.link.hash ? nil : "it, or its run, was changed"
    }

    /// Whether a run's person is the one of the digest, or what the erasing left.
    private func isIntact(_ sealed: SealedRun) -> Bool {
        if let vouch = vouches.runs[sealed.run.number] {
            return vouch.text == Forgetting.statement(chain.vouch(for: sealed))
        }
        guard let grain = sealed.grain else { return true }
        return chain.personalDigest(of: sealed.run, salt: grain.salt) == grain.digest
    }
}
