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
    /// How many users of identities are left out, with their accounts and invitations: they are as
    /// declared, wherever they are, and nothing is to be said of them.
    package var settled: [IdentityCode: SettledUsers] = [:]
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

    /// How many memberships and identities these people have, where any; the named places aside.
    package func places(
        of people: Set<EmailAddress>, besides tenants: Set<TenantName> = [],
        _ identities: Set<IdentityCode> = []
    ) -> [EmailAddress: Int] {
        guard !people.isEmpty else { return [:] }
        var places: [EmailAddress: Int] = [:]
        // The smaller side is walked over.
        func count(_ size: Int, _ keys: some Sequence<EmailAddress>, has: (EmailAddress) -> Bool) {
            if size < people.count {
                for email in keys where people.contains(email) { places[email, default: 0] += 1 }
            } else {
                for email in people where has(email) { places[email, default: 0] += 1 }
            }
        }
        for (tenant, members) in memberships where !tenants.contains(tenant) {
            count(members.count, members.keys) { members[$0] != nil }
        }
        for (code, users) in identityUsers where !identities.contains(code) {
            count(users.count, users.keys) { users[$0] != nil }
        }
        return places
    }
}
