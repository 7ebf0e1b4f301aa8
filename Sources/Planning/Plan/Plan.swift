package import AccessModel

/// Why a change is in a plan.
package enum Reason: String, Hashable, Sendable, CaseIterable {
    case declared, undeclared, drift, expired, invitationExpired, cascade, lastMembership
    case renamed, requested
}

/// One step of a plan.
package struct Change: Hashable, Sendable {
    /// Its place in the plan, from 1.
    package var id: Int
    package var action: Action
    /// The run's actor, or the grantor that a membership names.
    package var actor: Actor
    package var reason: Reason
    package var mail: MailKind?
    /// Any permission, a sensitive role, identity admin, unblock.
    package var privileged: Bool
    /// The steps that must have been done, by id, sorted.
    package var dependsOn: [Int]

    package init(
        id: Int = 0, action: Action, actor: Actor, reason: Reason, mail: MailKind? = nil,
        privileged: Bool = false, dependsOn: [Int] = []
    ) {
        self.id = id
        self.action = action
        self.actor = actor
        self.reason = reason
        self.mail = mail
        self.privileged = privileged
        self.dependsOn = dependsOn
    }

    package var kind: ChangeKind { action.kind }
    package var address: Address { action.address }
    package var destructive: Bool { kind.isDestructive }
}

package struct PlanSummary: Hashable, Sendable {
    package var add = 0
    package var change = 0
    package var remove = 0
    /// People who get one.
    package var mails = 0
    package var unchanged = 0
    package var awaiting = 0
    package var unmanaged = 0

    package init() {}
}

/// What the command line allowed beyond the guards.
package struct Allowances: Hashable, Sendable {
    package var removals: Int?
    package var revocations: Int?
    package var mails: Int?
    package var selfRemoval: Bool
    package var permissionExtinction: Bool

    package init(
        removals: Int? = nil, revocations: Int? = nil, mails: Int? = nil, selfRemoval: Bool = false,
        permissionExtinction: Bool = false
    ) {
        self.removals = removals
        self.revocations = revocations
        self.mails = mails
        self.selfRemoval = selfRemoval
        self.permissionExtinction = permissionExtinction
    }
}

/// An ordered and simulated plan: the contract between review and apply.
package struct Plan: Hashable, Sendable {
    package var actor: Actor
    package var at: Instant
    package var allow: Allowances
    package var changes: [Change]
    package var notes: [PlanNote]
    package var findings: [Finding]
    package var summary: PlanSummary
    /// False when `--tenant`, `--identity` or `--expired` left something out.
    package var complete: Bool

    package init(
        actor: Actor, at: Instant, allow: Allowances = Allowances(), changes: [Change] = [],
        notes: [PlanNote] = [], findings: [Finding] = [], summary: PlanSummary = PlanSummary(),
        complete: Bool = true
    ) {
        self.actor = actor
        self.at = at
        self.allow = allow
        self.changes = changes
        self.notes = notes
        self.findings = findings
        self.summary = summary
        self.complete = complete
    }
}
