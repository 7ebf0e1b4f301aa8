internal import AccessModel
internal import Syntax

/// One set for all lists of the same labels: a million users have a few dozen of them.
struct LabelSets {
    private struct Known {
        var texts: [String]
        var set: SortedSet<Label>
    }

    private static let most = 10_000
    /// By a hash of the labels' bytes, as they are written.
    private var known: [Int: Known] = [:]

    /// The set of texts that are good as labels.
    mutating func set(of texts: [String]) -> SortedSet<Label> {
        var hasher = Hasher()
        for var text in texts { text.withUTF8 { Self.add($0, to: &hasher) } }
        let hash = hasher.finalize()
        if let known = known[hash], known.texts == texts { return known.set }
        let set = SortedSet(texts.map { Label($0) })
        if known.count < Self.most { known[hash] = Known(texts: texts, set: set) }
        return set
    }

    /// The set of a list in which nothing is unusual, else `nil`.
    mutating func set(ofPlain list: Node, limit: Int) -> SortedSet<Label>? {
        guard list.kind == .sequence, !list.isIncomplete else { return nil }
        var hasher = Hasher()
        let elements = list.elements
        for element in elements {
            let isPlain = element.withBytes { bytes in
                Self.add(bytes, to: &hasher)
                return Self.isPlain(bytes) && bytes.count <= limit
            }
            guard isPlain else { return nil }
        }
        if elements.isEmpty { return [] }
        if let known = known[hasher.finalize()], Self.isSame(known.texts, list) { return known.set }
        var texts: [String] = []
        for element in elements {
            guard !element.isMissing, !texts.contains(element.text) else { return nil }
            texts.append(element.text)
        }
        return set(of: texts)
    }

    private static func add(_ bytes: UnsafeBufferPointer<UInt8>, to hasher: inout Hasher) {
        hasher.combine(bytes.count)
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }

    /// Printable ASCII without a comma, and without a space at either end; something at all.
    static func isPlain(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20 else {
            return false
        }
        return bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }
    }

    /// A list that is known by its bytes may still be known by other styles: `null` and "null".
    private static func isSame(_ texts: [String], _ list: Node) -> Bool {
        let elements = list.elements
        return texts.count == elements.count
            && zip(texts, elements).allSatisfy { $1.says(text: $0) && !$1.isMissing }
    }
}
