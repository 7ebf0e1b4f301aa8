import AccessModel

// Edges 4 and 5: losses before gains where something may be held by few, gains before losses where
// it must be held by some.
extension Edges {
    mutating func joinCounts() {
        let groups = Dictionary(
            grouping: proposals.indices.filter { proposals[$0].action.address.tenant != nil },
            by: { proposals[$0].action.address.tenant ?? TenantName("") })
        let blocks = proposals.indices.filter { proposals[$0].action.isBlockOrUnblock }
        for (tenant, indices) in groups.sorted(by: { $0.key < $1.key }) {
            let concerned = blocks.filter { index in
                proposals[index].action.address.person
                    .flatMap { observed.membership(of: $0, in: tenant) }?.pending == false
            }
            joinFloors(of: tenant, (indices + concerned).sorted(by: precedes))
            joinPolicies(of: tenant, indices.sorted(by: precedes), concerned)
        }
        joinIdentityFloors(blocks)
    }

    /// The order among ready steps: losses, then address, then place in the closed list.
    func precedes(_ a: Int, _ b: Int) -> Bool { ranks[a] < ranks[b] }

    // MARK: - 5: floors

    private mutating func joinFloors(of tenant: TenantName, _ indices: [Int]) {
        let active = Dictionary(
            uniqueKeysWithValues: (observed.memberships[tenant] ?? [:]).keys.map {
                ($0, observed.activePermissions(of: $0, in: tenant))
            })
        let floor = desired.delegatedAdminFloor(of: tenant)
        let delegated = active.values.count { !$0.isEmpty }
        join(delegated, floor, changes(of: indices, in: tenant, active) { !$0.isEmpty })
        guard !allow.permissionExtinction else { return }
        for name in Set(active.values.flatMap { Array($0) }).sorted() {
            let holders = active.values.count { $0.contains(name) }
            join(
                holders, 1, changes(of: indices, in: tenant, active) { $0.contains(name) })
        }
    }

    /// Who starts and who stops to satisfy a condition, with the steps that it takes.
    private func changes(
        of indices: [Int], in tenant: TenantName,
        _ active: [EmailAddress: SortedSet<PermissionName>],
        _ satisfies: (SortedSet<PermissionName>) -> Bool
    ) -> (gains: [[Int]], losses: [Int]) {
        var held = active
        var losses: [Int] = []
        var gains: [[Int]] = []
        for index in indices where proposals[index].action.kind.isLoss {
            guard let email = proposals[index].action.address.person, let had = held[email] else {
                continue
            }
            held[email] = proposals[index].action.permissions(after: had)
            if satisfies(had), !satisfies(held[email] ?? []) { losses.append(index) }
        }
        let (unblocks, others) = split(indices.filter { !proposals[$0].action.kind.isLoss })
        for index in unblocks + others {
            guard let email = proposals[index].action.address.person else { continue }
            let had = held[email] ?? []
            if case .unblockAccount = proposals[index].action {
                held[email] =
                    observed.accounts[email]?.state == .activated
                    ? observed.membership(of: email, in: tenant)?.grants.permissions ?? [] : []
            } else if isActiveGain(index) {
                held[email] = proposals[index].action.permissions(after: had)
            } else {
                continue
            }
            if !satisfies(had), satisfies(held[email] ?? []) { gains.append(steps(to: index)) }
        }
        return (gains, losses)
    }

    private func split(_ indices: [Int]) -> (unblocks: [Int], others: [Int]) {
        let unblocks = indices.filter { proposals[$0].action.kind == .unblockAccount }
        return (unblocks, indices.filter { proposals[$0].action.kind != .unblockAccount })
    }

    /// A gain of somebody who is blocked counts from the unblocking on.
    private func steps(to index: Int) -> [Int] {
        guard let email = proposals[index].action.address.person,
            let unblock = unblocks[email], unblock != index
        else { return [index] }
        return [unblock, index]
    }

    /// Active now, or as soon as this plan lifts the block.
    private func becomesActive(_ email: EmailAddress) -> Bool {
        guard let account = observed.accounts[email] else { return false }
        return account.isActive || (account.state == .activated && unblocks[email] != nil)
    }

