package import AccessModel

/// What changes come to for each person in each place, sorted by person and place.
///
/// - Parameters:
///   - actor: of the run; what somebody gives to itself is told.
///   - earlierRemovals: by the address of the membership or the identity's user.
package func effects(
    of changes: [Change], actor: Actor, earlierRemovals: [Address: EarlierRemoval] = [:]
) -> [PersonEffect] {
    var effects: [PersonEffect] = []
    var places: [Key: Int] = [:]
    for change in changes {
        guard let key = Key(change.address), change.action.touchesRights else { continue }
        let place = places[key] ?? effects.count
        if place == effects.count {
            places[key] = place
            effects.append(PersonEffect(person: key.person, place: key.place))
        }
        effects[place].add(change, actor: actor)
    }
    effects.removeAll { $0.gains.isEmpty && $0.loses.isEmpty }
    effects = effects.indices.sorted { a, b in
        effects[a].person == effects[b].person
            ? effects[a].place < effects[b].place : effects[a].person < effects[b].person
    }.map { effects[$0] }
    guard !earlierRemovals.isEmpty else { return effects }
    for index in effects.indices where effects[index].gains.contains(.membership) {
        effects[index].comesBack = effects[index].membership.flatMap { earlierRemovals[$0] }
    }
    return effects
}

/// The memberships that begin with these changes and whose past the actor may be told:
/// whoever may not make an addition does not learn from it who was here before.
package func newcomers(
    in changes: [Change], actor: Actor, observed: ObservedState
) -> [Address] {
    changes.compactMap { change in
        switch change.action {
        case .inviteAdmin(let tenant, let email, _, _), .addAdmin(let tenant, let email, _):
            observed.mayInvite(actor, to: tenant) ? .membership(tenant, email) : nil
        case .addIdentityUser(let code, let email, _, _):
            observed.mayAddUsers(actor, to: code) ? .identityUser(code, email) : nil
        default: nil
        }
    }
}

private struct Key: Hashable {
    var person: EmailAddress
    var place: PersonEffect.Place

    init?(_ address: Address) {
        switch address {
        case .membership(let tenant, let email), .grant(let tenant, let email, _):
            (person, place) = (email, .tenant(tenant))
        case .identityUser(let code, let email): (person, place) = (email, .identity(code))
        case .account(let email): (person, place) = (email, .account)
        case .project, .permission, .role, .tenant, .availableRole, .identity, .policy,
            .accessTest:
            return nil
        }
    }
}

extension PersonEffect {
    fileprivate mutating func add(_ change: Change, actor: Actor) {
        if change.kind.isLoss {
            takingSteps.append(change.id)
        } else {
            givingSteps.append(change.id)
        }
        reasons.insert(change.reason)
        privileged = privileged || change.privileged
        destructive = destructive || change.destructive
        if !change.kind.isLoss, person == actor.email || person == change.actor.email {
            toItself = true
        }
        switch change.action {
        case .inviteAdmin(_, _, let grants, _), .addAdmin(_, _, let grants):
            gain([.membership] + grants.rights)
        case .removeAdmin(_, _, let grants): lose([.membership] + grants.rights)
        case .grantPermission(_, _, let name): gain([.permission(name)])
        case .revokePermission(_, _, let name): lose([.permission(name)])
        case .assignRole(_, _, let name): gain([.role(name)])
        case .unassignRole(_, _, let name): lose([.role(name)])
        case .addIdentityUser(_, _, let user, _):
            gain([.membership] + Self.rights(admin: user.admin, user.roles))
        case .removeIdentityUser(_, _, let user):
            lose([.membership] + Self.rights(admin: user.admin, user.roles))
        case .setIdentityAdmin: gain([.admin])
        case .unsetIdentityAdmin: lose([.admin])
        case .setIdentityRoles(_, _, let before, let after):
            lose(before.subtracting(after).map(Right.label))
            gain(after.subtracting(before).map(Right.label))
        case .enableIdentityUser, .unblockAccount: gain([.access])
        case .disableIdentityUser, .blockAccount: lose([.access])
        case .deleteAccount: lose([.account])
        default: break
        }
    }

    private static func rights(admin: Bool, _ roles: SortedSet<Label>) -> [Right] {
        (admin ? [.admin] : []) + roles.map(Right.label)
    }
}

extension Grants {
    fileprivate var rights: [Right] {
        permissions.map(Right.permission) + roles.map(Right.role)
    }
}

extension Action {
    /// False for changes of people that give and take nothing: details, and letters sent again.
    fileprivate var touchesRights: Bool {
        switch self {
        case .updateProfile, .resendInvitation: false
        default: true
        }
    }
}

extension Reason: Comparable {
    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
