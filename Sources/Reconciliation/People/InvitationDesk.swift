package import AccessModel
import Invitations
package import Planning
package import Storage

/// accepting an invitation, and handling invitations by hand.
package struct InvitationDesk: Sendable {
    let store: any Store
    let keys: any InvitationKeySource
    let context: RunContext
    let project: Project

    package init(
        store: any Store, keys: any InvitationKeySource, context: RunContext, project: Project
    ) {
        self.store = store
        self.keys = keys
        self.context = context
        self.project = project
    }

    /// Why an invitation was not touched.
    package enum Problem: Error, Sendable {
        /// One and the same for unknown, used, expired and revoked tokens.
        case invalidToken
        case store(StoreError)
        case key(KeyProblem)
        /// There is no such open invitation.
        case noneOpen(String)
        /// The actor may not (the finding says why).
        case refused(Finding)
    }

    /// What an acceptance opened.
    package struct Accepted: Hashable, Sendable {
        package var email: EmailAddress
        package var places: [Scope]
        /// Roles that are no longer available, and were dropped.
        package var dropped: [Address]
    }

    /// Accepts under the lock, which must be held. The first acceptance activates the account and
    /// all memberships that waited for it; an Activated account accepts the token's own scope only.
    package func accept(token: String, filling: Profile = Profile()) async throws(Problem)
        -> Accepted
    {
        let (invitation, account, observed) = try await open(token)
        let email = account.email
        var steps: [Step] = []
        let scopes = observed.scopes(answeredBy: invitation)
        if account.state == .invited { steps.append(.activate(email, filling: filling)) }
        var accepted = Accepted(email: email, places: scopes, dropped: [])
        for scope in scopes {
            for (tenant, role) in observed.unavailableRoles(in: scope) {
                let action = Action.unassignRole(tenant, email, role)
                accepted.dropped.append(action.address)
                steps.append(
                    .change(
                        Change(action: action, actor: .person(email), reason: .cascade),
                        comment: nil))
            }
            steps.append(.join(scope))
            if observed.invitations[scope] != nil {
                steps.append(.invitation(scope, scope == invitation.scope ? .accepted : .closed))
            }
        }
        try await commit(.accept, actor: email.canonical, observed, steps)
        return accepted
    }

    /// Says no under the lock, which must be held: to all that waits for a new account, as its one
    /// link accepts it all; else to the token's own scope. Only `resend` re-opens it.
    package func decline(token: String) async throws(Problem) -> [Scope] {
        let (invitation, account, observed) = try await open(token)
        let scopes = observed.scopes(answeredBy: invitation).filter {
            observed.invitations[$0]?.state == .live
        }
        try await commit(
            .decline, actor: account.email.canonical, observed,
            scopes.map { .invitation($0, .declined) })
        return scopes
    }

    /// Takes an invitation back that is live, or would be if its letter had arrived; only `resend`
    /// re-opens it. The lock must be held.
    package func revoke(
        _ email: EmailAddress, in place: Address?
    ) async throws(Problem) -> [Scope] {
        let observed = try await snapshot()
        let scopes = try openScopes(of: email, in: place, observed).filter { scope in
            let state = observed.invitations[scope]?.state
            return state == .live || state == .undeliverable
        }
        guard !scopes.isEmpty else { throw .noneOpen(email.canonical) }
        try authorize(scopes, observed)
        try await commit(
            .revoke, actor: context.actor.text, observed,
            scopes.map { .invitation($0, .revoked) })
        return scopes
    }

    /// Sends again, whatever became of the earlier link; that one is dead. The lock must be held.
    package func resend(
        _ email: EmailAddress, in place: Address?
    ) async throws(Problem) -> [(scope: Scope, token: String)] {
        let observed = try await snapshot()
        let scopes = try openScopes(of: email, in: place, observed)
        guard !scopes.isEmpty else { throw .noneOpen(email.canonical) }
        try authorize(scopes, observed)
        guard let account = observed.accounts[email], !account.blocked else {
            throw .refused(
                Finding(
                    "E262", scopes[0].address, "the account is blocked and cannot be invited.",
                    help: "Only the operator lifts a block."))
        }
        let mail: MailKind = account.state == .invited ? .createAccount : .join
        let changes = scopes.map { scope in
            Change(
                action: .resendInvitation(
                    scope, generation: observed.invitations[scope]?.generation ?? 0),
                actor: context.actor, reason: .requested, mail: mail)
        }
        let key = try await key()
        let issue = Issue(
            changes: changes, project: project, observed: observed,
            store: observed.origin?.id ?? "", key: key, context: context)
        try await commit(
            .resend, actor: context.actor.text, observed,
            changes.map { .change($0, comment: nil) } + issue.steps,
            fingerprint: issue.keyFingerprint)
        return issue.invitations.sorted { $0.key < $1.key }.map { scope, invitation in
            (
                scope,
                key.token(
                    store: issue.store, invitation: invitation.id,
                    generation: invitation.generation)
            )
        }
    }

    // MARK: - Parts

    /// The invitation of a token that can be answered, and the store that it was found in.
    private func open(
        _ token: String
    ) async throws(Problem) -> (Invitation, Account, ObservedState) {
        guard hasShapeOfToken(token) else { throw .invalidToken }
        let found = try await reading { () async throws(StoreError) in
            try await store.invitation(tokenHash: tokenHash(token))
        }
        guard let invitation = found, invitation.state == .live,
            !invitation.isExpired(at: context.now)
        else { throw .invalidToken }
        let observed = try await snapshot()
        guard let account = observed.accounts[invitation.scope.email], !account.blocked,
            observed.isPending(invitation.scope)
        else { throw .invalidToken }
        return (invitation, account, observed)
    }

    private func openScopes(
        of email: EmailAddress, in place: Address?, _ observed: ObservedState
    ) throws(Problem) -> [Scope] {
        observed.pendingScopes(of: email).filter { scope in
            guard let place else { return true }
            return scope.address.tenant.map(Address.tenant) == place
                || scope.address.identity.map(Address.identity) == place
        }
    }

    /// resending and revoking need `invite_admins`, or to be the identity's admin.
    private func authorize(_ scopes: [Scope], _ observed: ObservedState) throws(Problem) {
        guard case .person = context.actor else { return }
        let request = PlanRequest(
            desired: DesiredState(project: project), observed: observed, actor: context.actor,
            now: context.now)
        let changes = scopes.map { scope in
            Change(
                action: .resendInvitation(
                    scope, generation: observed.invitations[scope]?.generation ?? 0),
                actor: context.actor, reason: .requested)
        }
        if let finding = findings(repeating: changes, in: request).first { throw .refused(finding) }
    }

    private func commit(
        _ kind: RunRecord.Kind, actor: String, _ observed: ObservedState, _ steps: [Step],
        fingerprint: String? = nil
    ) async throws(Problem) {
        let commit = Commit(
            run: context.run(kind, project: project.name, actor: actor), base: observed.origin,
            underTestClock: context.underTestClock, steps: steps,
            acceptance: project.invitations.acceptance, keyFingerprint: fingerprint)
        _ = try await reading { () async throws(StoreError) in try await store.commit(commit) }
    }

    private func snapshot() async throws(Problem) -> ObservedState {
        try await reading { () async throws(StoreError) in
            try await store.snapshot(project: project.name)
        }
    }

    private func key() async throws(Problem) -> InvitationKey {
        let known = try await reading { () async throws(StoreError) in
            try await store.identity().keyFingerprint
        }
        do { return try keys.checked(against: known) } catch { throw .key(error) }
    }

    private func reading<Value>(
        _ work: () async throws(StoreError) -> Value
    ) async throws(Problem) -> Value {
        do { return try await work() } catch { throw .store(error) }
    }
}

