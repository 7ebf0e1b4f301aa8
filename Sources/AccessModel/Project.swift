/// The settings of a project: its `muster.yaml`.
package struct Project: Hashable, Sendable {
    /// Letters become files, and nobody receives them.
    package static let defaultDelivery = "maildir:" + defaultMailFolder
    package static let defaultMailFolder = ".muster/mail"

    package var name: String
    /// `sqlite:PATH` or `postgres://…`; `nil` when the manifest leaves it to the environment.
    package var store: String?
    package var invitations: InvitationSettings
    /// `nil` when the manifest names none: then it is `defaultDelivery`.
    package var delivery: String?
    package var ignore: [String]
    package var guards: Guards
    package var limits: [String: Int]

    package init(
        name: String, store: String? = nil, invitations: InvitationSettings = InvitationSettings(),
        delivery: String? = nil, ignore: [String] = [], guards: Guards = Guards(),
        limits: [String: Int] = [:]
    ) {
        self.name = name
        self.store = store
        self.invitations = invitations
        self.delivery = delivery
        self.ignore = ignore
        self.guards = guards
        self.limits = limits
    }
}

package struct InvitationSettings: Hashable, Sendable {
    package enum JoinMail: String, Hashable, Sendable, CaseIterable { case send, silent }
    /// Is somebody told whose access ends?
    package enum RemovedMail: String, Hashable, Sendable, CaseIterable { case send, silent }
    /// Must an existing account accept a new membership?
    package enum Acceptance: String, Hashable, Sendable, CaseIterable { case implicit, required }

    /// A mailbox as RFC 5322 section 3.4 has it: `Acme Access <access@acme.example>`.
    package var from: String?
    package var acceptURL: String?
    /// In seconds.
    package var expireAfter: Int64
    /// How often an expired invitation is sent again without being asked.
    package var resendAfterExpiry: Int
    package var joinMail: JoinMail
    package var removedMail: RemovedMail
    package var acceptance: Acceptance
    package var language: String

    package init(
        from: String? = nil, acceptURL: String? = nil, expireAfter: Int64 = 7 * 86_400,
        resendAfterExpiry: Int = 3, joinMail: JoinMail = .send, removedMail: RemovedMail = .silent,
        acceptance: Acceptance = .implicit, language: String = "en"
    ) {
        self.from = from
        self.acceptURL = acceptURL
        self.expireAfter = expireAfter
        self.resendAfterExpiry = resendAfterExpiry
        self.joinMail = joinMail
        self.removedMail = removedMail
        self.acceptance = acceptance
        self.language = language
    }
}

/// How much one plan may take away, and what must remain.
package struct Guards: Hashable, Sendable {
    /// The smaller of a count and a percentage of what is there, rounded down; one is always
    /// allowed.
    package struct Allowance: Hashable, Sendable {
        package var count: Int
        package var percent: Int

        package init(count: Int, percent: Int) {
            self.count = count
            self.percent = percent
        }

        /// How many of `present` may go.
        package func limit(of present: Int) -> Int {
            max(1, min(count, present * percent / 100))
        }
    }

    package var maxRemovals: Allowance
    package var maxRevocations: Allowance
    package var maxMails: Int
    /// `nil` when the manifest does not state it; then 1 holds for steps, and nothing for
    /// declarations.
    package var minDelegatedAdmins: Int?
    package var minIdentityAdmins: Int?
    package var requiredAdmins: SortedSet<EmailAddress>

    package init(
        maxRemovals: Allowance = Allowance(count: 5, percent: 25),
        maxRevocations: Allowance = Allowance(count: 10, percent: 50), maxMails: Int = 500,
        minDelegatedAdmins: Int? = nil, minIdentityAdmins: Int? = nil,
        requiredAdmins: SortedSet<EmailAddress> = []
    ) {
        self.maxRemovals = maxRemovals
        self.maxRevocations = maxRevocations
        self.maxMails = maxMails
        self.minDelegatedAdmins = minDelegatedAdmins
        self.minIdentityAdmins = minIdentityAdmins
        self.requiredAdmins = requiredAdmins
    }
}
