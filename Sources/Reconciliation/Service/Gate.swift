/// Lets one in at a time, in the order in which they came, and sends away whom it has no room for.
actor Gate {
    private let room: Int
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter room: How many may wait.
    init(room: Int) { self.room = room }

    /// `false` when too many wait already; else `leave()` must follow.
    func enter() async -> Bool {
        guard isTaken else {
            isTaken = true
            return true
        }
        guard waiting.count < room else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    func leave() {
        if waiting.isEmpty {
            isTaken = false
        } else {
            waiting.removeFirst().resume()
        }
    }
}
