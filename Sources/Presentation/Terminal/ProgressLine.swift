package import AccessModel

/// What a terminal says of a long work while it lasts: how long so far, how much of what is done,
/// and how long it may still take.
///
/// - Parameters:
///   - seconds: Since the work began.
///   - lasting: For how many seconds each unit has been counted.
package func progressLine(
    _ phase: String, seconds: Double, _ counts: [WorkCount.Count],
    lasting: [WorkCount.Unit: Double]
) -> String {
    let parts = counts.filter { $0.done > 0 }.map { count in
        let total = count.total.map { " of \(grouped($0))" } ?? ""
        return "\(grouped(count.done))\(total) \(count.unit.rawValue)"
    }
    let rests = counts.compactMap { count in
        count.secondsLeft(after: lasting[count.unit] ?? 0)
    }
    let left = rests.max().map { ["about \(grouped(Int($0.rounded(.up)))) s left"] } ?? []
    return (["\(phase) … \(Int(seconds)) s"] + parts + left).joined(separator: ", ")
}

extension WorkCount.Count {
    /// `nil` where it cannot be told, or is too early to tell.
    fileprivate func secondsLeft(after seconds: Double) -> Double? {
        guard let total, done > 0, done < total, seconds >= 1 else { return nil }
        return seconds * Double(total - done) / Double(done)
    }
}
