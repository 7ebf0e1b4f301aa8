package import AccessModel
package import Diagnostics
package import Manifests
package import Storage

/// How a right that somebody holds, or should hold, stands with the manifests.
package enum Standing: Hashable, Sendable {
    /// Held and declared.
    case declared
    /// Declared, and not yet in the store.
    case notApplied
    /// Held past the end that is declared: the next apply takes it away.
    case overdue
    /// Held and declared nowhere: the next apply takes it away.
    case undeclared
    /// Held, declared nowhere, and left alone.
    case unmanaged
    /// Differs from the manifests in a tenant or an identity that is only observed.
    case observed
    /// Held by an earlier address until this new one is active.
    case renaming(EmailAddress)
    /// The manifests cannot be read.
    case unknown

    /// As machines read it.
    package var word: String {
        switch self {
        case .declared: "declared"
        case .notApplied: "notApplied"
        case .overdue: "overdue"
        case .undeclared: "undeclared"
        case .unmanaged: "unmanaged"
        case .observed: "observed"
        case .renaming: "renaming"
        case .unknown: "unknown"
        }
    }
}

/// One place in the manifests that gives a right, and who wrote its line.
package struct DeclaredPlace: Hashable, Sendable {
    package struct Bundle: Hashable, Sendable {
        package var name: String
        package var location: Location

        package init(name: String, location: Location) {
            self.name = name
            self.location = location
        }
    }

    package var location: Location
    package var document: Declaration.Document
    package var bundle: Bundle?
    /// `nil` where git knows nothing of the file, or there is no git.
    package var line: LineOrigin?

    package init(
        location: Location, document: Declaration.Document, bundle: Bundle? = nil,
        line: LineOrigin? = nil
    ) {
        self.location = location
        self.document = document
        self.bundle = bundle
        self.line = line
    }
}

/// What made a right.
package enum RightOrigin: Hashable, Sendable {
    /// A run of Muster, and the entry of its audit.
    case run(RunRecord, AuditEntry)
    /// Somebody who changed the store without Muster.
    case outside(ForeignChange)
    /// Nothing on record: changed outside Muster, and taken over since.
    case unrecorded
}

/// One right in one place.
package struct HeldRight: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A member without permissions and roles.
        case member
        case permission(PermissionName)
        case role(RoleName)
        case user
        case identityAdmin
        /// Informational.
        case label(Label)
        case enabled(Bool)
    }

    package var kind: Kind
    package var held: Bool
    package var standing: Standing
    package var declarations: [DeclaredPlace]
    /// `nil` when it is not held.
    package var origin: RightOrigin?
    /// Somebody took it away without Muster.
    package var takenAway: ForeignChange?

    package init(
        kind: Kind, held: Bool, standing: Standing, declarations: [DeclaredPlace] = [],
        origin: RightOrigin? = nil, takenAway: ForeignChange? = nil
    ) {
        self.kind = kind
        self.held = held
        self.standing = standing
        self.declarations = declarations
        self.origin = origin
        self.takenAway = takenAway
    }
}

/// Where a person stands in one tenant or identity, with every right there.
package struct HeldPlace: Hashable, Sendable {
    /// By the name that the store has, where it has the place.
    package var scope: Scope
    /// The tenant of an identity.
    package var tenant: TenantName?
    /// The name that the next apply gives to the tenant or identity.
    package var newName: String?
    package var held: Bool
    package var pending: Bool
    package var invitation: Invitation?
    package var standing: Standing
    /// `nil` when the manifests do not declare the tenant or identity.
    package var management: Management?
    package var expires: Instant?
    package var reason: String?
    package var grantedBy: EmailAddress?
    package var rights: [HeldRight]

    package init(
        scope: Scope, tenant: TenantName? = nil, newName: String? = nil, held: Bool,
        pending: Bool = false, invitation: Invitation? = nil, standing: Standing,
        management: Management? = nil, expires: Instant? = nil, reason: String? = nil,
        grantedBy: EmailAddress? = nil, rights: [HeldRight] = []
    ) {
        self.scope = scope
        self.tenant = tenant
        self.newName = newName
        self.held = held
        self.pending = pending
        self.invitation = invitation
        self.standing = standing
        self.management = management
        self.expires = expires
        self.reason = reason
        self.grantedBy = grantedBy
        self.rights = rights
    }
}

/// The answer to `muster why`: every right of one person.
package struct WhyAnswer: Hashable, Sendable {
    package struct AccountFacts: Hashable, Sendable {
        package var state: Account.State
        package var blocked: Bool
        package var automation: Bool
        /// The run in which the account became Activated, where one is on record.
        package var activated: RightOrigin?
        /// What blocked it; `nil` when it is not blocked.
        package var blockedBy: RightOrigin?
        /// What the Admin document says; `nil`: nothing, so that it is not managed.
        package var blockedDeclared: Bool?

        package init(
            state: Account.State, blocked: Bool, automation: Bool,
            activated: RightOrigin? = nil, blockedBy: RightOrigin? = nil,
            blockedDeclared: Bool? = nil
        ) {
            self.state = state
            self.blocked = blocked
            self.blockedDeclared = blockedDeclared
            self.automation = automation
            self.activated = activated
            self.blockedBy = blockedBy
        }
    }

    package var project: String
    package var origin: ObservedState.Origin
    package var person: EmailAddress
    package var now: Instant
    /// `nil` when the store has none.
    package var account: AccountFacts?
    /// The Admin document.
    package var document: DeclaredPlace?
    /// When the whole person leaves.
    package var expires: Instant?
    /// Tenants, then identities, each by name.
    package var places: [HeldPlace]
    /// `--tenant`.
    package var tenant: TenantName?
    /// False when the manifests cannot be read: then nothing is known to be declared.
    package var manifestsValid: Bool

    package init(
        project: String, origin: ObservedState.Origin, person: EmailAddress, now: Instant,
        account: AccountFacts? = nil, document: DeclaredPlace? = nil, expires: Instant? = nil,
        places: [HeldPlace] = [], tenant: TenantName? = nil, manifestsValid: Bool = true
    ) {
        self.project = project
        self.origin = origin
        self.person = person
        self.now = now
        self.account = account
        self.document = document
        self.expires = expires
        self.places = places
        self.tenant = tenant
        self.manifestsValid = manifestsValid
    }
}

/// So long before its end a right is said to expire soon (W145).
package let soon: Int64 = 14

extension Instant {
    /// Past at `now`, or within 14 days of it.
    package func isSoon(at now: Instant) -> Bool { self <= now.adding(days: soon) }
}
