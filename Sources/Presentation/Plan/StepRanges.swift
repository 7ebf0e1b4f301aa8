/// `3`, `3, 7`, `4-82`, `1-3, 9, 12-90`.
func stepRanges(_ steps: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for step in steps.sorted() {
        if let last = ranges.last, step <= last.upperBound + 1 {
            ranges[ranges.count - 1] = last.lowerBound...max(step, last.upperBound)
        } else {
            ranges.append(step...step)
        }
    }
    return ranges.map { range in
        range.count == 1
            ? "\(range.lowerBound)"
            : range.count == 2
                ? "\(range.lowerBound), \(range.upperBound)"
                : "\(range.lowerBound)-\(range.upperBound)"
    }.joined(separator: ", ")
}
