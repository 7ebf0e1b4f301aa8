/// The candidate that was probably meant, if one is near enough.
///
/// Near: equal but for letter case, `_` and `-`, or at most a third of the letters away, where
/// exchanging two neighbours counts as one step.
package func suggestion(for text: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(text)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var ruler = Ruler(wanted)
    var best: (distance: Int, text: String)?
    for candidate in candidates where candidate != text {
        let other = folded(candidate)
        let allowed = max(1, max(wanted.count, other.count) / 3)
        let limit = min(allowed, min(wanted.count, other.count) - 1, best?.distance ?? allowed)
        guard abs(other.count - wanted.count) <= limit,
            let distance = ruler.distance(to: other, atMost: limit)
        else { continue }
        if let best, (best.distance, best.text) < (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.text
}

private func folded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
        let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        bytes.append(isUpper ? byte | 0x20 : byte)
    }
    return bytes
}

/// Measures from one text, in the same three rows for all others: there may be many.
///
/// Optimal string alignment: insertions, deletions, replacements, exchanged neighbours.
private struct Ruler {
    private let text: [UInt8]
    private var before: [Int]
    private var above: [Int]
    private var row: [Int]

    init(_ text: [UInt8]) {
        self.text = text
        before = Array(0...text.count)
        (above, row) = (before, before)
    }

    /// - Returns: Nothing where it is more than `limit`.
    mutating func distance(to other: [UInt8], atMost limit: Int) -> Int? {
        for j in above.indices { above[j] = j }
        for i in other.indices {
            row[0] = i + 1
            var least = i + 1
            for j in text.indices {
                let isSame = other[i] == text[j]
                var cost = min(row[j] + 1, above[j + 1] + 1, above[j] + (isSame ? 0 : 1))
                if i > 0, j > 0, other[i] == text[j - 1], other[i - 1] == text[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                row[j + 1] = cost
                least = min(least, cost)
            }
            // An exchange looks back two rows, and costs one.
            if least > limit + 1 { return nil }
            swap(&before, &above)
            swap(&above, &row)
        }
        return above[text.count] <= limit ? above[text.count] : nil
    }
}
