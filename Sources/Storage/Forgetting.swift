package import AccessModel

/// What a run of kind `forget` writes into the audit.
package enum Forgetting {
    /// Whose data went; the address is the pseudonym's account.
    package static let person = "forgetPerson"
    /// The entry `entry:N` was replaced, and is vouched for as it is now.
    package static let entry = "eraseEntry"
    /// The same of the run `run:N`.
    package static let run = "eraseRun"

    /// The domain of pseudonyms; no mail ever goes there (RFC 2606).
    private static let domain = "@forgotten.invalid"

    static func pseudonym(_ number: Int) -> EmailAddress {
        let name = "forgotten-\(number)\(domain)"
        return EmailAddress(canonical: name, spelling: name)
    }

    /// Whether an address stands for somebody who was forgotten.
    package static func isPseudonym(_ email: EmailAddress) -> Bool {
        email.canonical.hasSuffix(domain)
    }

    package static let vouching: Set = [entry, run]
    package static let kinds: Set = [person, entry, run]

    /// The `after` of an entry that vouches.
    static func statement(_ digest: String) -> String {
        AuditValue.fields(["digest": .text(digest)]).json
    }
}

/// Erases what a store says of one person.
package struct ForgetRequest: Sendable {
    package var person: EmailAddress
    package var run: RunRecord

    package init(person: EmailAddress, run: RunRecord) {
        self.person = person
        self.run = run
    }
}

/// What a store erased.
package struct ForgetOutcome: Hashable, Sendable {
    /// Stands for the person from now on: one name, so that what one person did stays together.
    package var pseudonym: EmailAddress
    /// `nil`: the store knew nothing of the person, and nothing was written.
    package var run: Int64?
    package var auditHead: String
    package var entries = 0
    package var runs = 0
    package var letters = 0
    package var invitations = 0
    package var foreignChanges = 0

    package init(pseudonym: EmailAddress, run: Int64?, auditHead: String) {
        self.pseudonym = pseudonym
        self.run = run
        self.auditHead = auditHead
    }

    package var isEmpty: Bool {
        entries + runs + letters + invitations + foreignChanges == 0
    }
}
