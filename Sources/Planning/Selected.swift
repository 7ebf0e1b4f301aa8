import AccessModel

/// What `--tenant`, `--identity` and `--expired` leave of a plan.
struct Selected {
    let request: PlanRequest
    let people: Set<EmailAddress>

    init(_ request: PlanRequest, observed: ObservedState) {
        self.request = request
        let selection = request.selection
        var people: Set<EmailAddress> = []
        if !selection.isEverything {
            for tenant in selection.tenants {
                people.formUnion((observed.memberships[tenant] ?? [:]).keys)
            }
            for code in selection.identities {
                people.formUnion((observed.identityUsers[code] ?? [:]).keys)
            }
            for membership in request.desired.memberships
            where selection.tenants.contains(membership.tenant) {
                people.insert(membership.email)
            }
            for user in request.desired.identityUsers
            where selection.identities.contains(user.identity) {
                people.insert(user.email)
            }
        }
        self.people = people
    }

    var isEverything: Bool { request.selection.isEverything && !request.onlyExpired }

    /// The proposals that are asked for, with what must be created for them.
    func of(_ proposals: [Proposal]) -> [Proposal] {
        if request.onlyExpired { return proposals.filter { $0.reason == .expired } }
        guard !request.selection.isEverything else { return proposals }
        var kept = proposals.filter { contains($0.action.address) }
        var needed = Set(kept.flatMap(\.action.parents))
        var pool = proposals.filter { !contains($0.action.address) && $0.action.kind.isParent }
        while true {
            let more = pool.filter { needed.contains($0.action.address) }
            if more.isEmpty { return kept }
            kept += more
            needed.formUnion(more.flatMap(\.action.parents))
            pool.removeAll { needed.contains($0.action.address) }
        }
    }

    func contains(_ address: Address) -> Bool {
        if request.onlyExpired { return false }
        if request.selection.isEverything { return true }
        if let tenant = address.tenant { return request.selection.tenants.contains(tenant) }
        if let code = address.identity { return request.selection.identities.contains(code) }
        if case .account(let email) = address { return people.contains(email) }
        return false
    }

    func contains(_ finding: Finding) -> Bool {
        finding.isGlobal || finding.address == .project || contains(finding.address)
    }
}

extension ChangeKind {
    /// Something that others can stand on.
    fileprivate var isParent: Bool {
        switch self {
        case .createPermission, .createRole, .createTenant, .createIdentity, .enableRole,
            .updateRole, .updateTenant, .updateIdentity:
            true
        default: false
        }
    }
}