extension ObservedState {
    package func isPending(_ scope: Scope) -> Bool {
        switch scope {
        case .membership(let tenant, let email):
            tenants[tenant] != nil && membership(of: email, in: tenant)?.pending == true
        case .identityUser(let code, let email):
            identities[code] != nil && user(email, of: code)?.pending == true
        }
    }

    /// Everything that waits for one person, sorted.
    package func pendingScopes(of email: EmailAddress) -> [Scope] {
        let memberships = memberships.keys.map { Scope.membership($0, email) }
        let users = identityUsers.keys.map { Scope.identityUser($0, email) }
        return (memberships + users).filter(isPending).sorted()
    }

    /// What an answer to an invitation is about: everything that waits for a new account, else the
    /// invitation's own scope.
    fileprivate func scopes(answeredBy invitation: Invitation) -> [Scope] {
        let email = invitation.scope.email
        return accounts[email]?.state == .invited
            ? pendingScopes(of: email) : [invitation.scope]
    }

    fileprivate func unavailableRoles(in scope: Scope) -> [(TenantName, RoleName)] {
        guard case .membership(let tenant, let email) = scope,
            let available = tenants[tenant]?.availableRoles,
            let roles = membership(of: email, in: tenant)?.grants.roles
        else { return [] }
        return roles.subtracting(available).map { (tenant, $0) }
    }
}
