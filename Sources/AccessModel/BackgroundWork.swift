internal import Dispatch
internal import Synchronization

/// Pieces of work that are done beside whoever gives them, one after the other.
///
/// None is done after one that failed. It is used by one task at a time.
package final class BackgroundWork<Failure: Error>: Sendable {
    private let queue = DispatchQueue(label: "background work")
    private let places: DispatchSemaphore
    private let failure = Mutex<Failure?>(nil)

    /// - Parameter limit: How many pieces may wait: what they hold is held in memory.
    package init(limit: Int) { places = DispatchSemaphore(value: limit) }

    /// Waits until few enough others wait, not for the piece.
    package func add(_ piece: @escaping @Sendable () throws(Failure) -> Void) {
        places.wait()
        queue.async { [self] in
            defer { places.signal() }
            guard failure.withLock({ $0 == nil }) else { return }
            do throws(Failure) { try piece() } catch { failure.withLock { $0 = error } }
        }
    }

    /// Waits until nothing is left to do; what failed is told once.
    package func finish() -> Failure? {
        queue.sync {}
        return failure.withLock { failure in
            defer { failure = nil }
            return failure
        }
    }
}
