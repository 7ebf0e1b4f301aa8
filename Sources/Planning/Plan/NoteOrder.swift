import AccessModel

extension [PlanNote] {
    /// By address, then by kind; those of one address and kind as they came.
    ///
    /// A million users of identities may be awaited, who come in their order already: the few
    /// other notes find their places among them.
    var ordered: Self {
        var users = filter(\.isOfUser)
        let others = filter { !$0.isOfUser }.sorted { $0.precedes($1) }
        if users.indices.dropFirst().contains(where: { users[$0].precedes(users[$0 - 1]) }) {
            users.sort { $0.precedes($1) }
        }
        if others.isEmpty { return users }
        var all: Self = []
        all.reserveCapacity(count)
        var next = 0
        for note in others {
            let place = users.place(before: note, from: next)
            all += users[next..<place]
            all.append(note)
            next = place
        }
        return all + users[next...]
    }

    /// The first place at or after `start` whose note does not come before this one.
    private func place(before note: PlanNote, from start: Int) -> Int {
        var (low, high) = (start, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].precedes(note) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension PlanNote {
    fileprivate var isOfUser: Bool {
        if case .identityUser = address { true } else { false }
    }

    fileprivate func precedes(_ other: Self) -> Bool {
        address == other.address
            ? kind.rawValue < other.kind.rawValue : address < other.address
    }
}
