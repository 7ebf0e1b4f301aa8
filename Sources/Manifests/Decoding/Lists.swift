internal import AccessModel
internal import Diagnostics
internal import Syntax

extension Fields {
    /// The elements of a list, or `nil` where the field is left out or no list (E102).
    func elements(_ field: Field, _ findings: inout Findings) -> Node.Elements? {
        guard let node = self[field] else { return nil }
        guard node.kind == .sequence else {
            findings.add(.wrongType(.list, node, of: field.name, about: subject))
            return nil
        }
        return node.elements
    }

    /// A list read element by element; those that cannot be read are reported and left out. It ends
    /// where more is wrong with the file than is kept.
    func list<Value>(
        _ field: Field, _ findings: inout Findings,
        element: (Node, inout Findings) -> Value?
    ) -> [Value]? {
        guard let nodes = elements(field, &findings) else { return nil }
        var result: [Value] = []
        result.reserveCapacity(nodes.count)
        for node in nodes {
            if let value = element(node, &findings) { result.append(value) }
            if findings.isFull(node.span.file) { break }
        }
        return result
    }

    /// A list whose elements are known by their numbers, from 1; without a name to count under they
    /// are called as the document is.
    func numbered<Value>(
        _ field: Field, _ findings: inout Findings,
        _ element: (Node, Int, Subject, inout Findings) -> Value?,
        address: (Int) -> Address?
    ) -> [Value] {
        var number = 0
        return list(field, &findings) { node, findings in
            number += 1
            return element(node, number, address(number).map { .address($0) } ?? subject, &findings)
        } ?? []
    }

    /// A list in which nothing stands twice: E138 for the second, which is left out.
    func distinct<Value: Hashable>(
        _ field: Field, _ findings: inout Findings,
        element: (Node, inout Findings) -> Located<Value>?
    ) -> [Located<Value>]? {
        guard let values = list(field, &findings, element: element) else { return nil }
        guard values.count > 1 else { return values }
        // Short lists, the common ones, are compared without a table.
        let isShort = values.count <= 8
        var places = Places<Value>(expecting: isShort ? 0 : values.count)
        var isFirst = [Bool](repeating: true, count: values.count)
        for (index, value) in values.enumerated() {
            let first =
                isShort
                ? values[..<index].firstIndex { $0.value == value.value }
                : places.insert(value.value, at: index) { values[$0].value }
            guard let first else { continue }
            isFirst[index] = false
            findings.add(
                .duplicateEntry(
                    "\(value.value)", of: field.name, about: subject, at: value.span,
                    first: values[first].span))
            if findings.isFull(value.span.file) { break }
        }
        if !isFirst.contains(false) { return values }
        return values.indices.filter { isFirst[$0] }.map { values[$0] }
    }

    /// A mapping below this one.
    func record(_ field: Field, _ findings: inout Findings) -> Fields? {
        guard let node = self[field], case .record(let record) = field.shape else { return nil }
        guard node.kind == .mapping else {
            findings.add(.wrongType(.mapping, node, of: field.name, about: subject))
            return nil
        }
        return Fields(node, record, about: subject, &findings)
    }
}
