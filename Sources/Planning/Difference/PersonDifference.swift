import AccessModel

extension Difference {
    /// Profiles and blocks of the people who have a document of their own.
    mutating func comparePeople() {
        for person in desired.admins {
            guard let account = observed.accounts[person.email], isKnown(person.email) else {
                guard person.blocked == true, isBeingAdded(person.email) else { continue }
                if isOperator {
                    draft.propose(.blockAccount(person.email), .declared)
                } else {
                    draft.findings.append(.blockIsTheOperators(person.email, declared: true))
                }
                continue
            }
            compareBlock(of: person, account)
            guard !isLeaving(person) else { continue }
            compareProfile(of: person, account)
        }
        warnOfReplacements()
    }

    private func isBeingAdded(_ email: EmailAddress) -> Bool {
        draft.proposals.contains { proposal in
            proposal.action.address.person == email && proposal.action.kind.symbol == .add
        }
    }

    private func isLeaving(_ person: DesiredAdmin) -> Bool {
        person.expires.map { $0 <= request.at } ?? false
    }

    /// an existing account's details are its own.
    private mutating func compareProfile(of person: DesiredAdmin, _ account: Account) {
        guard let (before, after) = account.profile.difference(to: person.profile) else { return }
        guard account.state == .invited else {
            return draft.findings.append(
                .detailsDiffer(person.email, before, after, tell: mayKnow(person.email)))
        }
        let isDrift = foreign.altered(.account(person.email), from: after.texts)
        draft.propose(
            .updateProfile(person.email, before: before, after: after),
            foreign.reason(isDrift, else: .declared))
    }

    /// blocking is the operator's.
    private mutating func compareBlock(of person: DesiredAdmin, _ account: Account) {
        guard let blocked = person.blocked, blocked != account.blocked else { return }
        guard isOperator else {
            return draft.findings.append(.blockIsTheOperators(person.email, declared: blocked))
        }
        let isDrift = foreign.altered(
            .account(person.email), from: ["blocked": blocked ? "true" : "false"])
        draft.propose(
            blocked ? .blockAccount(person.email) : .unblockAccount(person.email),
            foreign.reason(isDrift, else: .declared))
    }

    /// W235: somebody goes and somebody with the same name comes.
    private mutating func warnOfReplacements() {
        var leavers: [[String]: EmailAddress] = [:]
        for proposal in draft.proposals where proposal.reason != .renamed {
            guard case .removeAdmin(_, let email, _) = proposal.action,
                let profile = observed.accounts[email]?.profile,
                let first = profile.firstName, let last = profile.lastName, mayKnow(email)
            else { continue }
            leavers[[first, last]] = min(leavers[[first, last]] ?? email, email)
        }
        guard !leavers.isEmpty else { return }
        var told: Set<EmailAddress> = []
        for proposal in draft.proposals {
            guard case .inviteAdmin(let tenant, let email, _, let new) = proposal.action,
                let first = new.profile.firstName, let last = new.profile.lastName,
                let old = leavers[[first, last]], told.insert(email).inserted
            else { continue }
            draft.findings.append(.looksLikeRename(.membership(tenant, email), from: old))
        }
    }
}

extension Profile {
    /// As the store's recorder writes fields.
    var texts: [String: String?] {
        var texts: [String: String?] = [:]
        if let firstName { texts["firstName"] = firstName }
        if let lastName { texts["lastName"] = lastName }
        if let mobile { texts["mobile"] = mobile }
        if let language { texts["language"] = language }
        return texts
    }
}
