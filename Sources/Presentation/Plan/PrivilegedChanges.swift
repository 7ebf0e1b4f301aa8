internal import AccessModel
internal import Planning
internal import Reconciliation

/// What one person gains or loses that counts as privileged, in one place.
struct PrivilegedChange: Hashable {
    enum Direction: Hashable, Comparable { case gain, loss }

    /// An address, or what else the change is about.
    var subject: String
    var direction: Direction
    /// "gains assign_roles; role access_read on production"
    var statement: Phrase
    var steps: [Int]
    /// The actor, or the grantor, gives this to itself.
    var toItself: Bool
}

extension PlanReport {
    /// The list that comes first in every format for people: by person, gains before losses.
    var privilegedChanges: [PrivilegedChange] {
        var groups: [Key: Group] = [:]
        for change in plan.changes where change.privileged {
            let key = Key(change)
            groups[key, default: Group()].add(change, actor: plan.actor)
        }
        return groups.sorted { ($0.key, $0.value.steps[0]) < ($1.key, $1.value.steps[0]) }
            .map { key, group in
                PrivilegedChange(
                    subject: key.subject, direction: key.direction,
                    statement: group.statement(key), steps: group.steps, toItself: group.toItself)
            }
    }
}

private struct Key: Hashable, Comparable {
    var subject: String
    var direction: PrivilegedChange.Direction
    var place: String
    /// One line for all grants in a tenant; other changes stand alone.
    var kind: String

    init(_ change: Change) {
        subject = change.address.person?.canonical ?? change.address.text
        direction = change.kind.isLoss ? .loss : .gain
        place = (change.address.tenant?.text ?? change.address.identity?.text) ?? ""
        kind = change.action.grants == nil ? change.kind.rawValue : ""
    }

    static func < (a: Self, b: Self) -> Bool {
        (a.subject, a.direction, a.place, a.kind) < (b.subject, b.direction, b.place, b.kind)
    }
}

private struct Group {
    var grants = Grants()
    var steps: [Int] = []
    var toItself = false
    var action: Action?

    mutating func add(_ change: Change, actor: Actor) {
        steps.append(change.id)
        action = change.action
        if let more = change.action.grants {
            grants.permissions = grants.permissions.union(more.permissions)
            grants.roles = grants.roles.union(more.roles)
        }
        if let person = change.address.person, !change.kind.isLoss {
            toItself = toItself || person == actor.email || person == change.actor.email
        }
    }

    func statement(_ key: Key) -> Phrase {
        guard let action else { return "" }
        if action.grants != nil {
            let verb = key.direction == .gain ? "gains" : "loses"
            var parts = [grants.permissions.map { "\($0.text)" as Phrase }.joined(", ")]
            let roles = ChangePhrase.List.roles(grants.roles)
            if !roles.values.isEmpty {
                let names = roles.values.map { "\($0)" as Phrase }.joined(", ")
                parts.append("\(words: roles.label) \(names)")
            }
            let all = parts.filter { !$0.isEmpty }.joined("; ")
            return "\(words: verb) \(all) on \(key.place)"
        }
        switch action {
        case .setIdentityAdmin, .addIdentityUser: return "becomes admin of \(key.place)"
        case .unsetIdentityAdmin, .removeIdentityUser:
            return "is no longer admin of \(key.place)"
        case .unblockAccount: return "is unblocked"
        default: return ChangePhrase(action).inline
        }
    }
}

extension Action {
    /// The permissions and roles that it gives or takes on a tenant.
    fileprivate var grants: Grants? {
        switch self {
        case .inviteAdmin(_, _, let grants, _), .addAdmin(_, _, let grants),
            .removeAdmin(_, _, let grants):
            grants
        case .grantPermission(_, _, let name), .revokePermission(_, _, let name):
            Grants(permissions: [name])
        case .assignRole(_, _, let name), .unassignRole(_, _, let name): Grants(roles: [name])
        default: nil
        }
    }
}

/// `3`, `3, 7`, `4-82`, `1-3, 9, 12-90`.
func stepRanges(_ steps: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for step in steps.sorted() {
        if let last = ranges.last, step <= last.upperBound + 1 {
            ranges[ranges.count - 1] = last.lowerBound...max(step, last.upperBound)
        } else {
            ranges.append(step...step)
        }
    }
    return ranges.map { range in
        range.count == 1
            ? "\(range.lowerBound)"
            : range.count == 2
                ? "\(range.lowerBound), \(range.upperBound)"
                : "\(range.lowerBound)-\(range.upperBound)"
    }.joined(separator: ", ")
}
