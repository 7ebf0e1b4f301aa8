import AccessModel

extension Difference {
    func compareMembers(of tenant: DesiredTenant, _ part: inout Draft) {
        let name = tenant.name
        let declared = declarations.memberships[name] ?? [:]
        let current = observed.memberships[name] ?? [:]
        if tenant.management == .authoritative, declared.isEmpty, !current.isEmpty {
            part.findings.append(.nobodyDeclared(name, members: current.count))
        }
        // Keys are sorted alone: with their values they are several times as much to move.
        for email in declared.keys.sorted() {
            guard let entry = declared[email], !entry.expired else { continue }
            if let membership = current[email] {
                compare(membership, with: entry.declared, &part)
            } else if !refused.contains(email) {
                add(entry.declared, &part)
            }
        }
        for email in current.keys.filter({ declared[$0]?.expired ?? true }).sorted() {
            guard let membership = current[email] else { continue }
            if declared[email] != nil {
                part.propose(.removeAdmin(name, email, membership.grants), .expired)
            } else {
                leave(email, membership, tenant, &part)
            }
        }
    }

    // MARK: - Coming

    private func add(_ wanted: DesiredMembership, _ part: inout Draft) {
        let email = wanted.email
        let isDrift = foreign.vanished(.membership(wanted.tenant, email))
        let reason = foreign.reason(isDrift, else: .declared)
        guard let account = observed.accounts[email] else {
            let new = newAccount(email)
            return part.propose(
                .inviteAdmin(wanted.tenant, email, wanted.grants, new), reason,
                mail: mailKind(for: email), grantor: wanted.grantedBy)
        }
        let profile = account.profile.overridden(
            by: account.state == .invited ? declarations.profile(of: email) : Profile())
        let isTold = mayAdd(to: .tenant(wanted.tenant))
        if isTold, profile.mobile == nil, !account.automation {
            part.findings.append(.adminWithoutMobile(.membership(wanted.tenant, email)))
        }
        if isTold, isBlocked(account) {
            part.findings.append(.blockedIsDeclared(.membership(wanted.tenant, email)))
        }
        part.propose(
            .addAdmin(wanted.tenant, email, wanted.grants), reason, mail: mailKind(for: email),
            grantor: wanted.grantedBy)
    }

    func newAccount(_ email: EmailAddress) -> NewAccount {
        NewAccount(
            profile: declarations.profile(of: email),
            automation: declarations.isAutomation(email))
    }

    /// which letter a new place brings, by the store before the plan.
    func mailKind(for email: EmailAddress) -> MailKind? {
        guard let account = observed.accounts[email] else {
            return declarations.isAutomation(email) || willBeBlocked(email) ? nil : .createAccount
        }
        guard !account.automation, !staysBlocked(account) else { return nil }
        if account.state == .invited { return .createAccount }
        return desired.project.invitations.joinMail == .send ? .join : nil
    }

    /// Blocked, and not unblocked by this plan.
    func isBlocked(_ account: Account) -> Bool {
        account.blocked && !(isOperator && declarations.people[account.email]?.blocked == false)
    }

    private func willBeBlocked(_ email: EmailAddress) -> Bool {
        isOperator && declarations.people[email]?.blocked == true
    }

    /// Blocked when the plan has been applied.
    func staysBlocked(_ account: Account) -> Bool {
        isBlocked(account) || willBeBlocked(account.email)
    }

    // MARK: - Staying

    /// A block is told of, but one that the manifests know only where they change something.
    func isNews(_ email: EmailAddress, changing: Bool) -> Bool {
        guard let account = observed.accounts[email], isBlocked(account) else { return false }
        return changing || declarations.people[email]?.blocked != true
    }

