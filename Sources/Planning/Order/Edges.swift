import AccessModel

/// What must come before what, as lists of predecessors by place in `proposals`.
struct Edges {
    let proposals: [Proposal]
    let observed: ObservedState
    let actor: Actor
    let desired: DesiredState
    let allow: Allowances
    private(set) var before: [[Int]]
    /// Of each proposal its place by `Priority`.
    let ranks: [Int]
    /// Where each thing is created, renamed or deleted.
    private var makers: [Address: [Int]] = [:]
    /// Where a block is lifted.
    let unblocks: [EmailAddress: Int]

    init(
        _ proposals: [Proposal], observed: ObservedState, actor: Actor, desired: DesiredState,
        allow: Allowances
    ) {
        self.proposals = proposals
        self.observed = observed
        self.actor = actor
        self.desired = desired
        self.allow = allow
        before = Array(repeating: [], count: proposals.count)
        ranks = Priority.ranks(of: proposals)
        unblocks = Dictionary(
            uniqueKeysWithValues: proposals.indices.compactMap { index in
                guard case .unblockAccount(let email) = proposals[index].action else { return nil }
                return (email, index)
            })
        for (index, proposal) in proposals.enumerated() where proposal.action.makes {
            makers[proposal.action.address, default: []].append(index)
        }
        joinParents()
        joinDeletions()
        joinAuthority()
        joinAccounts()
        joinCounts()
    }

    mutating func add(_ earlier: Int, before later: Int) {
        guard earlier != later, !before[later].contains(earlier) else { return }
        before[later].append(earlier)
    }

    // MARK: - 1: parents and availability

    private mutating func joinParents() {
        guard !makers.isEmpty else { return }
        // A name must have been left before something else can have it.
        for (index, proposal) in proposals.enumerated() {
            guard let left = proposal.action.nameLeft else { continue }
            for maker in makers[left] ?? [] { add(index, before: maker) }
        }
        for (index, proposal) in proposals.enumerated() {
            for parent in proposal.action.parents {
                for maker in makers[parent] ?? [] { add(maker, before: index) }
            }
        }
    }

    private mutating func joinDeletions() {
        var deletions: [Address: Int] = [:]
        for (index, proposal) in proposals.enumerated() where proposal.action.unmakes {
            deletions[proposal.action.address] = index
        }
        guard !deletions.isEmpty else { return }
        for (index, proposal) in proposals.enumerated() {
            for address in dependents(proposal.action) {
                if let deletion = deletions[address] { add(index, before: deletion) }
            }
        }
    }

    /// What can be deleted or disabled only after this.
    private func dependents(_ action: Action) -> [Address] {
        switch action {
        case .removeAdmin(let tenant, _, let grants):
            return [.tenant(tenant)] + grants.permissions.map { .permission($0) }
                + grants.roles.flatMap { [.availableRole(tenant, $0), .role($0)] }
        case .unassignRole(let tenant, _, let role):
            return [.availableRole(tenant, role), .role(role), .tenant(tenant)]
        case .revokePermission(let tenant, _, let permission):
            return [.permission(permission), .tenant(tenant)]
        case .removeIdentityUser(let code, _, _): return [.identity(code)]
        case .disableRole(let tenant, let role): return [.role(role), .tenant(tenant)]
        case .deleteIdentity(let identity): return [.tenant(identity.tenant)]
        case .updateIdentity(_, let before, _): return before.tenant.map { [.tenant($0)] } ?? []
        case .deleteTenant(let tenant): return tenant.availableRoles.map { .role($0) }
        default: return []
        }
    }

    // MARK: - 3 and 7: accounts

    private mutating func joinAccounts() {
        var removals: [EmailAddress: [Int]] = [:]
        var accounts: [EmailAddress: [Int]] = [:]
        for (index, proposal) in proposals.enumerated() {
            switch proposal.action {
            case .removeAdmin(_, let email, _), .removeIdentityUser(_, let email, _):
                removals[email, default: []].append(index)
            case .blockAccount(let email), .unblockAccount(let email):
                accounts[email, default: []].append(index)
            case .deleteAccount(let email, _): accounts[email, default: []].append(index)
            default: break
            }
        }
        let successors = renames
        // Of a million who are added, those that something else is done to.
        let concerned = Set(removals.keys).union(accounts.keys).union(successors.values)
        var adds: [EmailAddress: [Int]] = [:]
        for (index, proposal) in proposals.enumerated() where !concerned.isEmpty {
            switch proposal.action {
            case .inviteAdmin(_, let email, _, _), .addAdmin(_, let email, _),
                .addIdentityUser(_, let email, _, _):
                if concerned.contains(email) { adds[email, default: []].append(index) }
            default: break
            }
        }
        for (email, gone) in removals {
            for add in adds[email] ?? [] { for removal in gone { self.add(add, before: removal) } }
        }
        for (email, changes) in accounts {
            for index in changes {
                switch proposals[index].action {
                case .deleteAccount:
                    for removal in removals[email] ?? [] { add(removal, before: index) }
                    for other in changes where other != index { add(other, before: index) }
                case .unblockAccount: for add in adds[email] ?? [] { self.add(index, before: add) }
                default:
                    // Only an account that is there can be blocked.
                    let isNew = observed.accounts[email] == nil
                    for add in isNew ? adds[email] ?? [] : [] { self.add(add, before: index) }
                    // A block keeps the account when its last membership goes.
                    for removal in removals[email] ?? [] { add(index, before: removal) }
                }
            }
        }
        joinRenames(successors, adds)
    }

