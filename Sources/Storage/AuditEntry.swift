internal import AccessModel
internal import Planning

/// One audited step. What it says of people is apart from its place in the chain: the chain holds a
/// salted digest of it, so that it can be erased one day without breaking the chain.
package struct AuditEntry: Hashable, Sendable {
    /// From 1, without a gap.
    package var sequence: Int64
    package var run: Int64
    /// Who the step belongs to: the run's actor, or the grantor.
    package var actor: String
    package var address: String
    /// A change kind, or the name of another step.
    package var kind: String
    /// Why the plan had it; `nil` for steps without a plan.
    package var reason: String?
    /// JSON.
    package var before: String?
    package var after: String?
    /// The declared reason.
    package var comment: String?

    package init(
        sequence: Int64, run: Int64, actor: String, address: String, kind: String,
        reason: String? = nil, before: String? = nil, after: String? = nil, comment: String? = nil
    ) {
        self.sequence = sequence
        self.run = run
        self.actor = actor
        self.address = address
        self.kind = kind
        self.reason = reason
        self.before = before
        self.after = after
        self.comment = comment
    }

    /// The entry of a step; `nil` for steps that are not audited.
    package init?(_ step: Step, sequence: Int64, run: RunRecord) {
        var values: AuditedValues = (nil, nil)
        var actor = run.actor
        var reason: String?
        var comment: String?
        let address: Address
        let kind: String
        switch step {
        case .change(let change, let text):
            (address, kind, values) = (
                change.address, change.kind.rawValue, change.action.auditedValues
            )
            (actor, reason, comment) = (change.actor.text, change.reason.rawValue, text)
        case .account(let account):
            (address, kind) = (.account(account.email), "recordAccount")
            values.after = .fields([
                "profile": .profile(account.profile), "state": .text(account.state.rawValue),
                "blocked": .flag(account.blocked), "automation": .flag(account.automation),
            ])
        case .membership(let tenant, let email, let membership):
            (address, kind) = (.membership(tenant, email), "recordMembership")
            values.after = .grants(membership.grants)
        case .user(let code, let email, let user):
            (address, kind) = (.identityUser(code, email), "recordIdentityUser")
            values.after = .fields([
                "admin": .flag(user.admin), "roles": .names(user.roles),
                "enabled": .flag(user.enabled),
            ])
        case .activate(let email, let profile):
            (address, kind) = (.account(email), "activateAccount")
            values.after = .fields(["profile": .profile(profile)])
        case .join(let scope): (address, kind) = (scope.address, "join")
        case .invitation(let scope, let state):
            (address, kind) = (scope.address, "setInvitation")
            values.after = .fields(["state": .text(state.rawValue)])
        case .issue, .letter: return nil
        }
        self.init(
            sequence: sequence, run: run.number, actor: actor, address: address.text, kind: kind,
            reason: reason, before: values.before?.json, after: values.after?.json, comment: comment
        )
    }
}

extension Step {
    /// Moves the store's serial.
    package var isAccess: Bool {
        switch self {
        case .change, .account, .membership, .user, .activate, .join, .invitation, .issue: true
        case .letter: false
        }
    }

    var isAudited: Bool {
        switch self {
        case .change, .account, .membership, .user, .activate, .join, .invitation: true
        case .issue, .letter: false
        }
    }
}

extension Commit {
    /// The run with its number and what the store counts.
    package func numberedRun(_ number: Int64) -> RunRecord {
        var run = run
        run.number = number
        run.changes = steps.count(where: \.isAudited)
        run.letters = steps.count { if case .letter = $0 { true } else { false } }
        return run
    }
}