    /// Whether what a step gives can be used at once: a replacement that is active.
    private func isActiveGain(_ index: Int) -> Bool {
        let action = proposals[index].action
        guard let email = action.address.person else { return false }
        let joinsAtOnce = desired.project.invitations.acceptance == .implicit
        switch action {
        case .inviteAdmin(_, _, _, let new): return new.automation
        case .addIdentityUser(_, _, _, .some(let new)): return new.automation
        case .addAdmin, .addIdentityUser:
            return becomesActive(email)
                && (joinsAtOnce || observed.accounts[email]?.automation == true)
        case .setIdentityAdmin(let code, _), .enableIdentityUser(let code, _):
            return becomesActive(email) && observed.user(email, of: code)?.pending == false
        default:
            return becomesActive(email)
                && action.address.tenant
                    .flatMap { observed.membership(of: email, in: $0) }?.pending == false
        }
    }

    /// The losses that would break the floor wait for as many gains as it takes.
    private mutating func join(
        _ present: Int, _ floor: Int, _ changes: (gains: [[Int]], losses: [Int])
    ) {
        guard present >= floor else { return }
        for (number, loss) in changes.losses.enumerated() {
            let needed = floor - (present - number - 1)
            for gain in changes.gains.prefix(max(0, needed)).joined() { add(gain, before: loss) }
        }
    }

    private mutating func joinIdentityFloors(_ blocks: [Int]) {
        let floor = desired.project.guards.minIdentityAdmins ?? 1
        let losing = Set(
            proposals.lazy.filter { $0.action.kind.isLoss }.compactMap(\.action.address.identity))
        var steps: [IdentityCode: [EmailAddress: [Int]]] = [:]
        for (index, proposal) in proposals.enumerated() where !losing.isEmpty || !blocks.isEmpty {
            guard case .identityUser(let code, let email) = proposal.action.address,
                !blocks.isEmpty || losing.contains(code)
            else { continue }
            switch proposal.action.kind {
            case .resendInvitation, .setIdentityRoles: break
            default: steps[code, default: [:]][email, default: []].append(index)
            }
        }
        for index in blocks {
            guard let email = proposals[index].action.address.person else { continue }
            for (code, users) in observed.identityUsers where users[email] != nil {
                steps[code, default: [:]][email, default: []].append(index)
            }
        }
        for (code, people) in steps.sorted(by: { $0.key < $1.key }) {
            var gains: [[Int]] = []
            var losses: [Int] = []
            for (email, indices) in people {
                let steps = indices.sorted(by: precedes)
                if observed.isActiveAdmin(email, of: code) {
                    losses += steps.filter { proposals[$0].action.kind.isLoss }
                } else if becomesAdmin(email, of: code, by: steps) {
                    gains.append(steps.filter { !proposals[$0].action.kind.isLoss })
                }
            }
            guard !losses.isEmpty else { continue }
            let present = (observed.identityUsers[code] ?? [:]).keys
                .count { observed.isActiveAdmin($0, of: code) }
            gains.sort { precedes($0[0], $1[0]) }
            join(present, floor, (gains, losses.sorted(by: precedes)))
        }
    }

    /// Whether these steps of one user leave an admin who is enabled and active.
    private func becomesAdmin(
        _ email: EmailAddress, of code: IdentityCode, by steps: [Int]
    ) -> Bool {
        let user = observed.user(email, of: code)
        var (admin, enabled) = (user?.admin ?? false, user?.enabled ?? true)
        var active = becomesActive(email) && user?.pending == false
        for index in steps {
            switch proposals[index].action {
            case .setIdentityAdmin: admin = true
            case .enableIdentityUser: enabled = true
            case .addIdentityUser(_, _, let new, _):
                (admin, enabled) = (new.admin, new.enabled != false)
                active = isActiveGain(index)
            case .unblockAccount: break
            default: return false
            }
        }
        return admin && enabled && active
    }

    // MARK: - 4: exclusive rights and limits; 5: minHolders