    private func compare(
        _ current: Membership, with wanted: DesiredMembership, _ part: inout Draft
    ) {
        let (tenant, email) = (wanted.tenant, wanted.email)
        func propose(_ action: Action, _ isDrift: Bool, _ reason: Reason) {
            part.propose(
                action, foreign.reason(isDrift, else: reason), grantor: wanted.grantedBy)
        }
        let has = current.grants
        for name in has.permissions.subtracting(wanted.grants.permissions) {
            let address = Address.grant(tenant, email, .permission(name))
            propose(.revokePermission(tenant, email, name), foreign.appeared(address), .undeclared)
        }
        for name in wanted.grants.permissions.subtracting(has.permissions) {
            let address = Address.grant(tenant, email, .permission(name))
            propose(.grantPermission(tenant, email, name), foreign.vanished(address), .declared)
        }
        for name in has.roles.subtracting(wanted.grants.roles) {
            let address = Address.grant(tenant, email, .role(name))
            propose(.unassignRole(tenant, email, name), foreign.appeared(address), .undeclared)
        }
        for name in wanted.grants.roles.subtracting(has.roles) {
            let address = Address.grant(tenant, email, .role(name))
            propose(.assignRole(tenant, email, name), foreign.vanished(address), .declared)
        }
        if isNews(email, changing: has != wanted.grants) {
            part.findings.append(.blockedIsDeclared(.membership(tenant, email)))
        }
        if current.pending { awaitAnswer(.membership(tenant, email), &part) }
    }

    /// pending is converged, expired is not.
    func awaitAnswer(_ scope: Scope, _ part: inout Draft) {
        guard let account = observed.accounts[scope.email], !staysBlocked(account) else { return }
        guard let invitation = observed.invitations[scope] else {
            return part.notes.append(PlanNote(awaiting: scope, until: nil))
        }
        switch invitation.state {
        case .live where invitation.isExpired(at: request.now):
            guard desired.renewsInvitations else {
                return part.notes.append(
                    PlanNote(awaiting: scope, until: invitation.expiresAt, hasEnded: true))
            }
            let limit = desired.project.invitations.resendAfterExpiry
            guard invitation.automaticResends < limit else {
                return part.findings.append(.resendLimit(scope.address, limit: limit))
            }
            let kind: MailKind = account.state == .invited ? .createAccount : .join
            part.propose(
                .resendInvitation(scope, generation: invitation.generation), .invitationExpired,
                mail: kind)
        case .live:
            part.notes.append(PlanNote(awaiting: scope, until: invitation.expiresAt))
        case .declined: part.findings.append(.declined(scope.address))
        case .undeliverable: part.findings.append(.undeliverable(scope.address))
        case .revoked: part.findings.append(.revokedByHand(scope.address))
        case .accepted, .closed:
            part.notes.append(PlanNote(awaiting: scope, until: nil))
        }
    }

    // MARK: - Going

    private func leave(
        _ email: EmailAddress, _ membership: Membership, _ tenant: DesiredTenant,
        _ part: inout Draft
    ) {
        let name = tenant.name
        if declarations.hasLeft(email) {
            part.propose(.removeAdmin(name, email, membership.grants), .expired)
        } else if let successor = successor(of: email, in: name) {
            if isSettled(successor, in: .membership(name, successor)) {
                part.propose(.removeAdmin(name, email, membership.grants), .renamed)
            } else {
                part.note(
                    .renaming, .membership(name, email),
                    "stays until \(successor), the new address, is active")
                if membership.pending { awaitAnswer(.membership(name, email), &part) }
            }
        } else if tenant.management == .authoritative {
            let isDrift = foreign.appeared(.membership(name, email))
            part.propose(
                .removeAdmin(name, email, membership.grants),
                foreign.reason(isDrift, else: .undeclared))
        } else {
            part.note(.unmanaged, .membership(name, email), "is not declared, and left alone")
        }
    }

    /// The declared person whose earlier address this is, if declared in the same tenant.
    private func successor(of email: EmailAddress, in tenant: TenantName) -> EmailAddress? {
        guard let successor = declarations.successors[email],
            let entry = declarations.memberships[tenant]?[successor], !entry.expired,
            !refused.contains(successor)
        else { return nil }
        return successor
    }

    func keepsOldAddress(_ email: EmailAddress, in tenant: TenantName) -> Bool {
        guard let successor = successor(of: email, in: tenant) else { return false }
        return !isSettled(successor, in: .membership(tenant, successor))
    }

    /// Whether the new address can already do what the old one did.
    func isSettled(_ email: EmailAddress, in scope: Scope) -> Bool {
        guard let account = observed.accounts[email], account.state == .activated,
            !staysBlocked(account)
        else {
            return declarations.isAutomation(email) && isOperator
        }
        let pending =
            switch scope {
            case .membership(let tenant, _): observed.membership(of: email, in: tenant)?.pending
            case .identityUser(let code, _): observed.user(email, of: code)?.pending
            }
        return !(pending ?? (desired.project.invitations.acceptance == .required))
    }
}
