internal import Synchronization

/// How much of a long work is done: told by whoever does it, looked at by whoever shows it.
/// Nothing that is computed depends on it.
package final class WorkCount: Sendable {
    /// Who works for somebody that watches finds the count here.
    @TaskLocal package static var watched: WorkCount?

    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case files, users, rows, steps, letters
    }

    package struct Count: Hashable, Sendable {
        package var unit: Unit
        package var done: Int
        /// `nil` where nobody knows.
        package var total: Int?

        package init(_ unit: Unit, done: Int, total: Int? = nil) {
            self.unit = unit
            self.done = done
            self.total = total
        }
    }

    private let units = Mutex<[Unit: Count]>([:])

    package init() {}

    package func begin(_ unit: Unit, of total: Int? = nil) {
        units.withLock { $0[unit] = Count(unit, done: 0, total: total) }
    }

    package func advance(_ unit: Unit, by number: Int = 1) {
        units.withLock { $0[unit, default: Count(unit, done: 0)].done += number }
    }

    /// What was begun, in the order of the units.
    package var counts: [Count] {
        let units = units.withLock(\.self)
        return Unit.allCases.compactMap { units[$0] }
    }
}
