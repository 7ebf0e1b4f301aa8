/// A change that somebody made in the store without Muster, net of all that was done to the object.
package struct ForeignChange: Hashable, Sendable {
    package var address: Address
    /// The fields as Muster left them; `nil` when the object did not exist.
    package var before: [String: String]?
    /// The fields as they are now; `nil` when the object is gone.
    package var after: [String: String]?
    /// The last time.
    package var at: Instant
    /// The first time.
    package var firstAt: Instant
    /// How many times.
    package var times: Int
    /// The last one's author, as far as the engine knows.
    package var by: String?

    package init(
        address: Address, before: [String: String]?, after: [String: String]?, at: Instant,
        firstAt: Instant? = nil, times: Int = 1, by: String? = nil
    ) {
        self.address = address
        self.before = before
        self.after = after
        self.at = at
        self.firstAt = firstAt ?? at
        self.times = times
        self.by = by
    }
}

/// Access by the tables that hold it, one tenant or one identity at a time where they have one.
package struct AccessPart: Hashable, Sendable, Comparable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case permission, role, tenant, availableRole, membership, permissionGrant
        case roleGrant, identity, identityUser, account
        /// What was last applied: guards, delivery and invitation settings, policies and tests.
        case settings
        /// What each project applied.
        case managed
    }

    package var kind: Kind
    /// A tenant, an identity, or nothing.
    package var scope: String

    package init(_ kind: Kind, scope: String = "") {
        self.kind = kind
        self.scope = scope
    }

    package static func < (a: Self, b: Self) -> Bool {
        (a.kind.rawValue, a.scope) < (b.kind.rawValue, b.scope)
    }
}

/// A sign that a store did not write down what others changed, or that its records were altered.
package enum RecorderFault: Hashable, Sendable {
    /// A trigger that records is not there, by name.
    case missing(String)
    /// A trigger is not as it was made, or is switched off.
    case altered(String)
    /// A trigger that Muster did not make.
    case unknown(String)
    /// The mark of Muster's own writes was left behind: nothing is recorded while it is there.
    case held
    /// A part is not what Muster left there and others are recorded to have changed.
    case unrecorded(AccessPart)
    /// Records of changes that earlier runs have settled are gone or altered.
    case historyAltered
    /// The serial counts fewer changes than there were, or more than are recorded.
    case serial(Int64)
    /// What Muster left is not known any more.
    case unsealed
}

extension ObservedState {
    /// There is something about others' changes that an apply settles. Triggers of others are not:
    /// they stay until somebody takes them away.
    package var hasOpenDrift: Bool {
        !foreignChanges.isEmpty
            || recorderFaults.contains { if case .unknown = $0 { false } else { true } }
    }
}
