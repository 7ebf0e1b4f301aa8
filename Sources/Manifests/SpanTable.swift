internal import Diagnostics

/// Where things of one kind are declared, by their keys; there may be a million.
struct SpanTable<Key: Hashable & Sendable>: Sendable {
    private var keys: [Key] = []
    private var spans: [Span] = []
    private var places = Places<Key>()

    subscript(key: Key) -> Span? { places.find(key) { keys[$0] }.map { spans[$0] } }

    /// A place that is named again takes the place of the first.
    mutating func set(_ span: Span, for key: Key) {
        if let place = places.insert(key, at: keys.count, keys: { [keys] in keys[$0] }) {
            spans[place] = span
        } else {
            keys.append(key)
            spans.append(span)
        }
    }
}
