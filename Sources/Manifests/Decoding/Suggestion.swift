/// The candidate that was probably meant, if one is near enough.
///
/// Near: equal but for letter case, `_` and `-`, or at most a third of the letters away, where
/// exchanging two neighbours counts as one step.
package func suggestion(for text: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(text)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (distance: Int, text: String)?
    for candidate in candidates where candidate != text {
        let other = folded(candidate)
        let allowed = max(1, max(wanted.count, other.count) / 3)
        guard abs(other.count - wanted.count) <= allowed else { continue }
        let distance = distance(wanted, other)
        guard distance <= allowed, distance < min(wanted.count, other.count) else { continue }
        if let best, (best.distance, best.text) < (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.text
}

private func folded(_ text: String) -> [UInt8] {
    text.utf8.compactMap { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "_"), UInt8(ascii: "-"): nil
        default: byte
        }
    }
}

/// Optimal string alignment: insertions, deletions, replacements, exchanged neighbours.
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before = [Int](repeating: 0, count: b.count + 1)
    var above = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var cost = min(row[j] + 1, above[j + 1] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                cost = min(cost, before[j - 1] + 1)
            }
            row.append(cost)
        }
        before = above
        above = row
    }
    return above[b.count]
}