    /// The new address of each earlier one.
    private var renames: [EmailAddress: EmailAddress] {
        var successors: [EmailAddress: EmailAddress] = [:]
        for admin in desired.admins {
            for old in admin.formerly { successors[old] = admin.email }
        }
        return successors
    }

    /// The new address of a person, before the old one goes.
    private mutating func joinRenames(
        _ successors: [EmailAddress: EmailAddress], _ adds: [EmailAddress: [Int]]
    ) {
        guard !successors.isEmpty else { return }
        for (index, proposal) in proposals.enumerated() where proposal.reason == .renamed {
            guard let email = proposal.action.address.person, let new = successors[email] else {
                continue
            }
            for add in adds[new] ?? [] { self.add(add, before: index) }
        }
    }
}

extension Action {
    /// Creates or renames its address.
    fileprivate var makes: Bool {
        switch self {
        case .createPermission, .createRole, .createTenant, .enableRole, .createIdentity: true
        case .updateRole(_, _, let after): after.name != nil
        case .updateTenant(_, _, let after): after.name != nil
        case .updateIdentity(_, _, let after): after.code != nil
        default: false
        }
    }

    /// The name that a rename gives up.
    fileprivate var nameLeft: Address? {
        switch self {
        case .updateRole(_, let before, _): before.name.map { .role($0) }
        case .updateTenant(_, let before, _): before.name.map { .tenant($0) }
        case .updateIdentity(_, let before, _): before.code.map { .identity($0) }
        default: nil
        }
    }

    /// Deletes or disables its address.
    var unmakes: Bool {
        switch self {
        case .disableRole, .deleteIdentity, .deleteTenant, .deleteRole, .deletePermission: true
        default: false
        }
    }

    /// What must exist, by its present name, before this.
    var parents: [Address] {
        switch self {
        case .createTenant(let tenant): return tenant.availableRoles.map { .role($0) }
        case .enableRole(let tenant, let role), .disableRole(let tenant, let role):
            return [.role(role), .tenant(tenant)]
        case .createIdentity(let identity): return [.tenant(identity.tenant)]
        case .updateIdentity(let code, _, let after):
            return (after.tenant.map { [.tenant($0)] } ?? [])
                + (after.code == nil ? [.identity(code)] : [])
        case .updateRole(let name, _, let after): return after.name == nil ? [.role(name)] : []
        case .updateTenant(let name, _, let after): return after.name == nil ? [.tenant(name)] : []
        case .inviteAdmin(let tenant, _, let grants, _), .addAdmin(let tenant, _, let grants):
            return [.tenant(tenant)] + grants.permissions.map { .permission($0) }
                + grants.roles.flatMap { [.role($0), .availableRole(tenant, $0)] }
        case .removeAdmin(let tenant, _, _): return [.tenant(tenant)]
        case .grantPermission(let tenant, _, let name), .revokePermission(let tenant, _, let name):
            return [.tenant(tenant), .permission(name)]
        case .assignRole(let tenant, _, let role):
            return [.tenant(tenant), .role(role), .availableRole(tenant, role)]
        case .unassignRole(let tenant, _, let role): return [.tenant(tenant), .role(role)]
        case .addIdentityUser(let code, _, _, _), .removeIdentityUser(let code, _, _),
            .setIdentityAdmin(let code, _), .unsetIdentityAdmin(let code, _),
            .setIdentityRoles(let code, _, _, _), .enableIdentityUser(let code, _),
            .disableIdentityUser(let code, _):
            return [.identity(code)]
        case .resendInvitation(.membership(let tenant, _), _): return [.tenant(tenant)]
        case .resendInvitation(.identityUser(let code, _), _): return [.identity(code)]
        case .createPermission, .createRole, .updatePermission, .updateProfile, .blockAccount,
            .unblockAccount, .deleteAccount, .deleteIdentity, .deleteTenant, .deleteRole,
            .deletePermission:
            return []
        }
    }
}
