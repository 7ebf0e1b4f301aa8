package import AccessModel

extension Sequence<ForeignChange> {
    /// names and details of an account are for those who may invite where it is a member, and
    /// for the person. Others learn that a detail changed, not from what to what.
    package func veiled(for actor: Actor, in observed: ObservedState) -> [ForeignChange] {
        guard case .person(let reader) = actor else { return Array(self) }
        return map { change in
            guard case .account(let email) = change.address, email != reader,
                !observed.mayKnow(email, reader)
            else { return change }
            var veiled = change
            veiled.before = change.before?.veiled(against: nil)
            veiled.after = change.after?.veiled(against: change.before)
            return veiled
        }
    }
}

extension ObservedState {
    fileprivate func mayKnow(_ email: EmailAddress, _ reader: EmailAddress) -> Bool {
        memberships.contains { tenant, members in
            members[email] != nil
                && activePermissions(of: reader, in: tenant).contains(.inviteAdmins)
        }
    }
}

extension ForeignChange {
    /// What stands in the place of a detail; the other one is what it was changed to.
    package static let veils = ["withheld", "withheld, another"]
}

extension [String: String] {
    private static let details = ["firstName", "lastName", "mobile", "language", "spelling"]

    fileprivate func veiled(against before: Self?) -> Self {
        var veiled = self
        for detail in Self.details where self[detail] != nil {
            let isNew = before.map { $0[detail] != nil && $0[detail] != self[detail] } ?? false
            veiled[detail] = ForeignChange.veils[isNew ? 1 : 0]
        }
        return veiled
    }
}
