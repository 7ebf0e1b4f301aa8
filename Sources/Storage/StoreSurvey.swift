package import AccessModel

/// A store read without making anything of its identity users: what each identity's amount to, and
/// everything else as it is.
///
/// Whoever finds out whose users are as the manifests declare them asks for the others with
/// `StoreReader.state(_:people:declared:)`.
package struct StoreSurvey: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Of the plain users: each is enabled, no admin, not blocked, a member nowhere, and has a
        /// live invitation where an answer is awaited.
        package var roster: Roster.Summary
        /// All of them, plain or not; how long the invitations of the plain ones are good.
        package var users: SettledUsers
        /// Who is not plain.
        package var others: [EmailAddress]
        /// The first ones that have yet to accept.
        package var waiters: [EmailAddress]

        package init(
            roster: Roster.Summary, users: SettledUsers, others: [EmailAddress],
            waiters: [EmailAddress]
        ) {
            self.roster = roster
            self.users = users
            self.others = others
            self.waiters = waiters
        }
    }

    /// How many of those who wait are named in each identity.
    package static let waiters = 8

    /// Without identity users; of the accounts and invitations only those of members.
    package var state: ObservedState
    /// Of identities that have users.
    package var entries: [IdentityCode: Entry]

    /// How many identity users there are, plain or not.
    package var users: Int { entries.values.reduce(0) { $0 + $1.users.users } }

    package init(state: ObservedState, entries: [IdentityCode: Entry]) {
        self.state = state
        self.entries = entries
    }
}
