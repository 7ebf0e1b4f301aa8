package import AccessModel
package import Planning

/// Who did something, when, and on whose machine. Claims, but for what the store itself knows.
package struct RunRecord: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case apply, `import`, accept, decline, resend, revoke, drop, forget
    }

    /// Its number in the store, from 1; 0 before it is committed.
    package var number: Int64
    package var kind: Kind
    /// An address, or `operator`.
    package var actor: String
    package var at: Instant
    package var project: String
    package var systemUser: String
    package var host: String
    /// The CI run, as its environment names it.
    package var ci: String?
    /// The git commit of the manifests.
    package var commit: String?
    /// The plan's id, `sha256:…`.
    package var plan: String?
    /// Counted by the store: changes of access, letters queued.
    package var changes: Int
    package var letters: Int

    package init(
        number: Int64 = 0, kind: Kind, actor: String, at: Instant, project: String,
        systemUser: String, host: String, ci: String? = nil, commit: String? = nil,
        plan: String? = nil, changes: Int = 0, letters: Int = 0
    ) {
        self.number = number
        self.kind = kind
        self.actor = actor
        self.at = at
        self.project = project
        self.systemUser = systemUser
        self.host = host
        self.ci = ci
        self.commit = commit
        self.plan = plan
        self.changes = changes
        self.letters = letters
    }
}

/// One step of a commit. Steps of access are audited, one entry each, in their order.
package enum Step: Hashable, Sendable {
    /// A change of a plan; `comment` is the declared reason and goes into the audit entry.
    case change(Change, comment: String?)
    /// An account as an import states it; replaces the one of that address.
    case account(Account)
    case membership(TenantName, EmailAddress, Membership)
    case user(IdentityCode, EmailAddress, IdentityUser)
    /// The account becomes Activated; the profile fills in what is missing, never more.
    case activate(EmailAddress, filling: Profile)
    /// A pending place becomes an active one.
    case join(Scope)
    /// The newest invitation of the scope gets this state.
    case invitation(Scope, Invitation.State)
    /// A new invitation or a new generation of one. Not audited: the hash of its token stays here.
    case issue(Invitation, tokenHash: String)
    /// Queued unsent. Not audited.
    case letter(Letter)
}

/// Everything that one transaction does.
package struct Commit: Sendable {
    package var run: RunRecord
    /// The store that the steps were computed from; `nil` begins a new one.
    package var base: ObservedState.Origin?
    /// For a new store: its id, and whether the clock is `MUSTER_CLOCK`.
    package var newStoreID: String
    package var underTestClock: Bool
    package var steps: [Step]
    /// Must an existing account accept a new membership?
    package var acceptance: InvitationSettings.Acceptance
    /// Replaces the settings last applied; `nil` keeps them.
    package var settings: [String: String]?
    /// Replaces what this project manages; `nil` keeps it.
    package var managed: Set<Address>?
    package var keyFingerprint: String?
    /// The run has seen why the record of others' changes cannot be trusted, and has looked at all
    /// access: the recorder is put back, and what is there now is what Muster left.
    package var beginsRecordAnew: Bool

    package init(
        run: RunRecord, base: ObservedState.Origin?, newStoreID: String = "",
        underTestClock: Bool = false, steps: [Step],
        acceptance: InvitationSettings.Acceptance = .implicit, settings: [String: String]? = nil,
        managed: Set<Address>? = nil, keyFingerprint: String? = nil,
        beginsRecordAnew: Bool = false
    ) {
        self.run = run
        self.base = base
        self.newStoreID = newStoreID
        self.underTestClock = underTestClock
        self.steps = steps
        self.acceptance = acceptance
        self.settings = settings
        self.managed = managed
        self.keyFingerprint = keyFingerprint
        self.beginsRecordAnew = beginsRecordAnew
    }
}

package struct CommitOutcome: Hashable, Sendable {
    package var run: Int64
    package var origin: ObservedState.Origin
    /// The audit chain's newest hash, to be kept elsewhere by whoever wants proof of its tail.
    package var auditHead: String

    package init(run: Int64, origin: ObservedState.Origin, auditHead: String) {
        self.run = run
        self.origin = origin
        self.auditHead = auditHead
    }
}

package struct OutboxEntry: Hashable, Sendable {
    package var letter: Letter
    package var run: Int64
    package var attempts: Int
    package var nextAttempt: Instant?
    package var lastError: String?
    package var undeliverable: Bool
    /// How many of the attempts failed because nothing at all could be delivered.
    package var outages: Int
    /// Who has it in hand, while the claim lasts.
    package var claimant: String?

    package init(
        letter: Letter, run: Int64, attempts: Int = 0, nextAttempt: Instant? = nil,
        lastError: String? = nil, undeliverable: Bool = false, outages: Int = 0,
        claimant: String? = nil
    ) {
        self.letter = letter
        self.run = run
        self.attempts = attempts
        self.outages = outages
        self.claimant = claimant
        self.nextAttempt = nextAttempt
        self.lastError = lastError
        self.undeliverable = undeliverable
    }
}

/// Takes letters in hand, so that two senders never send one letter.
package struct LetterClaim: Hashable, Sendable {
    package var letters: [String]
    /// Unlike any other.
    package var claimant: String
    /// By the clock on the wall, whatever the present of the run is.
    package var at: Instant
    /// When the claim lapses, unless it is made again.
    package var until: Instant
    /// Claimants that are known to be gone; what they had is free.
    package var ended: [String]

    package init(
        letters: [String], claimant: String, at: Instant, until: Instant, ended: [String] = []
    ) {
        self.letters = letters
        self.claimant = claimant
        self.at = at
        self.until = until
        self.ended = ended
    }
}

package struct DeliveryRecord: Hashable, Sendable {
    package enum Result: Hashable, Sendable {
        case sent
        /// An outage is the delivery's failure, not this letter's.
        case failed(reason: String, retryAt: Instant, outage: Bool = false)
        /// Not tried, because the delivery failed for letters before it.
        case postponed(reason: String, retryAt: Instant)
        /// Taken out of the outbox: what it tells of has ended.
        case obsolete
        /// Given up for good; its invitations become undeliverable (W243).
        case undeliverable(reason: String)
    }

    package var letter: String
    package var at: Instant
    package var result: Result

    package init(letter: String, at: Instant, result: Result) {
        self.letter = letter
        self.at = at
        self.result = result
    }
}

package struct AuditVerification: Hashable, Sendable {
    package var entries: Int64
    /// The newest hash, lower-case hexadecimal.
    package var head: String
    /// How many entries had personal data that was erased; what they say now is vouched for.
    package var erased: Int64 = 0
    /// The first entry that does not fit, and why.
    package var broken: Break?
    /// Whether the expected hash is in the chain; `nil` when none was expected.
    package var containsExpected: Bool?

    package struct Break: Hashable, Sendable {
        package var sequence: Int64
        package var reason: String

        package init(sequence: Int64, reason: String) {
            self.sequence = sequence
            self.reason = reason
        }
    }

    package init(entries: Int64, head: String, broken: Break? = nil) {
        self.entries = entries
        self.head = head
        self.broken = broken
    }
}
