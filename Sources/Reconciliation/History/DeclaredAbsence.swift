import AccessModel
import Planning

extension DesiredState {
    /// The state in which some that are declared to go are declared to stay.
    func keeping(_ places: Set<Address>) -> DesiredState {
        var kept = self
        for index in kept.permissions.indices
        where places.contains(.permission(kept.permissions[index].permission.name)) {
            kept.permissions[index].presence = .present
        }
        for index in kept.roles.indices where places.contains(.role(kept.roles[index].role.name)) {
            kept.roles[index].presence = .present
        }
        for index in kept.tenants.indices where places.contains(.tenant(kept.tenants[index].name)) {
            kept.tenants[index].presence = .present
        }
        for index in kept.identities.indices
        where places.contains(.identity(kept.identities[index].code)) {
            kept.identities[index].presence = .present
        }
        return kept
    }

    /// Whether something is declared with `state: absent` and `cascade: true`.
    func cascades(at address: Address) -> Bool {
        let gone = Presence.absent(cascade: true)
        return switch address {
        case .permission(let name):
            permissions.contains { $0.permission.name == name && $0.presence == gone }
        case .role(let name): roles.contains { $0.role.name == name && $0.presence == gone }
        case .tenant(let name): tenants.contains { $0.name == name && $0.presence == gone }
        case .identity(let code): identities.contains { $0.code == code && $0.presence == gone }
        case .project, .membership, .grant, .availableRole, .identityUser, .account, .policy,
            .accessTest:
            false
        }
    }
}

extension DesiredState {
    /// What has ended of a place that is still declared: the place, or the whole person.
    func endedEntry(of place: Address, at now: Instant) -> Address? {
        let end: Instant??
        switch place {
        case .membership(let tenant, let email):
            end = memberships.first { $0.tenant == tenant && $0.email == email }.map(\.expires)
        case .identityUser(let code, let email):
            end = identityUsers.first { $0.identity == code && $0.email == email }.map(\.expires)
        case .project, .permission, .role, .tenant, .grant, .availableRole, .identity, .account,
            .policy, .accessTest:
            end = nil
        }
        guard let end, let person = place.person else { return nil }
        if let end, end <= now { return place }
        let last = admins.first { $0.email == person }?.expires
        return last.map { $0 <= now } == true ? .account(person) : nil
    }
}

extension Address {
    /// The tenant or identity in which somebody has a place.
    var place: Address? {
        switch self {
        case .membership(let tenant, _): .tenant(tenant)
        case .identityUser(let code, _): .identity(code)
        case .project, .permission, .role, .tenant, .grant, .availableRole, .identity, .account,
            .policy, .accessTest:
            nil
        }
    }
}

extension ChangeKind {
    /// Whether only `state: absent` asks for it.
    var isOfAbsence: Bool {
        [.deletePermission, .deleteRole, .deleteTenant, .deleteIdentity].contains(self)
    }
}
