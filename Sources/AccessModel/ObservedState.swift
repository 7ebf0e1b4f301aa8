/// What a store held at one moment: the truth about the present.
package struct ObservedState: Sendable {
    /// Which store, and how many committed changes of access it has seen; `nil` when it is absent.
    package struct Origin: Hashable, Sendable {
        package var id: String
        package var serial: Int64

        package init(id: String, serial: Int64) {
            self.id = id
            self.serial = serial
        }
    }

    package var origin: Origin?
    package var permissions: [PermissionName: Permission]
    package var roles: [RoleName: Role] = [:]
    package var tenants: [TenantName: Tenant] = [:]
    package var accounts: SortedTable<EmailAddress, Account> = [:]
    package var memberships: [TenantName: [EmailAddress: Membership]] = [:]
    package var identities: [IdentityCode: Identity] = [:]
    package var identityUsers: [IdentityCode: SortedTable<EmailAddress, IdentityUser>] = [:]
    /// The newest invitation of each scope.
    package var invitations = NewestInvitations()
    /// Guards, delivery, invitation settings, policies and tests as last applied, by key.
    package var settings: [String: String] = [:]
    /// What this project applied before.
    package var managed: Set<Address> = []
    /// What others changed since Muster last wrote the same object, net, sorted by address.
    package var foreignChanges: [ForeignChange] = []
    /// Why those may not be all of them, sorted.
    package var recorderFaults: [RecorderFault] = []

    /// An absent store: nothing but the permissions that always exist.
    package init(origin: Origin? = nil) {
        self.origin = origin
        permissions = Dictionary(uniqueKeysWithValues: Permission.builtIn.map { ($0.name, $0) })
    }

    package func membership(of email: EmailAddress, in tenant: TenantName) -> Membership? {
        memberships[tenant]?[email]
    }

    package func user(_ email: EmailAddress, of identity: IdentityCode) -> IdentityUser? {
        identityUsers[identity]?[email]
    }
}
