package import AccessModel
package import Invitations
package import Storage

/// Carries letters from the outbox to the mail transport: after the commit, at least once.
package struct Postman: Sendable {
    /// What became of the letters of the outbox.
    package struct Round: Hashable, Sendable {
        package var sent = 0
        /// Still in the outbox, with the newest reason.
        package var left = 0
        package var undeliverable = 0
        package var reasons: [String] = []

        package init() {}
    }

    /// Minutes until the next try: 1, 2, 4 … at most six hours; after so many it is given up.
    static let tries = 12
    /// How many letters are recorded as sent at once; as many may be sent again after a crash.
    static let batch = 200

    let store: any Store
    let transport: any MailTransport
    let keys: any InvitationKeySource
    let now: Instant
    let underTestClock: Bool

    package init(
        store: any Store, transport: any MailTransport, keys: any InvitationKeySource,
        context: RunContext
    ) {
        self.store = store
        self.transport = transport
        self.keys = keys
        now = context.now
        underTestClock = context.underTestClock
    }

    /// Sends everything that is not given up, also what waits for its next try.
    ///
    /// - Parameter onlyDue: Leave alone what waits for its next try: a service that comes often
    ///   must not use up all tries of a letter in minutes.
    package func deliver(
        for project: Project, onlyDue: Bool = false
    ) async throws(ApplyProblem) -> Round {
        var round = Round()
        let entries = try await outbox()
        let open = entries.filter { entry in
            !entry.undeliverable && !(onlyDue && entry.nextAttempt.map { $0 > now } ?? false)
        }
        round.undeliverable = entries.count(where: \.undeliverable)
        guard !open.isEmpty else { return round }
        let identity = try await identity()
        let key = try key(of: identity)
        let sender = project.sender
        var rest = open[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Self.batch)
            rest = rest.dropFirst(batch.count)
            var results: [DeliveryRecord] = []
            for entry in batch {
                let message = message(
                    for: entry.letter, from: sender, acceptURL: project.invitations.acceptURL,
                    key: key, store: identity.origin.id)
                let result = await result(of: message, entry, &round)
                results.append(DeliveryRecord(letter: entry.letter.id, at: now, result: result))
            }
            try await record(await settled(results, &round))
        }
        return round
    }

    private func result(
        of message: OutgoingMessage, _ entry: OutboxEntry, _ round: inout Round
    ) async -> DeliveryRecord.Result {
        do {
            try await transport.send(message)
            round.sent += 1
            return .sent
        } catch .permanent(let reason) {
            round.undeliverable += 1
            round.reasons.append(reason)
            return .undeliverable(reason: reason)
        } catch {
            round.reasons.append(error.reason)
            guard entry.attempts + 1 < Self.tries else {
                round.undeliverable += 1
                return .undeliverable(reason: error.reason)
            }
            round.left += 1
            let minutes = min(360, Int64(1) << min(entry.attempts, 9))
            return .failed(reason: error.reason, retryAt: now.adding(seconds: minutes * 60))
        }
    }

    /// Nothing counts as sent that could still get lost.
    private func settled(
        _ results: [DeliveryRecord], _ round: inout Round
    ) async -> [DeliveryRecord] {
        do {
            try await transport.settle()
            return results
        } catch {
            let sent = results.count { $0.result == .sent }
            round.sent -= sent
            round.left += sent
            round.reasons.append(error.reason)
            return results.filter { $0.result != .sent }
        }
    }

    private func outbox() async throws(ApplyProblem) -> [OutboxEntry] {
        do { return try await store.outbox() } catch { throw .store(error) }
    }

    private func identity() async throws(ApplyProblem) -> StoreIdentity {
        let identity: StoreIdentity
        do { identity = try await store.identity() } catch { throw .store(error) }
        guard identity.underTestClock || !underTestClock else { throw .store(.clock) }
        return identity
    }

    private func record(_ results: [DeliveryRecord]) async throws(ApplyProblem) {
        guard !results.isEmpty else { return }
        do { try await store.recordDelivery(results) } catch { throw .store(error) }
    }

    private func key(of identity: StoreIdentity) throws(ApplyProblem) -> InvitationKey {
        do { return try keys.checked(against: identity.keyFingerprint) } catch { throw .key(error) }
    }
}
