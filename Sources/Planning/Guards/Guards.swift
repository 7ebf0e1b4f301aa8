package import AccessModel

/// how much one plan may take away and send.
struct GuardCheck {
    let request: PlanRequest
    let observed: ObservedState
    let changes: [Change]

    func findings() -> [Finding] {
        removals() + revocations() + mails()
    }

    private var exempt: Simulation.Exempt { Simulation.Exempt(changes) }

    private func removals() -> [Finding] {
        let exempt = exempt
        var places: [Address: Int] = [:]
        for change in changes where change.reason != .expired && change.reason != .renamed {
            switch change.action {
            case .removeAdmin(let tenant, _, _) where !exempt.tenants.contains(tenant):
                places[.tenant(tenant), default: 0] += 1
            case .removeIdentityUser(let code, _, _) where !exempt.identities.contains(code):
                places[.identity(code), default: 0] += 1
            default: break
            }
        }
        let total = places.values.reduce(0, +)
        if let allowed = request.allow.removals, total <= allowed { return [] }
        return places.sorted { $0.key < $1.key }.compactMap { place, number in
            let present = present(at: place)
            let limit = request.desired.project.guards.maxRemovals.limit(of: present)
            return number > limit
                ? .removals(place, number, of: present, limit: limit, total: total) : nil
        }
    }

    private func present(at place: Address) -> Int {
        if let tenant = place.tenant { return observed.memberships[tenant]?.count ?? 0 }
        return place.identity.map {
            (observed.identityUsers[$0]?.count ?? 0) + (observed.settled[$0]?.users ?? 0)
        } ?? 0
    }

    private func revocations() -> [Finding] {
        let exempt = exempt
        var places: [TenantName: Int] = [:]
        for change in changes where change.reason != .expired && change.reason != .renamed {
            switch change.action {
            case .revokePermission(let tenant, _, _), .unassignRole(let tenant, _, _):
                if !exempt.tenants.contains(tenant) { places[tenant, default: 0] += 1 }
            default: break
            }
        }
        let total = places.values.reduce(0, +)
        if let allowed = request.allow.revocations, total <= allowed { return [] }
        return places.sorted { $0.key < $1.key }.compactMap { tenant, number in
            let present = (observed.memberships[tenant] ?? [:]).values
                .reduce(0) { $0 + $1.grants.permissions.count + $1.grants.roles.count }
            let limit = request.desired.project.guards.maxRevocations.limit(of: present)
            return number > limit
                ? .revocations(.tenant(tenant), number, of: present, limit: limit, total: total)
                : nil
        }
    }

    private func mails() -> [Finding] {
        let number = changes.mailRecipients.count
        let limit = request.desired.project.guards.maxMails
        if let allowed = request.allow.mails, number <= allowed { return [] }
        return number > limit ? [.mails(number, limit: limit)] : []
    }
}

extension Sequence<Change> {
    /// The people who get a letter, each once.
    package var mailRecipients: Set<EmailAddress> {
        Set(filter { $0.mail != nil }.compactMap(\.address.person))
    }
}
