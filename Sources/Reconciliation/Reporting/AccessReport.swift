package import AccessModel
package import Storage

/// Who holds what, and what is about to change: what `muster report` shows to an auditor.
///
/// Everything is sorted, and nothing in it depends on when it is looked at but `at`. Mobiles are
/// masked already.
package struct AccessReport: Sendable {
    /// How somebody stands in one place.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case active
        /// The place, or the whole account, waits for the person to accept; nothing is given yet.
        case pending
        /// The account is blocked, wherever the person is.
        case blocked
    }

    package struct Person: Hashable, Sendable {
        package var email: EmailAddress
        /// First and last name; empty when the account has none.
        package var name: String
        package var standing: Standing
        /// A pipeline's account.
        package var automation: Bool
    }

    package struct HeldRole: Hashable, Sendable {
        package var name: RoleName
        package var sensitive: Bool
    }

    package struct Member: Hashable, Sendable {
        package var person: Person
        package var permissions: [PermissionName]
        package var roles: [HeldRole]
        /// When the manifests end it; `nil` also when they are invalid.
        package var expires: Expiry?
        package var unmanaged: Bool

        /// Holds a permission: may act on other admins.
        package var isDelegated: Bool { !permissions.isEmpty }
        package var isPrivileged: Bool { isDelegated || roles.contains(where: \.sensitive) }
    }

    package struct TenantAccess: Hashable, Sendable {
        package var tenant: Tenant
        /// `nil` when nothing declares it.
        package var management: Management?
        /// By address.
        package var members: [Member]
    }

    package struct IdentityAccess: Hashable, Sendable {
        package var identity: Identity
        package var management: Management?
        package var users: Int
        package var disabled: Int
        package var pending: Int
        /// By address.
        package var admins: [Person]
    }

    /// The end of an access, as the manifests declare it.
    package struct Expiry: Hashable, Sendable {
        package var at: Instant
        package var urgency: Urgency

        package enum Urgency: Hashable, Sendable {
            case later
            /// Within `AccessReport.horizon`.
            case soon
            /// Past, and the access is still there.
            case overdue
        }
    }

    package struct Ending: Hashable, Sendable {
        package var address: Address
        package var expiry: Expiry
    }

    /// Somebody who has not accepted yet.
    package struct Waiting: Hashable, Sendable {
        package var scope: Scope
        /// `live`, `expired`, `revoked`, …, or `not invited`.
        package var state: String
        package var expiresAt: Instant?
    }

    /// A run with what it did, as far as that was read.
    package struct Run: Sendable {
        package var record: RunRecord
        /// `nil`: not read, because the run is old or did very much.
        package var entries: [Entry]?
    }

    /// An audited change, its mobiles masked.
    package struct Entry: Hashable, Sendable {
        package var kind: String
        package var address: String
        package var actor: String
        package var reason: String?
        package var comment: String?
        package var before: JSON?
        package var after: JSON?
    }

    package struct Counts: Hashable, Sendable {
        package var accounts = 0
        package var activated = 0
        package var blocked = 0
        package var memberships = 0
        /// Memberships with a permission.
        package var delegated = 0
        package var identityUsers = 0
    }

    /// How far ahead an end is told of: 30 days.
    package static let horizonInDays: Int64 = 30

    package var project: String
    package var at: Instant
    /// `nil`: there is no store yet.
    package var origin: ObservedState.Origin?
    package var counts: Counts
    package var tenants: [TenantAccess]
    package var identities: [IdentityAccess]
    package var waiting: [Waiting]
    /// Letters that have not left.
    package var undelivered: Int
    /// What ends within the horizon, and what should have ended, soonest first. `nil`: the
    /// manifests are invalid, so that it is not known.
    package var endings: [Ending]?
    /// In the store, not declared, and left alone; `nil` as above.
    package var unmanaged: [Address]?
    package var runs: [Run]
    /// What the manifests would change now. Its findings and its drift are the report's.
    package var plan: PlanReport
    /// Nobody said who acts, so the plan is the operator's.
    package var actorIsAssumed: Bool
}
