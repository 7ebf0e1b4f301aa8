import AccessModel

// Edges 4 and 5: losses before gains where something may be held by few, gains before losses where
// it must be held by some.
extension Edges {
    mutating func joinCounts() {
        let groups = Dictionary(
            grouping: proposals.indices.filter { proposals[$0].action.address.tenant != nil },
            by: { proposals[$0].action.address.tenant ?? TenantName("") })
        for (tenant, indices) in groups.sorted(by: { $0.key < $1.key }) {
            joinFloors(of: tenant, indices.sorted(by: precedes))
            joinPolicies(of: tenant, indices.sorted(by: precedes))
        }
        joinIdentityFloors()
    }

    /// The order among ready steps: losses, then address, then place in the closed list.
    func precedes(_ a: Int, _ b: Int) -> Bool { Priority(proposals[a]) < Priority(proposals[b]) }

    // MARK: - 5: floors

    private mutating func joinFloors(of tenant: TenantName, _ indices: [Int]) {
        let active = Dictionary(
            uniqueKeysWithValues: (observed.memberships[tenant] ?? [:]).keys.map {
                ($0, observed.activePermissions(of: $0, in: tenant))
            })
        let floor = desired.delegatedAdminFloor(of: tenant)
        let delegated = active.values.count { !$0.isEmpty }
        join(delegated, floor, changes(of: indices, active) { !$0.isEmpty })
        for name in Set(active.values.flatMap { Array($0) }).sorted() {
            let holders = active.values.count { $0.contains(name) }
            join(holders, 1, changes(of: indices, active) { $0.contains(name) })
        }
    }

    /// Who starts and who stops to satisfy a condition, with the step that does it.
    private func changes(
        of indices: [Int], _ active: [EmailAddress: SortedSet<PermissionName>],
        _ satisfies: (SortedSet<PermissionName>) -> Bool
    ) -> (gains: [Int], losses: [Int]) {
        var held = active
        var losses: [Int] = []
        var gains: [Int] = []
        for index in indices where proposals[index].action.kind.isLoss {
            guard let email = proposals[index].action.address.person, let had = held[email] else { continue }
            held[email] = proposals[index].action.permissions(after: had)
            if satisfies(had), !satisfies(held[email] ?? []) { losses.append(index) }
        }
        for index in indices where !proposals[index].action.kind.isLoss {
            guard let email = proposals[index].action.address.person,
                observed.accounts[email]?.isActive == true
            else { continue }
            let had = held[email] ?? []
            let has = proposals[index].action.permissions(after: had)
            held[email] = has
            if !satisfies(had), satisfies(has) { gains.append(index) }
        }
        return (gains, losses)
    }

    /// The losses that would break the floor wait for as many gains as it takes.
    private mutating func join(_ present: Int, _ floor: Int, _ changes: (gains: [Int], losses: [Int])) {
        guard present >= floor else { return }
        for (number, loss) in changes.losses.enumerated() {
            let needed = floor - (present - number - 1)
            for gain in changes.gains.prefix(max(0, needed)) { add(gain, before: loss) }
        }
    }

    private mutating func joinIdentityFloors() {
        let floor = desired.project.guards.minIdentityAdmins ?? 1
        var gains: [IdentityCode: [Int]] = [:]
        var losses: [IdentityCode: [Int]] = [:]
        for (index, proposal) in proposals.enumerated() {
            guard case .identityUser(let code, let email) = proposal.action.address else { continue }
            switch proposal.action {
            case .unsetIdentityAdmin, .disableIdentityUser, .removeIdentityUser:
                if observed.isActiveAdmin(email, of: code) { losses[code, default: []].append(index) }
            case .setIdentityAdmin, .enableIdentityUser:
                if observed.accounts[email]?.isActive == true { gains[code, default: []].append(index) }
            case .addIdentityUser(_, _, let user, _):
                if user.admin, observed.accounts[email]?.isActive == true {
                    gains[code, default: []].append(index)
                }
            default: break
            }
        }
        for (code, lost) in losses.sorted(by: { $0.key < $1.key }) {
            let present = (observed.identityUsers[code] ?? [:]).keys
                .count { observed.isActiveAdmin($0, of: code) }
            join(present, floor, ((gains[code] ?? []).sorted(by: precedes), lost.sorted(by: precedes)))
        }
    }

    // MARK: - 4: exclusive rights and limits; 5: minHolders

    private mutating func joinPolicies(of tenant: TenantName, _ indices: [Int]) {
        for policy in desired.policies where policy.tenants?.contains(tenant) ?? true {
            for rule in policy.rules {
                switch rule {
                case .mutuallyExclusive(let grants): joinExclusive(grants, indices)
                case .maxHolders(let grant, let limit): joinLimit(grant, limit, tenant, indices)
                case .minHolders(let grant, let count): joinMinimum(grant, count, tenant, indices)
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
        let present = (observed.memberships[tenant] ?? [:]).values.count { $0.grants.contains(grant) }
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
        func isActive(_ index: Int) -> Bool {
            proposals[index].action.address.person
                .flatMap { observed.accounts[$0]?.isActive } ?? false
        }
        let present = (observed.memberships[tenant] ?? [:]).count { email, membership in
            membership.grants.contains(grant) && !membership.pending
                && observed.accounts[email]?.isActive == true
        }
        let gains = indices.filter { proposals[$0].action.gives(grant) && isActive($0) }
        let losses = indices.filter { proposals[$0].action.takes(grant) && isActive($0) }
        join(present, count, (gains, losses))
    }
}

extension Action {
    /// The permissions somebody with `had` holds after this step of the same membership.
    fileprivate func permissions(after had: SortedSet<PermissionName>) -> SortedSet<PermissionName> {
        var permissions = had
        switch self {
        case .removeAdmin: return []
        case .revokePermission(_, _, let name): permissions.remove(name)
        case .grantPermission(_, _, let name): permissions.insert(name)
        case .addAdmin(_, _, let grants): return grants.permissions
        default: break
        }
        return permissions
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
