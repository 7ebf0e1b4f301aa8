import AccessModel

/// Where a ready step stands: losses before gains, then by address in byte order, then by place in
/// the closed list. An address and a kind occur once in a plan, so no value is needed to decide.
struct Priority: Comparable {
    let isGain: Bool
    let address: String
    let place: Int

    init(_ proposal: Proposal) {
        isGain = !proposal.action.kind.isLoss
        address = proposal.action.address.text
        place = proposal.action.kind.place
    }

    /// Of each proposal its place among all by priority: sorted once, compared often.
    static func ranks(of proposals: [Proposal]) -> [Int] {
        let priorities = proposals.map(Priority.init)
        var ranks = Array(repeating: 0, count: priorities.count)
        let sorted = priorities.indices.sorted { priorities[$0] < priorities[$1] }
        for (rank, index) in sorted.enumerated() { ranks[index] = rank }
        return ranks
    }

    static func < (a: Self, b: Self) -> Bool {
        if a.isGain != b.isGain { return b.isGain }
        if a.address != b.address { return a.address < b.address }
        return a.place < b.place
    }
}

/// The order of a plan's steps, and the cycles that were cut to get one (E230).
struct Order {
    /// Places in the given proposals, in the order of execution.
    private(set) var sequence: [Int] = []
    private(set) var cycles: [[Int]] = []

    /// The step's number, from 1, of each proposal.
    var ids: [Int] {
        var ids = Array(repeating: 0, count: sequence.count)
        for (place, index) in sequence.enumerated() { ids[index] = place + 1 }
        return ids
    }

    private var waiting: [Int]
    private var done: [Bool]
    private let before: [[Int]]
    private let after: [[Int]]
    /// By `Priority`.
    private let ranks: [Int]
    private var ready = Heap()

    init(_ proposals: [Proposal], _ edges: Edges, actor: Actor) {
        before = edges.before
        ranks = edges.ranks
        var after = Array(repeating: [Int](), count: proposals.count)
        for (later, predecessors) in edges.before.enumerated() {
            for earlier in predecessors { after[earlier].append(later) }
        }
        self.after = after
        waiting = edges.before.map(\.count)
        done = Array(repeating: false, count: proposals.count)
        let phases = proposals.map { Self.phase(of: $0, actor) }
        let last = phases.max() ?? 0
        for phase in 0...last { run(phase, phases) }
    }

    /// Edge 6: changes to the actor itself last, `assign_permissions` the very last. What only the
    /// operator deletes stands behind them, so that it is refused for that and not for its order.
    private static func phase(of proposal: Proposal, _ actor: Actor) -> Int {
        guard let actor = actor.email else { return 0 }
        if proposal.action.unmakes { return 3 }
        guard proposal.action.address.person == actor else { return 0 }
        switch proposal.action {
        case .grantPermission(_, _, .assignPermissions),
            .revokePermission(_, _, .assignPermissions),
            .deleteAccount:
            return 2
        default: return 1
        }
    }

    private mutating func run(_ phase: Int, _ phases: [Int]) {
        let members = phases.indices.filter { phases[$0] == phase }
        for index in members where waiting[index] == 0 { ready.insert(index, ranks) }
        var left = members.count
        while left > 0 {
            guard let next = ready.removeFirst(ranks) else {
                let stuck = members.filter { !done[$0] }
                cut(among: stuck)
                continue
            }
            finish(next, phase, phases)
            left -= 1
        }
    }

    private mutating func finish(_ index: Int, _ phase: Int, _ phases: [Int]) {
        done[index] = true
        sequence.append(index)
        for later in after[index] {
            waiting[later] -= 1
            if waiting[later] == 0, !done[later], phases[later] == phase {
                ready.insert(later, ranks)
            }
        }
    }

    /// Notes a cycle and lets its first step through, so that the rest can still be shown.
    private mutating func cut(among stuck: [Int]) {
        guard let start = stuck.min(by: { ranks[$0] < ranks[$1] }) else { return }
        var path = [start]
        var seen = [start: 0]
        while let next = before[path[path.count - 1]].filter({ !done[$0] })
            .min(by: { ranks[$0] < ranks[$1] })
        {
            if let place = seen[next] {
                path = Array(path[place...].reversed())
                break
            }
            seen[next] = path.count
            path.append(next)
        }
        // A step of a later phase can stand in the way; only one of this phase can be let through.
        let members = Set(stuck)
        let first = path.filter(members.contains).min { ranks[$0] < ranks[$1] } ?? start
        let turn = path.firstIndex(of: first) ?? 0
        cycles.append(Array(path[turn...] + path[..<turn]))
        waiting[first] = 0
        ready.insert(first, ranks)
    }
}

/// A binary heap of places, smallest priority first.
private struct Heap {
    private var items: [Int] = []

    mutating func insert(_ item: Int, _ ranks: [Int]) {
        items.append(item)
        var child = items.count - 1
        while child > 0, ranks[items[child]] < ranks[items[(child - 1) / 2]] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst(_ ranks: [Int]) -> Int? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return first }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
                if ranks[items[child]] < ranks[items[least]] { least = child }
            }
            if least == parent { return first }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
