internal import AccessModel
internal import Planning

/// What a `MemoryStore` holds; a commit makes the next value of it or none.
struct MemoryContents {
    /// An invitation with the hash of its newest token, in the order of their newest issue.
    struct Issued {
        var invitation: Invitation
        var tokenHash: String
    }

    var origin: ObservedState.Origin
    let underTestClock: Bool
    var access = ObservedState()
    var issued: [Issued] = []
    var settings: [String: String] = [:]
    var managed: [String: Set<Address>] = [:]
    var keyFingerprint: String?
    var outbox: [OutboxEntry] = []
    /// When the claims on letters lapse, by letter.
    var claims: [String: Instant] = [:]
    var sent: Set<String> = []
    var runs: [SealedRun] = []
    var audit: [ChainedEntry] = []

    init(origin: ObservedState.Origin, underTestClock: Bool) {
        self.origin = origin
        self.underTestClock = underTestClock
    }

    func snapshot(project: String) -> ObservedState {
        var state = access
        state.origin = origin
        state.memberships = state.memberships.filter { !$0.value.isEmpty }
        state.identityUsers = state.identityUsers.filter { !$0.value.isEmpty }
        state.invitations = NewestInvitations(issued.map(\.invitation))
        state.settings = settings
        state.managed = managed[project] ?? []
        return state
    }

    mutating func commit(
        _ commit: Commit, chain: AuditChain, salt: () -> String
    ) throws(StoreError) {
        let run = commit.numberedRun(Int64(runs.count) + 1)
        let sealed = chain.sealed(run, salt: salt())
        let seal = chain.seal(sealed)
        for step in commit.steps {
            if let objection = StepLaws.objection(to: step, in: access) { throw .failed(objection) }
            try apply(step, commit)
            let sequence = Int64(audit.count) + 1
            guard let entry = AuditEntry(step, sequence: sequence, run: run) else { continue }
            let previous = audit.last?.link.hash ?? AuditChain.start
            let grain = salt()
            audit.append(
                ChainedEntry(
                    entry: entry, salt: grain, previous: previous,
                    link: chain.link(entry, after: previous, run: seal, salt: grain)))
        }
        runs.append(sealed)
        if commit.steps.contains(where: \.isAccess) { origin.serial += 1 }
        if let replacement = commit.settings { settings = replacement }
        if let replacement = commit.managed { managed[run.project] = replacement }
        if let fingerprint = commit.keyFingerprint { keyFingerprint = fingerprint }
    }

    private mutating func apply(_ step: Step, _ commit: Commit) throws(StoreError) {
        switch step {
        case .change(let change, _):
            if let rename = change.action.rename { follow(rename) }
            access.apply(change.action, acceptance: commit.acceptance)
            closeInvitations(after: change.action)
        case .account(let account): access.accounts[account.email] = account
        case .membership(let tenant, let email, let membership):
            access.memberships[tenant, default: [:]][email] = membership
        case .user(let code, let email, let user):
            access.identityUsers[code, default: [:]][email] = user
        case .activate(let email, let profile):
            guard let account = access.accounts[email] else { return }
            access.accounts[email]?.state = .activated
            access.accounts[email]?.profile = profile.overridden(by: account.profile)
        case .join(.membership(let tenant, let email)):
            access.memberships[tenant]?[email]?.pending = false
        case .join(.identityUser(let code, let email)):
            access.identityUsers[code]?[email]?.pending = false
        case .invitation(let scope, let state):
            guard let place = issued.lastIndex(where: { $0.invitation.scope == scope }) else {
                return
            }
            issued[place].invitation.state = state
        case .issue(let invitation, let tokenHash):
            close { $0 == invitation.scope }
            issued.removeAll { $0.invitation.id == invitation.id }
            issued.append(Issued(invitation: invitation, tokenHash: tokenHash))
        case .letter(let letter):
            guard !sent.contains(letter.id), !outbox.contains(where: { $0.letter.id == letter.id })
            else { throw .failed("letter \(letter.id) was queued before") }
            outbox.append(OutboxEntry(letter: letter, run: Int64(runs.count) + 1))
        }
    }

