internal import AccessModel
internal import Diagnostics

/// The first declaration of each key, in order of place; E131 for every later one.
func firstDeclarations<Item, Key: Hashable>(
    of items: [Item], by key: (Item) -> Key, at span: (Item) -> Span,
    about subject: (Item) -> Subject, _ findings: inout Findings
) -> [Item] {
    var places: [Key: Span] = [:]
    places.reserveCapacity(items.count)
    return items.filter { item in
        guard let first = places.updateValue(span(item), forKey: key(item)) else { return true }
        places[key(item)] = first
        findings.add(.declaredTwice(subject(item), at: span(item), first: first))
        return false
    }
}

/// Earlier names: E131 for one that is declared itself, or that two declarations claim.
func checkFormerly<Key: Hashable & CustomStringConvertible>(
    _ claims: [(subject: Subject, names: [Located<Key>])], declared: [Key: Span],
    _ findings: inout Findings
) {
    var claimed: [Key: Span] = [:]
    for (subject, names) in claims {
        for name in names {
            if let place = declared[name.value] {
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
