import AccessModel

// Who may take a step, judged with the state that the earlier steps left.
extension Simulation {
    /// What authority says of a step.
    struct Verdict {
        /// Every reason why its actors may not take it, and W213, W251.
        var findings: [Finding] = []
        /// Also where the reason was said of an earlier step.
        var isRefusal = false
    }

    mutating func verdict(on change: Change) -> Verdict {
        var verdict = Verdict()
        if case .person(let actor) = request.actor {
            if !mayActAtAll(actor, at: change, &verdict.findings) {
                verdict.isRefusal = true
                return verdict
            }
            verdict.findings += refusals(of: change, by: actor)
        }
        if let grantor = grantor(of: change) {
            verdict.findings += refusals(of: change, grantedBy: grantor)
        }
        verdict.findings += unavailableRoles(change)
        verdict.findings += selfAssignments(change)
        verdict.isRefusal = verdict.findings.contains(where: \.isError)
        return verdict
    }

    /// The grantor that the membership names, where it is another than the run's actor.
    private func grantor(of change: Change) -> EmailAddress? {
        switch change.action {
        case .grantPermission, .revokePermission, .assignRole, .unassignRole:
            return change.actor == request.actor ? nil : change.actor.email
        case .inviteAdmin(let tenant, let email, let grants, _),
            .addAdmin(let tenant, let email, let grants):
            guard grants != Grants() else { return nil }
            let named = declarations.memberships[tenant]?[email]?.declared.grantedBy
            return named.map(Actor.person) == request.actor ? nil : named
        default: return nil
        }
    }

    // MARK: - R-01: the actor at all

    /// Whether the actor can act where the change is; says once for each place when not.
    private mutating func mayActAtAll(
        _ actor: EmailAddress, at change: Change, _ findings: inout [Finding]
    ) -> Bool {
        if change.kind == .deleteAccount { return false }
        let place = place(of: change)
        // What the operator alone does is nobody's for having lost something in this plan.
        let accounts = change.kind.isOperators ? request.observed.accounts : state.accounts
        let reason: String? =
            switch accounts[actor] {
            case .none: "there is no such account"
            case .some(let account) where account.state == .invited:
                "the account is not activated yet"
            case .some(let account) where account.blocked: "the account is blocked"
            case .some: nil
            }
        if let reason {
            if told.insert(place).inserted {
                findings.append(.cannotAct(actor, at: place, because: reason))
            }
            return false
        }
        if change.kind.isOperators {
            findings.append(.needsOperator(request.actor, change.kind, for: change.address))
            return false
        }
        // Who was nobody here does not become somebody by a step that was refused.
        if told.contains(place) { return false }
        if case .tenant(let tenant) = place,
            state.activePermissions(of: actor, in: tenant).isEmpty
        {
            if told.insert(place).inserted {
                findings.append(
                    .cannotAct(actor, at: place, because: "it holds no permission on \(tenant)"))
            }
            return false
        }
        if case .identity(let code) = place, !state.isActiveAdmin(actor, of: code) {
            if told.insert(place).inserted {
                findings.append(.notIdentityAdmin(request.actor, code))
            }
            return false
        }
        return true
    }

    /// The tenant or identity on which authority for a change is asked.
    private func place(of change: Change) -> Address {
        change.address.tenant.map(Address.tenant) ?? change.address.identity.map(Address.identity)
            ?? change.address
    }

    // MARK: - R-02, R-03, R-05: this step

    private func refusals(of change: Change, by actor: EmailAddress) -> [Finding] {
        let address = change.address
        switch change.action {
        case .inviteAdmin(let tenant, let email, let grants, let new):
            var findings = refusals(giving: grants, to: email, in: tenant, by: actor, invite: true)
            if new.automation {
                findings.append(.needsOperator(request.actor, change.kind, for: address))
            }
            return findings
        case .addAdmin(let tenant, let email, let grants):
            return refusals(giving: grants, to: email, in: tenant, by: actor, invite: true)
        case .removeAdmin(let tenant, _, let grants):
            let missing = lacking([.inviteAdmins], actor, tenant, address)
            let held = state.activePermissions(of: actor, in: tenant)
            let more = grants.permissions.subtracting(held)
            return missing
                + (more.isEmpty
                    ? [] : [.removesMoreThanHeld(request.actor, Array(more), at: address)])
        case .grantPermission, .revokePermission, .assignRole, .unassignRole:
            return refusals(ofGrant: change, by: actor)
        case .resendInvitation(.membership(let tenant, _), _):
            return lacking([.inviteAdmins], actor, tenant, address)
        case .updateProfile(let email, _, _):
            let mayInvite = state.memberships.contains { tenant, members in
                (members[email] != nil || declarations.memberships[tenant]?[email] != nil)
                    && state.activePermissions(of: actor, in: tenant).contains(.inviteAdmins)
            }
            return mayInvite ? [] : [.lacks(request.actor, [.inviteAdmins], for: address)]
        case .addIdentityUser(_, _, _, let new):
            return new?.automation == true
                ? [.needsOperator(request.actor, change.kind, for: address)] : []
        default: return []
        }
    }

