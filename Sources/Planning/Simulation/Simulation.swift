package import AccessModel

/// Plays a plan step by step on a copy of the observed state, and judges each step with the state
/// that the earlier ones left. The store's commit does the same, and the tests compare.
struct Simulation {
    let request: PlanRequest
    let declarations: Declarations
    let judge: PolicyJudge
    /// Tenants and identities that the plan deletes are exempt from floors and policies.
    let exempt: Exempt
    private(set) var state: ObservedState
    var findings: [Finding] = []
    var ledgers = Ledgers()
    /// Where the run's actor was found to be nobody already, so that it is said once (E210, E281).
    var told: Set<Address> = []

    struct Exempt {
        var tenants: Set<TenantName> = []
        var identities: Set<IdentityCode> = []

        init(_ changes: [Change]) {
            for change in changes {
                if case .deleteTenant(let tenant) = change.action { tenants.insert(tenant.name) }
                if case .deleteIdentity(let identity) = change.action {
                    identities.insert(identity.code)
                }
            }
        }
    }

    init(_ request: PlanRequest, declarations: Declarations, changes: [Change]) {
        self.request = request
        self.declarations = declarations
        judge = PolicyJudge(request.desired, declarations: declarations, at: request.at)
        exempt = Exempt(changes)
        state = request.observed
    }

    var acceptance: InvitationSettings.Acceptance { request.desired.project.invitations.acceptance }

    /// Plays all steps; `findings` and `state` are what comes of it.
    ///
    /// - Parameter stuck: steps of which E230 has said already that no order serves them.
    mutating func play(_ changes: [Change], stuck: Set<Int> = []) {
        for change in changes {
            let isStuck = stuck.contains(change.id)
            let verdict = isStuck ? Verdict() : verdict(on: change)
            findings += verdict.findings
            let scene = Scene(change, state)
            let before = stand(scene)
            state.apply(change.action, acceptance: acceptance)
            let after = stand(scene)
            ledgers.update(from: before, to: after)
            // A step that its actor may not make needs no second reason.
            guard !isStuck, !verdict.isRefusal else { continue }
            findings += floorFindings(change, before, after)
            findings += guardFindings(change, before, after)
        }
    }
}

/// The memberships and users whose standing one step can change.
struct Scene {
    var memberships: [(TenantName, EmailAddress)] = []
    var users: [(IdentityCode, EmailAddress)] = []

    init(_ change: Change, _ state: ObservedState) {
        switch change.address {
        case .membership(let tenant, let email), .grant(let tenant, let email, _):
            memberships = [(tenant, email)]
        case .identityUser(let code, let email): users = [(code, email)]
        case .account(let email):
            switch change.kind {
            case .blockAccount, .unblockAccount:
                memberships = state.memberships.keys.sorted()
                    .filter { state.membership(of: email, in: $0) != nil }.map { ($0, email) }
                users = state.identityUsers.keys.sorted()
                    .filter { state.user(email, of: $0) != nil }.map { ($0, email) }
            default: break
            }
        case .project, .permission, .role, .tenant, .availableRole, .identity, .policy, .accessTest:
            break
        }
    }
}

/// What one person is in one place at one moment.
struct Standing {
    struct Member {
        var tenant: TenantName
        var email: EmailAddress
        /// `nil`: no member.
        var grants: Grants?
        /// The permissions that can be used now.
        var active: SortedSet<PermissionName>
        /// Of each policy rule of the tenant: how far it is violated.
        var violations: [PolicyJudge.Violation]
    }

    struct User {
        var identity: IdentityCode
        var email: EmailAddress
        var isActiveAdmin: Bool
    }

    var members: [Member] = []
    var users: [User] = []
}

extension Simulation {
    /// The standing of everybody in a scene, as it is now.
    private mutating func stand(_ scene: Scene) -> Standing {
        var standing = Standing()
        for (tenant, email) in scene.memberships {
            ledgers.open(tenant, in: state)
            standing.members.append(
                Standing.Member(
                    tenant: tenant, email: email,
                    grants: state.membership(of: email, in: tenant)?.grants,
                    active: state.activePermissions(of: email, in: tenant),
                    violations: exempt.tenants.contains(tenant)
                        ? [] : judge.violations(of: email, in: tenant, state)))
        }
        for (code, email) in scene.users {
            ledgers.open(code, in: state)
            standing.users.append(
                Standing.User(
                    identity: code, email: email,
                    isActiveAdmin: state.isActiveAdmin(email, of: code)))
        }
        return standing
    }
}

extension ObservedState {
    /// What a person can use on a tenant now: nothing while pending, Invited or Blocked.
    package func activePermissions(
        of email: EmailAddress, in tenant: TenantName
    ) -> SortedSet<PermissionName> {
        guard let membership = membership(of: email, in: tenant), !membership.pending,
            accounts[email]?.isActive == true
        else { return [] }
        return membership.grants.permissions
    }

    package func isActiveAdmin(_ email: EmailAddress, of identity: IdentityCode) -> Bool {
        guard let user = user(email, of: identity) else { return false }
        return user.admin && user.enabled && !user.pending && accounts[email]?.isActive == true
    }
}
