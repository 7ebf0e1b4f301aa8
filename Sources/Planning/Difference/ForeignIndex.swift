import AccessModel

/// What others changed in the store, to tell drift from an edit of the manifests.
struct ForeignIndex: Sendable {
    private let changes: [Address: ForeignChange]

    init(_ changes: [ForeignChange]) {
        self.changes = Dictionary(changes.map { ($0.address, $0) }, uniquingKeysWith: { $1 })
    }

    /// Somebody else took it away.
    func vanished(_ address: Address) -> Bool {
        changes[address].map { $0.before != nil && $0.after == nil } ?? false
    }

    /// Somebody else put it there.
    func appeared(_ address: Address) -> Bool {
        changes[address].map { $0.before == nil && $0.after != nil } ?? false
    }

    /// Somebody else changed exactly these fields, from the values that are wanted again.
    func altered(_ address: Address, from wanted: [String: String?]) -> Bool {
        guard let before = changes[address]?.before, changes[address]?.after != nil else {
            return false
        }
        return wanted.allSatisfy { field, value in before[field] == value }
    }

    /// `drift` when that is the only cause, else the reason given.
    func reason(_ isDrift: Bool, else reason: Reason) -> Reason { isDrift ? .drift : reason }
}
