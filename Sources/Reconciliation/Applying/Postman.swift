package import AccessModel
package import Invitations
package import Storage

/// Carries letters from the outbox to the mail transport: after the commit, at least once.
///
/// It claims the letters first, so that two of its kind never send one letter. What others have in
/// hand is theirs to report.
package struct Postman: Sendable {
    /// What became of the letters of the outbox.
    package struct Round: Hashable, Sendable {
        package var sent = 0
        /// Still in the outbox, with the newest reason.
        package var left = 0
        package var undeliverable = 0
        /// Taken out of the outbox, for what they told of has ended.
        package var obsolete = 0
        /// In the hands of another run.
        package var elsewhere = 0
        package var reasons: [String] = []

        package init() {}
    }

    /// After so many tries a letter is given up. Those that found no relay do not count: whoever
    /// lost the mail server for a weekend need not invite everybody again.
    static let tries = 12
    /// How long a claim lasts, and how much of it must be left when a letter is begun; in seconds.
    /// More than the slowest letter takes: two tries of eleven minutes.
    package static let (lease, leastLease): (Int64, Int64) = (40 * 60, 25 * 60)
    /// How long a store is waited for that does not take the news of letters that have left; a
    /// letter that nobody knows of would go again.
    static let patience: [Duration] = [.milliseconds(100), .seconds(1), .seconds(4)]

    let store: any Store
    let transport: any MailTransport
    let keys: any InvitationKeySource
    let claimant: Claimant
    let templates: LetterTemplates
    let now: Instant
    let underTestClock: Bool

    package init(
        store: any Store, transport: any MailTransport, keys: any InvitationKeySource,
        claimant: Claimant, templates: LetterTemplates = .builtIn, context: RunContext
    ) {
        self.templates = templates
        self.store = store
        self.transport = transport
        self.keys = keys
        self.claimant = claimant
        now = context.now
        underTestClock = context.underTestClock
    }

    /// Sends everything that is not given up, also what waits for its next try. When its task is
    /// cancelled, what has not been begun stays for others.
    ///
    /// - Parameter onlyDue: Leaves those whose next try has not come.
    package func deliver(
        for project: Project, onlyDue: Bool = false
    ) async throws(ApplyProblem) -> Round {
        var round = Round()
        let open = try await letters(onlyDue, &round)
        guard !open.isEmpty else { return round }
        let identity = try await identity()
        let key = try key(of: identity)
        let sender = project.sender
        var claim = Claim(claimant, ended: ended(open))
        try await hold(open, &claim)
        let watched = WorkCount.watched
        watched?.begin(.letters, of: open.count)
        var rest = open[...]
        while !rest.isEmpty {
            if Task.isCancelled {
                try await release(Array(rest), claim)
                break
            }
            let part = rest.prefix(transport.lettersPerRecord)
            rest = rest.dropFirst(part.count)
            var results: [DeliveryRecord.Result] = []
            var begun: [OutboxEntry] = []
            var outage: DeliveryError?
            for entry in part {
                if claim.until < claimant.time().adding(seconds: Self.leastLease) {
                    try await hold(Array(part.dropFirst(begun.count) + rest), &claim)
                }
                guard claim.held.contains(entry.letter.id) else {
                    round.elsewhere += 1
                    continue
                }
                let message = message(
                    for: entry.letter, from: sender, acceptURL: project.invitations.acceptURL,
                    key: key, store: identity.origin.id, templates: templates)
                let result = await result(of: message, entry)
                watched?.advance(.letters)
                begun.append(entry)
                results.append(result.record)
                outage = result.outage
                if outage != nil { break }
            }
            if let failure = await unsettled(results) {
                results = zip(begun, results).map { entry, result in
                    result == .sent ? record(of: failure, for: entry, isOutage: true) : result
                }
            }
            if let outage {
                // What was not tried would have failed alike; it comes first the next time.
                let untried = (part.dropFirst(begun.count) + rest).filter {
                    claim.held.contains($0.letter.id)
                }
                begun += untried
                results += untried.map {
                    .postponed(reason: outage.reason, retryAt: nextTry(of: $0, after: outage))
                }
                rest = []
            }
            round.add(results)
            try await record(results, of: begun)
        }
        return round
    }

    /// What is to be sent, after those letters have gone that nobody needs any more.
    private func letters(
        _ onlyDue: Bool, _ round: inout Round
    ) async throws(ApplyProblem) -> [OutboxEntry] {
        do {
            let entries =
                try await store.outbox(.open(due: onlyDue ? now : nil))
                + store.outbox(.givenUp)
            let told = Set(entries.flatMap { $0.letter.places.compactMap(\.invitation) })
            guard !entries.isEmpty else { return [] }
            let review = LetterReview(entries, try await store.standing(of: told), now: now)
            try await store.recordDelivery(
                review.obsolete.map { DeliveryRecord(letter: $0, at: now, result: .obsolete) })
            round.undeliverable = review.undeliverable
            round.obsolete = review.obsolete.count
            return review.open
        } catch {
            throw .store(error)
        }
    }

    private func result(
        of message: OutgoingMessage, _ entry: OutboxEntry
    ) async -> (record: DeliveryRecord.Result, outage: DeliveryError?) {
        do {
            try await transport.send(message)
            return (.sent, nil)
        } catch {
            switch error {
            case .permanent(let reason): return (.undeliverable(reason: reason), nil)
            case .temporary: return (record(of: error, for: entry, isOutage: false), nil)
            case .unavailable: return (record(of: error, for: entry, isOutage: true), error)
            }
        }
    }

    private func record(
        of error: DeliveryError, for entry: OutboxEntry, isOutage: Bool
    ) -> DeliveryRecord.Result {
        if !isOutage, entry.attempts - entry.outages + 1 >= Self.tries {
            return .undeliverable(reason: error.reason)
        }
        return .failed(
            reason: error.reason, retryAt: nextTry(of: entry, after: error), outage: isOutage)
    }

    private func nextTry(of entry: OutboxEntry, after error: DeliveryError) -> Instant {
        // Minutes until the next try: 1, 2, 4 … at most six hours.
        let minutes = min(360, Int64(1) << min(entry.attempts, 9))
        return now.adding(seconds: max(minutes * 60, error.retryAfter ?? 0))
    }

    /// Nothing counts as sent that could still get lost.
    private func unsettled(_ results: [DeliveryRecord.Result]) async -> DeliveryError? {
        guard results.contains(.sent) else { return nil }
        do {
            try await transport.settle()
            return nil
        } catch {
            return error
        }
    }

    // MARK: - Claims

    private struct Claim {
        let name: String
        var ended: [String]
        var until = Instant(seconds: 0)
        var held: Set<String> = []

        init(_ claimant: Claimant, ended: [String]) {
            name = claimant.name
            self.ended = ended
        }
    }

    /// Claims of those who are gone are free.
    private func ended(_ entries: [OutboxEntry]) -> [String] {
        Set(entries.compactMap(\.claimant)).filter { claimant.hasEnded($0) }.sorted()
    }

    private func hold(_ entries: [OutboxEntry], _ claim: inout Claim) async throws(ApplyProblem) {
        let at = claimant.time()
        claim.until = at.adding(seconds: Self.lease)
        do {
            claim.held = try await store.claimLetters(
                LetterClaim(
                    letters: entries.map(\.letter.id), claimant: claim.name, at: at,
                    until: claim.until, ended: claim.ended))
        } catch {
            throw .store(error)
        }
        claim.ended = []
    }

    /// What was not begun is anybody's again.
    private func release(_ entries: [OutboxEntry], _ claim: Claim) async throws(ApplyProblem) {
        let at = claimant.time()
        let mine = entries.map(\.letter.id).filter(claim.held.contains)
        do {
            _ = try await store.claimLetters(
                LetterClaim(letters: mine, claimant: claim.name, at: at, until: at))
        } catch {
            throw .store(error)
        }
    }

    private func identity() async throws(ApplyProblem) -> StoreIdentity {
        let identity: StoreIdentity
        do { identity = try await store.identity() } catch { throw .store(error) }
        guard identity.underTestClock || !underTestClock else { throw .store(.clock) }
        return identity
    }

    private func record(
        _ results: [DeliveryRecord.Result], of entries: [OutboxEntry]
    ) async throws(ApplyProblem) {
        guard !results.isEmpty else { return }
        let records = zip(entries, results).map { entry, result in
            DeliveryRecord(letter: entry.letter.id, at: now, result: result)
        }
        var pauses = Self.patience[...]
        while true {
            do {
                return try await store.recordDelivery(records)
            } catch {
                guard error.mayPass, results.contains(.sent), let pause = pauses.popFirst() else {
                    throw .store(error)
                }
                try? await Task.sleep(for: pause)
            }
        }
    }

    private func key(of identity: StoreIdentity) throws(ApplyProblem) -> InvitationKey {
        do { return try keys.checked(against: identity.keyFingerprint) } catch { throw .key(error) }
    }
}

extension StoreError {
    /// The store may be there again in a moment.
    fileprivate var mayPass: Bool {
        switch self {
        case .unreachable, .locked, .outcomeUnknown, .failed: true
        case .absent, .notAStore, .damaged, .newer, .insecure, .trackedByGit, .taken, .readOnly,
            .full, .stale, .clock:
            false
        }
    }
}

extension Postman.Round {
    fileprivate mutating func add(_ results: [DeliveryRecord.Result]) {
        for result in results {
            switch result {
            case .sent: sent += 1
            case .undeliverable(let reason):
                undeliverable += 1
                reasons.append(reason)
            case .obsolete: obsolete += 1
            case .failed(let reason, _, _), .postponed(let reason, _):
                left += 1
                reasons.append(reason)
            }
        }
    }
}
