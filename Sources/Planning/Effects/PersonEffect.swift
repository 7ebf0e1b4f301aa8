package import AccessModel

/// One thing that a person has in a place, or has not.
package enum Right: Hashable, Comparable, Sendable {
    /// Is a member of the tenant, or a user of the identity.
    case membership
    case account
    /// Not blocked (of the account), not disabled (in an identity).
    case access
    /// Admin of the identity.
    case admin
    case permission(PermissionName)
    case role(RoleName)
    /// An informational role of an identity's user.
    case label(Label)

    /// `membership`, `permission:invite_admins`, `role:access_read`.
    package var text: String {
        switch self {
        case .membership: "membership"
        case .account: "account"
        case .access: "access"
        case .admin: "admin"
        case .permission(let name): "permission:\(name)"
        case .role(let name): "role:\(name)"
        case .label(let name): "role:\(name)"
        }
    }
}

/// When somebody who joins a place now was removed from it before, as the audit has it.
package struct EarlierRemoval: Hashable, Sendable {
    package var at: Instant
    package var run: Int64

    package init(at: Instant, run: Int64) {
        self.at = at
        self.run = run
    }
}

/// What a plan does to one person in one place, net of its steps: what one step gives and another
/// takes is neither gained nor lost.
package struct PersonEffect: Hashable, Sendable {
    package enum Place: Hashable, Comparable, Sendable {
        case tenant(TenantName)
        case identity(IdentityCode)
        /// The person as a whole: block, unblock, delete.
        case account

        /// `tenant:production`, `identity:io.acme.plant1`, `account`.
        package var text: String {
            switch self {
            case .tenant(let name): "tenant:\(name)"
            case .identity(let code): "identity:\(code)"
            case .account: "account"
            }
        }
    }

    package var person: EmailAddress
    package var place: Place
    package var gains: SortedSet<Right> = []
    package var loses: SortedSet<Right> = []
    /// The actor, or the grantor, gives something to itself.
    package var toItself = false
    package var comesBack: EarlierRemoval?
    package var reasons: SortedSet<Reason> = []
    /// One of its steps is.
    package var privileged = false
    package var destructive = false
    /// The steps that give something, and those that take something, by id, ascending.
    package var givingSteps: [Int] = []
    package var takingSteps: [Int] = []

    package var steps: [Int] { Array(SortedSet(givingSteps + takingSteps)) }

    /// To be looked at first: power that changes hands, access that ends, people who come back.
    package var isNotable: Bool { privileged || destructive || comesBack != nil }

    package init(person: EmailAddress, place: Place) {
        self.person = person
        self.place = place
    }

    /// Where the person would be a member: the address that earlier removals are known by.
    package var membership: Address? {
        switch place {
        case .tenant(let name): .membership(name, person)
        case .identity(let code): .identityUser(code, person)
        case .account: nil
        }
    }

    mutating func gain(_ rights: some Sequence<Right>) {
        for right in rights {
            if loses.contains(right) { loses.remove(right) } else { gains.insert(right) }
        }
    }

    mutating func lose(_ rights: some Sequence<Right>) {
        for right in rights {
            if gains.contains(right) { gains.remove(right) } else { loses.insert(right) }
        }
    }
}
