/// The newest invitation of each scope, by place and person: there may be a million.
package struct NewestInvitations: Sendable {
    /// An invitation without its scope, which is where it lies.
    fileprivate struct Entry: Sendable {
        var number: InvitationNumber
        var state: Invitation.State
        var expiresAt: Instant
        var generation: Int
        var automaticResends: Int
    }

    private var ofMembers: [TenantName: SortedTable<EmailAddress, Entry>] = [:]
    private var ofUsers: [IdentityCode: SortedTable<EmailAddress, Entry>] = [:]

    package init() {}

    /// Of two for one scope the later one stays.
    package init(_ invitations: some Sequence<Invitation>) {
        for invitation in invitations { append(invitation) }
    }

    /// It is quick where the persons of one place come in order.
    package mutating func append(_ invitation: Invitation) {
        let entry = Entry(invitation)
        switch invitation.scope {
        case .membership(let tenant, let email):
            ofMembers[tenant, default: [:]].append(entry, for: email)
        case .identityUser(let code, let email):
            ofUsers[code, default: [:]].append(entry, for: email)
        }
    }

    package subscript(scope: Scope) -> Invitation? {
        get {
            switch scope {
            case .membership(let tenant, let email):
                ofMembers[tenant]?[email].map { Invitation($0, scope) }
            case .identityUser(let code, let email):
                ofUsers[code]?[email].map { Invitation($0, scope) }
            }
        }
        set {
            let entry = newValue.map(Entry.init)
            switch scope {
            case .membership(let tenant, let email): ofMembers[tenant, default: [:]][email] = entry
            case .identityUser(let code, let email): ofUsers[code, default: [:]][email] = entry
            }
        }
    }
}

extension NewestInvitations {
    /// The end of each that waits for an answer, in no order.
    package func forEachExpiry(_ visit: (Instant) -> Void) {
        func visitAll(_ table: SortedTable<EmailAddress, Entry>) {
            for entry in table.values where entry.state == .live { visit(entry.expiresAt) }
        }
        for members in ofMembers.values { visitAll(members) }
        for users in ofUsers.values { visitAll(users) }
    }
}

extension NewestInvitations: Sequence {
    package var count: Int {
        ofMembers.values.reduce(0) { $0 + $1.count } + ofUsers.values.reduce(0) { $0 + $1.count }
    }

    package var keys: [Scope] { map(\.key) }

    package func makeIterator() -> IndexingIterator<[(key: Scope, value: Invitation)]> {
        var all: [(key: Scope, value: Invitation)] = []
        for (tenant, members) in ofMembers {
            all += members.map { email, entry in
                let scope = Scope.membership(tenant, email)
                return (scope, Invitation(entry, scope))
            }
        }
        for (code, users) in ofUsers {
            all += users.map { email, entry in
                let scope = Scope.identityUser(code, email)
                return (scope, Invitation(entry, scope))
            }
        }
        return all.makeIterator()
    }
}

extension NewestInvitations.Entry {
    fileprivate init(_ invitation: Invitation) {
        number = invitation.number
        state = invitation.state
        expiresAt = invitation.expiresAt
        generation = invitation.generation
        automaticResends = invitation.automaticResends
    }
}

extension Invitation {
    fileprivate init(_ entry: NewestInvitations.Entry, _ scope: Scope) {
        self.init(
            id: "", scope: scope, generation: entry.generation, state: entry.state,
            expiresAt: entry.expiresAt, automaticResends: entry.automaticResends)
        number = entry.number
    }
}
