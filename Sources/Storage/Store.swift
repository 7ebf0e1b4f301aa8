package import AccessModel

/// What can be read from a store. Whoever plans is handed no more than this.
///
/// Every function reads one consistent state. `async` says that it waits on the world.
package protocol StoreReader: Sendable {
    /// Everything a plan needs: all access, the newest invitation of each scope, what was last
    /// applied (`managed` for the named project), and what others changed since.
    func snapshot(project: String) async throws(StoreError) -> ObservedState

    /// The same but for the users of identities, of whom it says what they amount to; `nil` where
    /// only a snapshot will do.
    ///
    /// - Parameter entries: Of a survey since which nobody wrote, and which found the recorder
    ///   without faults: no user is read then.
    func survey(
        project: String, knowing entries: [IdentityCode: StoreSurvey.Entry]?
    ) async throws(StoreError) -> StoreSurvey?

    /// The enabled users of these identities who are no admins of theirs.
    func rosters(
        of identities: Set<IdentityCode>
    ) async throws(StoreError) -> [IdentityCode: Roster]

    /// The state of a survey with these people, wherever they are users, and of the others how many
    /// there are. That nobody wrote since the survey is for the caller to make sure of (`mark`).
    ///
    /// - Parameter declared: Where people are declared to be users: how they were invited there
    ///   before matters too.
    func state(
        _ survey: StoreSurvey, people: Set<EmailAddress>, declared: [IdentityCode: [EmailAddress]]
    ) async throws(StoreError) -> ObservedState

    /// The invitation whose newest token has this SHA-256 (lower-case hexadecimal), live or not.
    func invitation(tokenHash: String) async throws(StoreError) -> Invitation?

    /// The run that applied a plan, or `nil`.
    func run(plan: String) async throws(StoreError) -> RunRecord?

    /// The newest runs, newest first.
    func runs(limit: Int) async throws(StoreError) -> [RunRecord]

    /// Runs by number, ascending; numbers that no run has are left out.
    func runs(numbered numbers: Set<Int64>) async throws(StoreError) -> [RunRecord]

    /// What the audit says, in the order in which it happened.
    func audit(_ selection: AuditSelection) async throws(StoreError) -> [AuditEntry]

    /// All that others changed, settled or not, in the order in which it happened.
    func foreignRecords() async throws(StoreError) -> [ForeignRecord]

    /// Letters not yet delivered, oldest first. No other letter than those is looked into.
    func outbox(_ selection: OutboxSelection) async throws(StoreError) -> [OutboxEntry]

    /// Invitations by their ids, with what their accounts have to do with it; without those that
    /// are not there.
    func standing(of invitations: Set<String>) async throws(StoreError)
        -> [String: InvitationStanding]

    /// How many letters are not yet delivered, without a look into any.
    func outboxFigures() async throws(StoreError) -> OutboxFigures

    /// Proves later that nothing was written since; `nil` where the engine has no such proof, or
    /// somebody is just writing.
    func mark() async throws(StoreError) -> StoreMark?

    /// Which store this is, without a look at anybody's access.
    func identity() async throws(StoreError) -> StoreIdentity

    /// Recomputes the audit chain from its first entry, and looks for a hash that it should have.
    func verifyAudit(expecting head: String?) async throws(StoreError) -> AuditVerification
}

/// A store that can be written. Laws, which `StorageConformance` checks of every store:
/// a commit happens wholly or not at all; what a snapshot then shows is the earlier snapshot with
/// `Planning`'s simulation of the same steps; the serial grows by one with each commit that has
/// access steps; the audit chain verifies.
package protocol Store: StoreReader {
    /// Waits up to `timeout` seconds for the store's lock; `StoreError.locked` tells who has it.
    func lock(holder: LockHolder, timeout: Int64) async throws(StoreError) -> any StoreLock

    /// One transaction. The lock must be held.
    ///
    /// - Throws: `.stale` when the store's id or serial is not `commit.base`; `.outcomeUnknown`
    ///   when the answer was lost.
    func commit(_ commit: Commit) async throws(StoreError) -> CommitOutcome

    /// Begins to write and takes it back: throws what would keep a commit from beginning now, as
    /// far as the engine tells. Leaves nothing.
    func rehearse() async throws(StoreError)

    /// Takes those letters in hand that nobody else has, and gives back all that the claimant now
    /// has. Unsent letters are claimed until they are recorded, or the claim lapses. Again by the
    /// same claimant, it prolongs. No access changes; the serial stays.
    func claimLetters(_ claim: LetterClaim) async throws(StoreError) -> Set<String>

    /// Records that letters left, or why one did not, and ends the claims on them. No access
    /// changes; the serial stays.
    func recordDelivery(_ results: [DeliveryRecord]) async throws(StoreError)

    /// Removes letters from the outbox without sending them; gives back how many there were.
    func dropLetters(_ ids: [String], run: RunRecord) async throws(StoreError) -> Int

    /// One transaction that erases a person's data from the past: audit, runs, letters,
    /// invitations, recorded changes. It is a run of its own, with an entry for each entry and run
    /// that it changed, so that the chain still holds. The serial stays. The lock must be held.
    ///
    /// - Throws: `.failed` when the person has an account or a place.
    func forget(_ request: ForgetRequest) async throws(StoreError) -> ForgetOutcome

    /// Rewrites what the engine keeps in its files, so that no byte is left there of what was
    /// erased.
    func reclaim() async throws(StoreError)
}

/// Which entries of the audit are asked for.
package enum AuditSelection: Hashable, Sendable {
    /// Everything that one run did.
    case run(Int64)
    /// All that ever happened to these objects and to their parts: a membership takes its grants
    /// along, a tenant its available roles.
    case objects([Address])
}

package struct StoreIdentity: Hashable, Sendable {
    package var origin: ObservedState.Origin
    /// The fingerprint of the invitation key in use; `nil` before the first invitation.
    package var keyFingerprint: String?
    /// It was created under `MUSTER_CLOCK`.
    package var underTestClock: Bool

    package init(
        origin: ObservedState.Origin, keyFingerprint: String?, underTestClock: Bool
    ) {
        self.origin = origin
        self.keyFingerprint = keyFingerprint
        self.underTestClock = underTestClock
    }
}

/// Held until `release()`, or until the process ends.
package protocol StoreLock: Sendable {
    func release() async
}

package struct LockHolder: Hashable, Sendable {
    package var actor: String
    package var systemUser: String
    package var host: String
    package var process: Int32
    package var since: Instant

    package init(actor: String, systemUser: String, host: String, process: Int32, since: Instant) {
        self.actor = actor
        self.systemUser = systemUser
        self.host = host
        self.process = process
        self.since = since
    }
}

/// The world failed. `Presentation` makes the sentence.
package enum StoreError: Error, Hashable, Sendable {
    /// No store there, and the actor may not begin one.
    case absent(String)
    case unreachable(String, reason: String)
    /// Something else lies where the store should be, or it is cut or damaged.
    case notAStore(String, reason: String)
    case damaged(String, reason: String)
    /// E303
    case newer(found: Int, known: Int)
    /// Group- or world-writable.
    case insecure(String, reason: String)
    /// E306
    case trackedByGit(String)
    /// There is something where a new store should be.
    case taken(String)
    /// E302
    case locked(LockHolder?)
    case readOnly(String)
    case full(String)
    /// The store moved between reading and writing.
    case stale
    /// The answer to the commit was lost.
    case outcomeUnknown(String)
    /// Made under `MUSTER_CLOCK` or not, and the present run is the other way.
    case clock
    case failed(String)
}
