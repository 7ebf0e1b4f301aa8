import AccessModel

// what a step must leave behind.
extension Simulation {
    func floorFindings(_ change: Change, _ before: Standing, _ after: Standing) -> [Finding] {
        var findings: [Finding] = []
        for (was, now) in zip(before.members, after.members)
        where !exempt.tenants.contains(was.tenant) {
            findings += tenantFindings(change, was, now)
        }
        for (was, now) in zip(before.users, after.users)
        where was.isActiveAdmin && !now.isActiveAdmin && !exempt.identities.contains(was.identity) {
            let active = ledgers.identityAdmins[was.identity] ?? 0
            let floor = request.desired.project.guards.minIdentityAdmins ?? 1
            guard active < floor else { continue }
            findings.append(
                change.kind == .blockAccount
                    ? .blockBreaksFloor(was.email, "\(was.identity) without enough active admins")
                    : .identityFloor(change.address, was.identity, active: active, floor: floor))
        }
        return findings
    }

    private func tenantFindings(
        _ change: Change, _ was: Standing.Member, _ now: Standing.Member
    ) -> [Finding] {
        let lost = was.active.subtracting(now.active)
        guard !lost.isEmpty, let count = ledgers.tenants[was.tenant] else { return [] }
        let floor = request.desired.delegatedAdminFloor(of: was.tenant)
        let isBlock = change.kind == .blockAccount
        if now.active.isEmpty, count.delegatedAdmins < floor {
            return [
                isBlock
                    ? .blockBreaksFloor(was.email, "\(was.tenant) without enough delegated admins")
                    : .floor(
                        change.address, tenant: was.tenant, active: count.delegatedAdmins,
                        floor: floor)
            ]
        }
        guard !request.allow.permissionExtinction else { return [] }
        return request.desired.kept(lost).filter { count.holders[$0, default: 0] == 0 }.map {
            isBlock
                ? .blockBreaksFloor(was.email, "nobody active with \($0) on \(was.tenant)")
                : .extinction(change.address, $0, was.tenant)
        }
    }

    /// E274, E275, and the policies' own rules.
    func guardFindings(_ change: Change, _ before: Standing, _ after: Standing) -> [Finding] {
        var findings: [Finding] = []
        let required = request.desired.project.guards.requiredAdmins
        for (was, now) in zip(before.members, after.members)
        where !exempt.tenants.contains(was.tenant) {
            if request.actor == .person(was.email), !was.active.isEmpty, now.active.isEmpty,
                !request.allow.selfRemoval
            {
                findings.append(.removesItself(change.address, was.email))
            }
            if required.contains(was.email), was.grants != nil {
                if now.grants == nil {
                    findings.append(.requiredAdmin(change.address, was.email, "removed"))
                } else if was.grants?.permissions.isEmpty == false,
                    now.grants?.permissions.isEmpty == true
                {
                    findings.append(
                        .requiredAdmin(change.address, was.email, "left without permissions"))
                }
            }
            let worse = worse(was, now)
            findings +=
                change.kind == .blockAccount
                ? worse.map { .blockBreaksPolicy(was.email, $0) } : worse
        }
        if change.kind == .blockAccount, let email = change.address.person,
            required.contains(email), !before.members.isEmpty
        {
            findings.append(.requiredAdmin(change.address, email, "blocked"))
        }
        return findings
    }

    /// What the step violates, or violates more than before.
    private func worse(_ was: Standing.Member, _ now: Standing.Member) -> [Finding] {
        let earlier = Dictionary(
            was.violations.map { ($0.rule, $0.measure) }, uniquingKeysWith: max)
        return now.violations.filter { $0.measure > earlier[$0.rule, default: 0] }.map(\.finding)
    }
}

extension DesiredState {
    /// How many active delegated admins a tenant must keep.
    func delegatedAdminFloor(of tenant: TenantName) -> Int {
        tenants.first { $0.name == tenant }?.minDelegatedAdmins
            ?? project.guards.minDelegatedAdmins ?? 1
    }

    /// The permissions among these that go on existing; one that the plan deletes may die out.
    fileprivate func kept(_ lost: SortedSet<PermissionName>) -> [PermissionName] {
        lost.filter { name in
            !permissions.contains { $0.permission.name == name && $0.presence != .present }
        }
    }
}
