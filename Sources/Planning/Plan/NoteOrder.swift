import AccessModel

extension [PlanNote] {
    /// By address, then by kind; those of one address and kind as they came.
    ///
    /// A million users of identities may be awaited, who come in their order already: the few
    /// other notes find their places among them.
    mutating func order() {
        let others = filter { !$0.isOfUser }.sorted { $0.precedes($1) }
        if !others.isEmpty { removeAll { !$0.isOfUser } }
        if indices.dropFirst().contains(where: { self[$0].precedes(self[$0 - 1]) }) {
            sort { $0.precedes($1) }
        }
        merge(others)
    }

    /// Puts others of this order before those that they do not come after, from behind.
    private mutating func merge(_ others: Self) {
        var users = count
        append(contentsOf: others)
        for (place, other) in others.enumerated().reversed() {
            while users > 0, !self[users - 1].precedes(other) {
                swapAt(users - 1, users + place)
                users -= 1
            }
            self[users + place] = other
        }
    }
}

extension PlanNote {
    fileprivate var isOfUser: Bool {
        if case .identityUser = address { true } else { false }
    }

    fileprivate func precedes(_ other: Self) -> Bool {
        // The many, of whom each is asked once and none is another.
        if case .identityUser(let code, let email) = address,
            case .identityUser(let place, let person) = other.address,
            code == place, email != person
        {
            return email < person
        }
        return address == other.address
            ? kind.rawValue < other.kind.rawValue : address < other.address
    }
}
