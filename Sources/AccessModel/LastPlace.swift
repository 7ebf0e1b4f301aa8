internal import Synchronization

/// Where a table was looked into last, shared by its copies. It is a guess, good or bad: nothing
/// but speed depends on it.
package final class LastPlace: Sendable {
    /// Of tables without rows.
    package static let ofNobody = LastPlace()

    private let place = Atomic<Int>(0)

    package init() {}

    package var index: Int {
        get { place.load(ordering: .relaxed) }
        set { place.store(newValue, ordering: .relaxed) }
    }
}
