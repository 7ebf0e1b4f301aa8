package import AccessModel
internal import Planning

/// A store in memory: the specification of every other one, and quick for tests.
///
/// It is the simulation of the steps, with the laws of invitations, outbox, runs and audit around
/// it.
package actor MemoryStore: Store {
    private var contents: MemoryContents?
    private let chain: AuditChain
    private let salt: @Sendable () -> String
    private var holder: LockHolder?

    /// Absent at first, as a file that was never made.
    ///
    /// - Parameters:
    ///   - hash: SHA-256, in lower-case hexadecimal digits.
    ///   - salt: New random digits for each audit entry.
    package init(
        hash: @escaping AuditChain.Hash, salt: @escaping @Sendable () -> String = { "" }
    ) {
        chain = AuditChain(hash: hash)
        self.salt = salt
    }

    /// What lies in memory is not read any quicker.
    package func survey(
        project: String, knowing entries: [IdentityCode: StoreSurvey.Entry]?
    ) -> StoreSurvey? { nil }

    package func rosters(of identities: Set<IdentityCode>) -> [IdentityCode: Roster] { [:] }

    package func state(
        _ survey: StoreSurvey, people: Set<EmailAddress>, declared: [IdentityCode: [EmailAddress]]
    ) -> ObservedState { survey.state }

    package func snapshot(project: String) throws(StoreError) -> ObservedState {
        try present().snapshot(project: project)
    }

    package func mark() -> StoreMark? { nil }

    package func invitation(tokenHash: String) throws(StoreError) -> Invitation? {
        try present().issued.first { $0.tokenHash == tokenHash }?.invitation
    }

    package func run(plan: String) throws(StoreError) -> RunRecord? {
        try present().runs.last { $0.run.plan == plan }?.run
    }

    package func runs(limit: Int) throws(StoreError) -> [RunRecord] {
        try present().runs.reversed().prefix(max(0, limit)).map(\.run)
    }

    package func runs(numbered numbers: Set<Int64>) throws(StoreError) -> [RunRecord] {
        try present().runs.map(\.run).filter { numbers.contains($0.number) }
    }

    package func audit(_ selection: AuditSelection) throws(StoreError) -> [AuditEntry] {
        let entries = try present().audit.map(\.entry)
        switch selection {
        case .run(let number): return entries.filter { $0.run == number }
        case .objects(let addresses):
            let texts = Set(addresses.map(\.text))
            return entries.filter { entry in
                texts.contains(entry.address)
                    || entry.address.utf8.indices.contains { place in
                        entry.address.utf8[place] == 0x23
                            && texts.contains(String(entry.address[..<place]))
                    }
            }
        }
    }

    /// Nobody else can reach it.
    package func foreignRecords() throws(StoreError) -> [ForeignRecord] {
        _ = try present()
        return []
    }

    package func outbox(_ selection: OutboxSelection) throws(StoreError) -> [OutboxEntry] {
        selection.entries(of: try present().outbox)
    }

    package func standing(
        of invitations: Set<String>
    ) throws(StoreError) -> [String: InvitationStanding] {
        let contents = try present()
        var standing: [String: InvitationStanding] = [:]
        for issued in contents.issued where invitations.contains(issued.invitation.id) {
            let account = contents.access.accounts[issued.invitation.scope.email]
            standing[issued.invitation.id] = InvitationStanding(
                invitation: issued.invitation, isBlocked: account?.blocked ?? false)
        }
        return standing
    }

    package func outboxFigures() throws(StoreError) -> OutboxFigures {
        let contents = try present()
        let waiting = contents.outbox.filter { !$0.undeliverable }
        let numbers = Set(waiting.map(\.run))
        let first = contents.runs.map(\.run).filter { numbers.contains($0.number) }
            .map(\.at).min()
        return OutboxFigures(
            waiting: waiting.count, undeliverable: contents.outbox.count - waiting.count,
            waitingSince: first.map { Instant(seconds: $0.seconds) })
    }

    package func identity() throws(StoreError) -> StoreIdentity {
        let contents = try present()
        return StoreIdentity(
            origin: contents.origin, keyFingerprint: contents.keyFingerprint,
            underTestClock: contents.underTestClock)
    }

    package func verifyAudit(expecting head: String? = nil) throws(StoreError) -> AuditVerification
    {
        let contents = try present()
        var vouches = AuditVouches()
        for chained in contents.audit { vouches.add(chained.entry) }
        var walk = AuditWalk(chain, runs: contents.runs, vouches: vouches, expecting: head)
        for entry in contents.audit { walk.visit(entry) }
        return walk.finish()
    }

    package func lock(
        holder: LockHolder, timeout: Int64
    ) async throws(StoreError) -> any StoreLock {
        var patience = timeout * 20
        while let current = self.holder {
            guard patience > 0 else { throw .locked(current) }
            patience -= 1
            try? await Task.sleep(nanoseconds: 50_000_000)
        }
        self.holder = holder
        return MemoryLock(store: self)
    }

    fileprivate func unlock() { holder = nil }

    package func commit(_ commit: Commit) throws(StoreError) -> CommitOutcome {
        var next: MemoryContents
        if let base = commit.base {
            next = try present()
            guard base == next.origin else { throw .stale }
            if commit.underTestClock && !next.underTestClock { throw .clock }
        } else {
            guard contents == nil else { throw .stale }
            next = MemoryContents(
                origin: .init(id: commit.newStoreID, serial: 0),
                underTestClock: commit.underTestClock)
        }
        try next.commit(commit, chain: chain, salt: salt)
        contents = next
        return CommitOutcome(
            run: Int64(next.runs.count), origin: next.origin,
            auditHead: next.audit.last?.link.hash ?? AuditChain.start)
    }

    package func rehearse() throws(StoreError) { _ = try present() }

    package func claimLetters(_ claim: LetterClaim) throws(StoreError) -> Set<String> {
        var next = try present()
        let held = next.claim(claim)
        contents = next
        return held
    }

    package func recordDelivery(_ results: [DeliveryRecord]) throws(StoreError) {
        var next = try present()
        for result in results { next.record(result) }
        contents = next
    }

    package func dropLetters(_ ids: [String], run: RunRecord) throws(StoreError) -> Int {
        var next = try present()
        let count = next.outbox.count
        next.outbox.removeAll { ids.contains($0.letter.id) }
        var run = run
        (run.number, run.changes, run.letters) = (Int64(next.runs.count) + 1, 0, 0)
        next.runs.append(chain.sealed(run, salt: salt()))
        contents = next
        return count - next.outbox.count
    }

    package func forget(_ request: ForgetRequest) throws(StoreError) -> ForgetOutcome {
        var next = try present()
        let outcome = try next.forget(request, chain: chain, salt: salt)
        contents = next
        return outcome
    }

    /// Memory keeps nothing of what it no longer holds.
    package func reclaim() throws(StoreError) { _ = try present() }

    private func present() throws(StoreError) -> MemoryContents {
        guard let contents else { throw .absent("memory") }
        return contents
    }
}

private struct MemoryLock: StoreLock {
    let store: MemoryStore

    func release() async { await store.unlock() }
}
