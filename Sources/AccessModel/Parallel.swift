internal import Dispatch
internal import Synchronization

/// The value of each index, in their order; computed on all processors where it is worth while.
///
/// It blocks until all are there. What a value is depends on its index alone, so that nobody can
/// tell on how many processors they were made.
package func values<Value: Sendable>(
    of indices: Range<Int>, inParallel isWorthWhile: Bool, _ value: @Sendable (Int) -> Value
) -> [Value] {
    guard isWorthWhile else { return indices.map(value) }
    let values = Mutex([Value?](repeating: nil, count: indices.count))
    DispatchQueue.concurrentPerform(iterations: indices.count) { place in
        let made = value(indices.lowerBound + place)
        values.withLock { $0[place] = made }
    }
    return values.withLock { $0.compactMap(\.self) }
}

/// A value for each of the portions of a long range, in their order; of a short one there is one.
package func valuesOfPortions<Value: Sendable>(
    of range: Range<Int>, _ value: @Sendable (Range<Int>) -> Value
) -> [Value] {
    let size = 1_024
    let count = (range.count + size - 1) / size
    return values(of: 0..<count, inParallel: count > 1) { number in
        let start = range.lowerBound + number * size
        return value(start..<min(range.upperBound, start + size))
    }
}