    private func refusals(of change: Change, grantedBy grantor: EmailAddress) -> [Finding] {
        guard let tenant = change.address.tenant else { return [] }
        guard state.membership(of: grantor, in: tenant) != nil,
            let account = state.accounts[grantor]
        else { return [.grantorIsNoMember(grantor, for: change.address)] }
        guard account.isActive, state.membership(of: grantor, in: tenant)?.pending == false else {
            let reason = account.blocked ? "blocked" : "not activated yet"
            return [.grantorInactive(grantor, state: reason, for: change.address)]
        }
        switch change.action {
        case .inviteAdmin(_, let email, let grants, _), .addAdmin(_, let email, let grants):
            return refusals(giving: grants, to: email, in: tenant, by: grantor, invite: false)
        default: return refusals(ofGrant: change, by: grantor)
        }
    }

    /// an invitation with grants needs what the grants need.
    private func refusals(
        giving grants: Grants, to email: EmailAddress, in tenant: TenantName,
        by actor: EmailAddress, invite: Bool
    ) -> [Finding] {
        let address = Address.membership(tenant, email)
        var needed: [PermissionName] = invite ? [.inviteAdmins] : []
        if !grants.permissions.isEmpty { needed.append(.assignPermissions) }
        if !grants.roles.isEmpty { needed.append(.assignRoles) }
        let held = state.activePermissions(of: actor, in: tenant)
        return lacking(needed, actor, tenant, address)
            + grants.permissions.subtracting(held).map {
                .doesNotPossess(.person(actor), $0, giving: address)
            }
    }

    private func refusals(ofGrant change: Change, by actor: EmailAddress) -> [Finding] {
        let address = change.address
        switch change.action {
        case .grantPermission(let tenant, _, let name):
            let held = state.activePermissions(of: actor, in: tenant)
            return lacking([.assignPermissions], actor, tenant, address)
                + (held.contains(name)
                    ? [] : [.doesNotPossess(.person(actor), name, giving: address)])
        case .revokePermission(let tenant, _, let name):
            let held = state.activePermissions(of: actor, in: tenant)
            return lacking([.assignPermissions], actor, tenant, address)
                + (held.contains(name) ? [] : [.cannotTake(.person(actor), name, from: address)])
        case .assignRole(let tenant, _, _), .unassignRole(let tenant, _, _):
            return lacking([.assignRoles], actor, tenant, address)
        default: return []
        }
    }

    private func lacking(
        _ needed: [PermissionName], _ actor: EmailAddress, _ tenant: TenantName, _ address: Address
    ) -> [Finding] {
        let held = state.activePermissions(of: actor, in: tenant)
        let missing = needed.filter { !held.contains($0) }
        return missing.isEmpty ? [] : [.lacks(.person(actor), missing, for: address)]
    }

    // MARK: - R-04, R-07

    /// E221: not in the store's list, with what earlier steps enabled.
    private func unavailableRoles(_ change: Change) -> [Finding] {
        let (tenant, roles): (TenantName, [RoleName]) =
            switch change.action {
            case .inviteAdmin(let tenant, _, let grants, _), .addAdmin(let tenant, _, let grants):
                (tenant, Array(grants.roles))
            case .assignRole(let tenant, _, let role): (tenant, [role])
            default: (TenantName(""), [])
            }
        return roles.filter { state.tenants[tenant]?.availableRoles.contains($0) != true }
            .map { .roleUnavailable($0, in: tenant, for: change.address) }
    }

    private func selfAssignments(_ change: Change) -> [Finding] {
        let person = change.address.person.map(Actor.person)
        guard person == change.actor || person == request.actor else { return [] }
        switch change.action {
        case .assignRole(_, _, let role):
            return [.givesItself(person ?? change.actor, [role], at: change.address)]
        case .inviteAdmin(_, _, let grants, _), .addAdmin(_, _, let grants):
            return grants.roles.isEmpty
                ? []
                : [.givesItself(person ?? change.actor, Array(grants.roles), at: change.address)]
        default: return []
        }
    }
}

extension ChangeKind {
    /// The operator's alone.
    var isOperators: Bool {
        switch self {
        case .createPermission, .createRole, .createTenant, .enableRole, .createIdentity,
            .updatePermission, .updateRole, .updateTenant, .updateIdentity, .blockAccount,
            .unblockAccount, .disableRole, .deleteIdentity, .deleteTenant, .deleteRole,
            .deletePermission:
            true
        case .inviteAdmin, .addAdmin, .addIdentityUser, .updateProfile, .grantPermission,
            .revokePermission, .assignRole, .unassignRole, .setIdentityAdmin, .unsetIdentityAdmin,
            .setIdentityRoles, .enableIdentityUser, .disableIdentityUser, .resendInvitation,
            .removeAdmin, .removeIdentityUser, .deleteAccount:
            false
        }
    }
}
