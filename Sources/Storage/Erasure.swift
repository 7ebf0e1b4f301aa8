package import AccessModel

/// Replaces one person by a pseudonym in everything that a store keeps of the past.
///
/// The person's address becomes the pseudonym's; names, mobile, language and comments go. What the
/// person held, where and when stays, for it is the history of the tenants.
package struct Erasure: Sendable {
    package let person: EmailAddress
    package let pseudonym: EmailAddress
    /// Texts that are the person's: addresses, names, mobiles.
    private var words: Set<String>
    private var firstNames: Set<String> = []
    private var lastNames: Set<String> = []

    /// - Parameter number: Of the pseudonym, from 1.
    package init(_ person: EmailAddress, number: Int) {
        self.person = person
        pseudonym = Forgetting.pseudonym(number)
        words = [person.canonical, person.spelling]
    }

    // MARK: - Learning

    /// Looks for the person's names and mobiles in an entry about the person.
    package mutating func learn(from entry: AuditEntry) {
        guard names(entry.address) else { return }
        for text in [entry.before, entry.after] {
            guard case .fields(let fields)? = text.flatMap(AuditValue.init(json:)) else { continue }
            learn(fields["profile"] ?? .fields(fields))
        }
    }

    /// Likewise in a letter, which has another spelling or the whole name.
    package mutating func learn(from letter: Letter) {
        guard letter.recipient == person.canonical else { return }
        words.formUnion([letter.spelling, letter.recipientName].compactMap { $0 })
    }

    private mutating func learn(_ profile: AuditValue) {
        guard case .fields(let fields) = profile else { return }
        if case .text(let name) = fields["firstName"] { firstNames.insert(name) }
        if case .text(let name) = fields["lastName"] { lastNames.insert(name) }
        if case .text(let mobile) = fields["mobile"] { words.insert(mobile) }
    }

    private var fullNames: Set<String> {
        var names = firstNames.union(lastNames)
        for first in firstNames { for last in lastNames { names.insert("\(first) \(last)") } }
        return names
    }

    /// Whether a free text speaks of the person: has an address or a mobile anywhere, or a name as
    /// words of its own.
    package func speaks(_ text: String) -> Bool {
        let text = Array(text.lowercased())
        func has(_ part: String, asWords: Bool) -> Bool {
            let part = Array(part.lowercased())
            guard !part.isEmpty, part.count <= text.count else { return false }
            return (0...text.count - part.count).contains { start in
                let end = start + part.count
                guard text[start..<end].elementsEqual(part) else { return false }
                let isOpen = start == 0 || !text[start - 1].isLetter
                let isClosed = end == text.count || !text[end].isLetter
                return !asWords || isOpen && isClosed
            }
        }
        return words.contains { has($0, asWords: false) }
            || firstNames.union(lastNames).contains { has($0, asWords: true) }
    }

    /// Whether a text is the person: an address or a name.
    package func isPerson(_ text: String) -> Bool {
        words.contains(text) || fullNames.contains(text)
    }

    /// Whether a text is an address of the person, however it is spelt.
    package func isAddress(_ text: String) -> Bool {
        if isPerson(text) { return true }
        guard case .success(let address) = EmailAddress.parse(text) else { return false }
        return address == person
    }

    // MARK: - Erasing

    /// The entry without the person; `nil` when it does not speak of the person.
    package func erased(_ entry: AuditEntry) -> AuditEntry? {
        var erased = entry
        if names(entry.address) {
            erased.address = renamed(entry.address)
            erased.before = entry.before.flatMap(stripped)
            erased.after = entry.after.flatMap(stripped)
            erased.comment = nil
        }
        if entry.actor == person.canonical { erased.actor = pseudonym.canonical }
        if let comment = erased.comment, speaks(comment) { erased.comment = nil }
        return erased == entry ? nil : erased
    }

    /// The run without the person, and without where that person sat.
    package func erased(_ run: RunRecord) -> RunRecord? {
        guard run.actor == person.canonical else { return nil }
        var erased = run
        erased.actor = pseudonym.canonical
        erased.systemUser = "erased"
        erased.host = "erased"
        return erased
    }

    /// Recorded fields of an account without the person's details.
    package func stripped(_ fields: [String: String]) -> [String: String] {
        fields.filter { !Self.details.contains($0.key) && !isPerson($0.value) }
    }

    private static let details: Set = ["firstName", "lastName", "mobile", "language", "spelling"]

    /// A state without a profile; one that cannot be read goes as a whole.
    private func stripped(_ json: String) -> String? {
        switch AuditValue(json: json) {
        case .fields(let fields)?:
            AuditValue.fields(
                fields.filter { $0.key != "profile" && !Self.details.contains($0.key) }
            )
            .json
        case let value?: value.json
        case nil: nil
        }
    }

    // MARK: - Addresses

    /// Whether the text of an address has the person as its person.
    private func names(_ address: String) -> Bool { place(in: address) != nil }

    private func renamed(_ address: String) -> String {
        guard let place = place(in: address) else { return address }
        return address.replacing(place, with: pseudonym.canonical)
    }

    /// Where the person stands in the text of an address: at its end, or before the grant.
    private func place(in address: String) -> Range<String.Index>? {
        let start: String.Index?
        if address.hasPrefix("account:") {
            start = address.utf8.index(address.startIndex, offsetBy: 8)
        } else {
            start = address.utf8.firstIndex(of: 0x2F).map { address.utf8.index(after: $0) }
        }
        guard let start else { return nil }
        let rest = address.utf8[start...]
        let wanted = person.canonical.utf8
        guard rest.starts(with: wanted) else { return nil }
        let end = rest.index(start, offsetBy: wanted.count)
        let tail = address.utf8[end...]
        guard
            tail.isEmpty || tail.starts(with: "#permission:".utf8)
                || tail.starts(with: "#role:".utf8)
        else { return nil }
        return start..<end
    }
}

extension String {
    fileprivate func replacing(_ range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
