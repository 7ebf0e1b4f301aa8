/// The candidate that was probably meant, if one is near enough.
///
/// Near: equal but for letter case, `_` and `-`, or at most a third of the letters away, where
/// exchanging two neighbours counts as one step.
package func suggestion(for text: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(text)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let letters = letters(of: wanted)
    var best: (distance: Int, text: String)?
    var rows = Rows()
    // There may be half a million candidates, most of which their length or their letters rule out.
    for candidate in candidates
    where candidate.utf8.count + max(1, wanted.count / 3) >= wanted.count {
        let other = folded(candidate)
        let allowed = max(1, max(wanted.count, other.count) / 3)
        guard abs(other.count - wanted.count) <= allowed else { continue }
        let others = Manifests.letters(of: other)
        guard (letters & ~others).nonzeroBitCount <= allowed,
            (others & ~letters).nonzeroBitCount <= allowed, candidate != text
        else { continue }
        let distance = rows.distance(wanted, other)
        guard distance <= allowed, distance < min(wanted.count, other.count) else { continue }
        if let best, (best.distance, best.text) < (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.text
}

/// Which letters there are, some of them taken for one: each step of a distance changes one at most.
private func letters(of text: [UInt8]) -> UInt64 {
    text.reduce(0) { $0 | 1 << UInt64($1 & 63) }
}

private func folded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
        case UInt8(ascii: "_"), UInt8(ascii: "-"): break
        default: bytes.append(byte)
        }
    }
    return bytes
}

/// Optimal string alignment: insertions, deletions, replacements, exchanged neighbours.
private struct Rows {
    private var before: [Int] = []
    private var above: [Int] = []
    private var row: [Int] = []

    mutating func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        before = [Int](repeating: 0, count: b.count + 1)
        above = Array(0...b.count)
        row = above
        for i in 0..<a.count {
            row[0] = i + 1
            for j in 0..<b.count {
                var cost = min(row[j] + 1, above[j + 1] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                row[j + 1] = cost
            }
            swap(&before, &above)
            swap(&above, &row)
        }
        return above[b.count]
    }
}
