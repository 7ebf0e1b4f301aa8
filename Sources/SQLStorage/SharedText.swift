internal import AccessModel
internal import Glibc

// Reading rows by the million: a text is made only where nobody has it yet.
extension SQLRow {
    /// Whether a column says exactly this.
    func holds(_ text: String, _ column: Int) -> Bool {
        var text = text
        guard let bytes = bytes(column) else { return false }
        return text.withUTF8 { own in
            guard bytes.count == own.count else { return false }
            guard let left = own.baseAddress, let right = bytes.baseAddress, !own.isEmpty else {
                return own.isEmpty
            }
            return memcmp(left, right, own.count) == 0
        }
    }

    /// An address with the spelling that is kept for it.
    func email(_ canonical: Int, spelling: Int) -> EmailAddress {
        let text = text(canonical)
        return holds(text, spelling)
            ? EmailAddress(canonical: text)
            : EmailAddress(canonical: text, spelling: self.text(spelling))
    }

    /// The address of an account as the table has it; `nil` when there is no such account.
    func email(
        _ column: Int, among accounts: SortedTable<EmailAddress, Account>
    ) -> EmailAddress? {
        let email = bytes(column).flatMap(accounts.key)
        return email ?? accounts[EmailAddress(canonical: text(column))]?.email
    }
}
