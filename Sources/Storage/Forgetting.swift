/// What a run of kind `forget` writes into the audit.
package enum Forgetting {
    /// Whose data went; the address is the pseudonym's account.
    package static let person = "forgetPerson"
    /// The entry `entry:N` was replaced, and is vouched for as it is now.
    package static let entry = "eraseEntry"
    /// The same of the run `run:N`.
    package static let run = "eraseRun"

    package static let kinds: Set = [person, entry, run]
}
