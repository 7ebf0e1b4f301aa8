package import AccessModel

/// One change that somebody else made, as the store wrote it down.
package struct ForeignRecord: Hashable, Sendable {
    /// Grows from record to record.
    package var position: Int64
    package var address: Address
    /// All fields of the object; `nil` when it was not there.
    package var before: [String: String]?
    package var after: [String: String]?
    package var at: Instant
    /// Who, as far as the engine knows.
    package var by: String?
    /// The run that settled it: that wrote the object, or looked at everything.
    package var resolved: Int64?

    package init(
        position: Int64, address: Address, before: [String: String]?, after: [String: String]?,
        at: Instant, by: String? = nil, resolved: Int64? = nil
    ) {
        self.position = position
        self.address = address
        self.before = before
        self.after = after
        self.at = at
        self.by = by
        self.resolved = resolved
    }
}

extension Sequence<ForeignRecord> {
    /// What they amount to, one change for each object, sorted; also where that is nothing.
    ///
    /// They come in the order in which they happened.
    package var netted: [ForeignChange] {
        var changes: [Address: ForeignChange] = [:]
        for record in self {
            var change =
                changes[record.address]
                ?? ForeignChange(
                    address: record.address, before: record.before, after: record.after,
                    at: record.at, times: 0)
            (change.after, change.at, change.by) = (record.after, record.at, record.by)
            change.times += 1
            changes[record.address] = change
        }
        return changes.values.sorted { $0.address < $1.address }
    }
}
