internal import AccessModel
internal import Diagnostics

/// The first declaration of each key, in order of place; E131 for every later one.
func firstDeclarations<Item, Key: Hashable>(
    of items: [Item], by key: (Item) -> Key, at span: (Item) -> Span,
    about subject: (Item) -> Subject, _ findings: inout Findings
) -> [Item] {
    if items.count < 2 { return items }
    let keys = items.map(key)
    var places = Places<Key>(expecting: items.count)
    var isFirst = [Bool](repeating: true, count: items.count)
    for index in items.indices {
        let first = places.insert(keys[index], at: index) { keys[$0] }
        guard let first else { continue }
        isFirst[index] = false
        let place = span(items[index])
        if findings.isFull(place.file) { continue }
        findings.add(
            .declaredTwice(subject(items[index]), at: place, first: span(items[first])))
    }
    if !isFirst.contains(false) { return items }
    return items.indices.filter { isFirst[$0] }.map { items[$0] }
}

/// Earlier names: E131 for one that is declared itself, or that two declarations claim.
func checkFormerly<Key: Hashable & CustomStringConvertible>(
    _ claims: [(subject: Subject, names: [Located<Key>])],
    declared: (Key) -> Span?, _ findings: inout Findings
) {
    var claimed: [Key: Span] = [:]
    claimed.reserveCapacity(claims.reduce(0) { $0 + $1.names.count })
    for (subject, names) in claims {
        for name in names where !findings.isFull(name.span.file) {
            if let place = declared(name.value) {
                findings.add(
                    .declaredAndFormer(
                        name.value.description, about: subject, at: name.span,
                        declared: place))
            } else if let place = claimed[name.value] {
                findings.add(
                    .formerTwice(
                        name.value.description, about: subject, at: name.span, first: place))
            } else {
                claimed[name.value] = name.span
            }
        }
    }
}

extension Span {
    /// Is it written before the other one?
    func precedes(_ other: Span) -> Bool { (file, start) < (other.file, other.start) }
}