    /// A scope that is gone takes its invitation with it, if that could still be answered, or sent
    /// again.
    private mutating func closeInvitations(after action: Action) {
        switch action {
        case .removeAdmin(let tenant, let email, _): close { $0 == .membership(tenant, email) }
        case .removeIdentityUser(let code, let email, _):
            close { $0 == .identityUser(code, email) }
        case .deleteTenant(let tenant): close { $0.address.tenant == tenant.name }
        case .deleteIdentity(let identity): close { $0.address.identity == identity.code }
        default: break
        }
    }

    private mutating func close(_ isGone: (Scope) -> Bool) {
        for place in issued.indices where isGone(issued[place].invitation.scope) {
            switch issued[place].invitation.state {
            case .live, .undeliverable: issued[place].invitation.state = .closed
            case .accepted, .declined, .revoked, .closed: break
            }
        }
    }

    /// What is left of an earlier bearer of the new name gives way.
    private mutating func follow(_ rename: Rename) {
        let moving = issued.filter {
            $0.invitation.scope.following(rename) != $0.invitation.scope
        }
        let targets = Set(moving.map { $0.invitation.scope.following(rename) })
        issued.removeAll { targets.contains($0.invitation.scope) }
        for place in issued.indices {
            issued[place].invitation.scope = issued[place].invitation.scope.following(rename)
        }
        managed = managed.mapValues { Set($0.map { $0.following(rename) }) }
    }

    mutating func claim(_ claim: LetterClaim) -> Set<String> {
        let wanted = Set(claim.letters)
        var held: Set<String> = []
        for place in outbox.indices {
            let id = outbox[place].letter.id
            if let holder = outbox[place].claimant, claim.ended.contains(holder) {
                outbox[place].claimant = nil
            }
            let isLapsed = claims[id].map { $0 <= claim.at } ?? true
            let isMine = outbox[place].claimant == claim.claimant
            let isFree = outbox[place].claimant == nil || isMine || isLapsed
            if wanted.contains(id), isFree, !outbox[place].undeliverable {
                outbox[place].claimant = claim.claimant
                claims[id] = claim.until
                held.insert(id)
            } else if isMine, !isLapsed {
                held.insert(id)
            }
        }
        return held
    }

    mutating func record(_ delivery: DeliveryRecord) {
        guard let place = outbox.firstIndex(where: { $0.letter.id == delivery.letter }) else {
            return
        }
        outbox[place].claimant = nil
        switch delivery.result {
        case .sent, .failed, .undeliverable: outbox[place].attempts += 1
        case .postponed, .obsolete: break
        }
        switch delivery.result {
        case .sent:
            sent.insert(delivery.letter)
            outbox.remove(at: place)
        case .failed(let reason, let retryAt, let outage):
            outbox[place].lastError = reason
            outbox[place].nextAttempt = retryAt
            outbox[place].outages += outage ? 1 : 0
        case .postponed(let reason, let retryAt):
            outbox[place].lastError = reason
            outbox[place].nextAttempt = retryAt
        case .obsolete: outbox.remove(at: place)
        case .undeliverable(let reason):
            outbox[place].lastError = reason
            outbox[place].nextAttempt = nil
            outbox[place].undeliverable = true
            for told in outbox[place].letter.places { giveUp(told) }
        }
    }

    /// Only the generation that the letter told of: a newer link is not its business.
    private mutating func giveUp(_ told: Letter.Place) {
        for place in issued.indices
        where issued[place].invitation.id == told.invitation
            && issued[place].invitation.generation == told.generation
            && issued[place].invitation.state == .live
        {
            issued[place].invitation.state = .undeliverable
        }
    }
}
