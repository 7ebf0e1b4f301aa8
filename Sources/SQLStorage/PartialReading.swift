package import AccessModel
package import Storage

extension SQLSession {
    /// The enabled users of these identities who are no admins of theirs.
    package func rosters(
        of identities: Set<IdentityCode>
    ) throws(SQLFailure) -> [IdentityCode: Roster] {
        try reading { () throws(SQLFailure) in
            var found: [IdentityCode: Roster] = [:]
            for group in NameGroup.groups(of: identities.map(\.text).sorted()) {
                var (code, roster) = ("", Roster())
                try connection.query(
                    """
                    SELECT identity, email, roles FROM identity_users
                    WHERE identity IN (\(group.places)) AND enabled = 1 AND admin = 0
                    ORDER BY identity, email
                    """, group.parameters
                ) { row in
                    if !row.holds(code, 0) {
                        found[IdentityCode(code)] = roster
                        (code, roster) = (row.text(0), Roster())
                    }
                    guard let email = row.bytes(1), let roles = row.bytes(2) else { return }
                    roster.add(email, roles: roles)
                }
                found[IdentityCode(code)] = roster
            }
            return found
        }
    }

    /// A survey's state with these people, wherever they are users.
    package func state(
        _ survey: StoreSurvey, people: Set<EmailAddress>, declared: [IdentityCode: [EmailAddress]]
    ) throws(SQLFailure) -> ObservedState {
        try reading { () throws(SQLFailure) in
            var state = survey.state
            let names = people.map(\.canonical).sorted()
            let strangers = names.filter {
                state.accounts[EmailAddress(canonical: $0)] == nil
            }
            for group in NameGroup.groups(of: strangers) {
                _ = try readAccounts(
                    " WHERE email IN (\(group.places))", group.parameters, into: &state)
            }
            state.accounts.settle()
            for group in NameGroup.groups(of: names) {
                _ = try readUsers(
                    " WHERE email IN (\(group.places))", group.parameters, into: &state)
            }
            for code in state.identityUsers.keys { state.identityUsers[code]?.settle() }
            try readInvitations(of: declared, into: &state)
            for (code, entry) in survey.entries {
                let users = state.identityUsers[code] ?? [:]
                let rest = entry.users.users - users.count
                guard rest > 0 else { continue }
                state.settled[code] = SettledUsers(
                    users: rest,
                    awaiting: entry.users.awaiting - users.values.count(where: \.pending),
                    until: entry.users.until)
            }
            return state
        }
    }

    /// Those of the users that were read, and of others where they are declared.
    private func readInvitations(
        of declared: [IdentityCode: [EmailAddress]], into state: inout ObservedState
    ) throws(SQLFailure) {
        var asked = declared.mapValues { Set($0.map(\.canonical)) }
        for (code, users) in state.identityUsers {
            asked[code, default: []].formUnion(users.keys.map(\.canonical))
        }
        for code in asked.keys.sorted() {
            for group in NameGroup.groups(of: (asked[code] ?? []).sorted(), after: code.text) {
                try readInvitations(
                    " WHERE kind = 'identityUser' AND first = $1 AND second IN (\(group.places))",
                    group.parameters, into: &state)
            }
        }
    }
}
