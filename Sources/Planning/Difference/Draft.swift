import AccessModel

/// A change that the difference asks for, before it has its place in the order.
struct Proposal: Hashable, Sendable {
    var action: Action
    var reason: Reason
    var mail: MailKind?
    /// Whom the membership names as the grantor of its grants and revocations.
    var grantor: EmailAddress?
}

/// What the difference between two states comes to.
struct Draft: Sendable {
    var proposals: [Proposal] = []
    var notes: [PlanNote] = []
    var findings: [Finding] = []

    mutating func propose(
        _ action: Action, _ reason: Reason, mail: MailKind? = nil, grantor: EmailAddress? = nil
    ) {
        proposals.append(Proposal(action: action, reason: reason, mail: mail, grantor: grantor))
    }

    mutating func note(_ kind: PlanNote.Kind, _ address: Address, _ message: String) {
        notes.append(PlanNote(kind: kind, address: address, message: message))
    }

    /// Takes over a part in which nothing may be changed: its proposals become notes.
    mutating func observe(_ part: Draft) {
        notes += part.notes
        findings += part.findings.filter { !$0.isError }
        for proposal in part.proposals {
            note(
                .observed, proposal.action.address,
                "would be \(proposal.action.kind.rawValue), but this is only observed")
        }
    }

    mutating func append(_ part: Draft) {
        proposals += part.proposals
        notes += part.notes
        findings += part.findings
    }
}