    private mutating func joinPolicies(
        of tenant: TenantName, _ indices: [Int], _ blocks: [Int]
    ) {
        for policy in desired.policies where policy.tenants?.contains(tenant) ?? true {
            for rule in policy.rules {
                switch rule {
                case .mutuallyExclusive(let grants): joinExclusive(grants, indices)
                case .maxHolders(let grant, let limit): joinLimit(grant, limit, tenant, indices)
                case .minHolders(let grant, let count):
                    joinMinimum(grant, count, tenant, (indices + blocks).sorted(by: precedes))
                case .allowedDomains, .requireExpiry, .requireReason: break
                }
            }
        }
    }

    private mutating func joinExclusive(_ grants: [Grant], _ indices: [Int]) {
        var losses: [EmailAddress: [Int]] = [:]
        for index in indices {
            guard case .grant(_, let email, let grant) = proposals[index].action.address,
                grants.contains(grant), proposals[index].action.kind.isLoss
            else { continue }
            losses[email, default: []].append(index)
        }
        guard !losses.isEmpty else { return }
        for index in indices {
            guard case .grant(_, let email, let grant) = proposals[index].action.address,
                grants.contains(grant), !proposals[index].action.kind.isLoss
            else { continue }
            for loss in losses[email] ?? [] { add(loss, before: index) }
        }
    }

    private mutating func joinLimit(
        _ grant: Grant, _ limit: Int, _ tenant: TenantName, _ indices: [Int]
    ) {
        let present = (observed.memberships[tenant] ?? [:]).values.count {
            $0.grants.contains(grant)
        }
        let gains = indices.filter { proposals[$0].action.gives(grant) }
        let losses = indices.filter { proposals[$0].action.takes(grant) }
        for (number, gain) in gains.enumerated() {
            let surplus = present + number + 1 - limit
            for loss in losses.prefix(max(0, surplus)) { add(loss, before: gain) }
        }
    }

    private mutating func joinMinimum(
        _ grant: Grant, _ count: Int, _ tenant: TenantName, _ indices: [Int]
    ) {
        let present = (observed.memberships[tenant] ?? [:]).count { email, membership in
            membership.grants.contains(grant) && !membership.pending
                && observed.accounts[email]?.isActive == true
        }
        func holds(_ index: Int) -> Bool {
            proposals[index].action.address.person
                .flatMap { observed.membership(of: $0, in: tenant)?.grants.contains(grant) }
                ?? false
        }
        func isActive(_ index: Int) -> Bool {
            proposals[index].action.address.person
                .flatMap { observed.accounts[$0]?.isActive } ?? false
        }
        let gains = indices.filter { index in
            let action = proposals[index].action
            return action.kind == .unblockAccount
                ? holds(index) : action.gives(grant) && isActiveGain(index)
        }
        .map(steps)
        let losses = indices.filter { index in
            let action = proposals[index].action
            return isActive(index)
                && (action.kind == .blockAccount ? holds(index) : action.takes(grant))
        }
        join(present, count, (gains, losses))
    }
}

extension Action {
    /// The permissions somebody with `had` holds after this step of the same membership.
    fileprivate func permissions(after had: SortedSet<PermissionName>) -> SortedSet<PermissionName>
    {
        var permissions = had
        switch self {
        case .removeAdmin, .blockAccount: return []
        case .revokePermission(_, _, let name): permissions.remove(name)
        case .grantPermission(_, _, let name): permissions.insert(name)
        case .addAdmin(_, _, let grants), .inviteAdmin(_, _, let grants, _):
            return grants.permissions
        default: break
        }
        return permissions
    }

    fileprivate var isBlockOrUnblock: Bool {
        switch self {
        case .blockAccount, .unblockAccount: true
        default: false
        }
    }

    fileprivate func gives(_ grant: Grant) -> Bool {
        switch self {
        case .inviteAdmin(_, _, let grants, _), .addAdmin(_, _, let grants): grants.contains(grant)
        case .grantPermission(_, _, let name): grant == .permission(name)
        case .assignRole(_, _, let name): grant == .role(name)
        default: false
        }
    }

    fileprivate func takes(_ grant: Grant) -> Bool {
        switch self {
        case .removeAdmin(_, _, let grants): grants.contains(grant)
        case .revokePermission(_, _, let name): grant == .permission(name)
        case .unassignRole(_, _, let name): grant == .role(name)
        default: false
        }
    }
}
