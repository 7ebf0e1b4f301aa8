import AccessModel

/// The desired state as the difference needs it: by place and by person, judged at one instant.
struct Declarations: Sendable {
    /// What is declared of one membership or identity user, and whether it has ended.
    struct Entry<Declared: Sendable>: Sendable {
        var declared: Declared
        var expired: Bool
    }

    let people: [EmailAddress: DesiredAdmin]
    let memberships: [TenantName: [EmailAddress: Entry<DesiredMembership>]]
    let users: [IdentityCode: DeclaredUsers]
    /// From an earlier address to the person that has it now.
    let successors: [EmailAddress: EmailAddress]
    private let gone: Set<EmailAddress>

    init(_ desired: DesiredState, at: Instant) {
        let people = Dictionary(
            desired.admins.map { ($0.email, $0) }, uniquingKeysWith: { first, _ in first })
        let gone = Set(people.values.filter { $0.expires.map { $0 <= at } ?? false }.map(\.email))
        func hasEnded(_ expires: Instant?, _ email: EmailAddress) -> Bool {
            if let expires, expires <= at { return true }
            return gone.contains(email)
        }
        var memberships: [TenantName: [EmailAddress: Entry<DesiredMembership>]] = [:]
        for membership in desired.memberships {
            memberships[membership.tenant, default: [:]][membership.email] = Entry(
                declared: membership, expired: hasEnded(membership.expires, membership.email))
        }
        var successors: [EmailAddress: EmailAddress] = [:]
        for admin in desired.admins {
            for earlier in admin.formerly { successors[earlier] = admin.email }
        }
        self.people = people
        self.gone = gone
        self.memberships = memberships
        users = DeclaredUsers.byIdentity(desired.identityUsers, at: at, gone: gone)
        self.successors = successors
    }

    func users(of code: IdentityCode) -> DeclaredUsers { users[code] ?? DeclaredUsers() }

    func profile(of email: EmailAddress) -> Profile { people[email]?.profile ?? Profile() }
    /// The whole person has left at this instant, also from places that nobody declares.
    func hasLeft(_ email: EmailAddress) -> Bool { gone.contains(email) }
    func isAutomation(_ email: EmailAddress) -> Bool { people[email]?.automation ?? false }
}
