internal import Diagnostics
package import Syntax

/// Edits of parsed documents that keep their comments, their order and the way they are written.
///
/// Every function gives the replacements, or `nil` where the text is written so that none can be
/// made safely (aliases, merge keys, an item that shares its line with another).
package struct NodeEditing: Sendable {
    let bytes: [UInt8]
    /// The collections that several places share by aliases, as byte ranges.
    let shared: Set<Range<Int>>
    /// The nodes that hold each node: its parent, and those that name it by an alias.
    private let holders: [Range<Int>: Set<Range<Int>>]

    package init(_ bytes: [UInt8], documents: [Node]) {
        self.bytes = bytes
        var seen: Set<Range<Int>> = []
        var shared: Set<Range<Int>> = []
        var holders: [Range<Int>: Set<Range<Int>>] = [:]
        func visit(_ node: Node, in parent: Range<Int>?) {
            let isForeign = parent.map { !$0.contains(node.range.lowerBound) } ?? false
            if !seen.insert(node.range).inserted || isForeign { shared.insert(node.range) }
            if let parent { holders[node.range, default: []].insert(parent) }
            for element in node.elements { visit(element, in: node.range) }
            for (key, value) in node.entries {
                if node.range.contains(key.range.lowerBound) {
                    visit(value, in: node.range)
                } else {
                    shared.insert(value.range)
                    holders[value.range, default: []].insert(node.range)
                }
            }
        }
        for document in documents { visit(document, in: nil) }
        self.shared = shared
        self.holders = holders.filter { $0.value.count > 1 }
    }

    private func isOwn(_ node: Node) -> Bool { !shared.contains(node.range) }

    /// Does something that stays name, by an alias, what is in these items of the list?
    private func isNamedElsewhere(_ items: [Node], of list: Node) -> Bool {
        func goes(_ range: Range<Int>) -> Bool {
            items.contains {
                $0.range.lowerBound <= range.lowerBound && range.upperBound <= $0.range.upperBound
            }
        }
        return holders.contains { range, holders in
            goes(range) && holders.contains { !goes($0) && $0 != list.range }
        }
    }

    // MARK: - Fields

    /// The field with a new value, added after the others when it is not there.
    package func setting(_ key: String, to value: YAMLValue, in mapping: Node) -> [TextEdit]? {
        guard isOwn(mapping), mapping.kind == .mapping else { return nil }
        let own = mapping.entries.filter { mapping.range.contains($0.key.range.lowerBound) }
        guard own.count == mapping.entries.count else { return nil }
        if let entry = own.first(where: { $0.key.text == key }) {
            guard isOwn(entry.value), let inline = value.inline,
                entry.value.kind == .scalar || isFlow(entry.value)
            else { return nil }
            return [TextEdit(entry.value.range, inline)]
        }
        guard let first = own.first, let last = own.last else { return nil }
        if isFlow(mapping) {
            let end = last.value.range.upperBound
            return [TextEdit(end..<end, ", \(key): \(value.inFlow)")]
        }
        let indent = column(of: first.key.range.lowerBound)
        let lines = YAMLValue.lines(of: .init(key, value), indent: indent)
        return [insertion(of: lines, after: last.value.range.upperBound, depth: indent)]
    }

    // MARK: - Lists

    /// The list under a key of a mapping without some items, and with others after the last.
    package func changing(
        list key: String, of mapping: Node, removing gone: Set<Int>, adding items: [YAMLValue]
    ) -> [TextEdit]? {
        guard isOwn(mapping) else { return nil }
        guard let entry = mapping.entries.first(where: { $0.key.text == key }) else {
            guard gone.isEmpty else { return nil }
            return setting(key, to: listValue(items), in: mapping)
        }
        let list = entry.value
        guard isOwn(list), list.kind == .sequence, !list.isIncomplete else { return nil }
        let elements = Array(list.elements)
        guard elements.allSatisfy({ list.range.contains($0.range.lowerBound) }),
            !isNamedElsewhere(gone.map { elements[$0] }, of: list)
        else { return nil }
        if isFlow(list) {
            if elements.isEmpty, !isFlow(mapping), items.contains(where: \.isMapping) {
                // `users: []` becomes a list of lines.
                let indent = column(of: entry.key.range.lowerBound)
                let lines = items.flatMap { YAMLValue.itemLines(of: $0, indent: indent + 2) }
                let colon = entry.key.range.upperBound..<list.range.upperBound
                return [TextEdit(colon, ":\n" + lines.joined(separator: "\n"))]
            }
            return changing(flow: list, elements, gone, items)
        }
        return changing(block: list, elements, gone, items, key: entry.key)
    }

    private func listValue(_ items: [YAMLValue]) -> YAMLValue {
        let names = items.compactMap { item -> String? in
            if case .text(let text) = item { text } else { nil }
        }
        return names.count == items.count ? .names(names) : .list(items)
    }

    private func changing(
        flow list: Node, _ elements: [Node], _ gone: Set<Int>, _ items: [YAMLValue]
    ) -> [TextEdit] {
        let inlines = items.map(\.inFlow)
        let kept = elements.indices.filter { !gone.contains($0) }
        let inside = (list.range.lowerBound + 1)..<(list.range.upperBound - 1)
        guard let last = kept.last else {
            return [TextEdit(inside, inlines.joined(separator: ", "))]
        }
        var edits: [TextEdit] = []
        for index in gone.sorted() {
            // Up to the next item; the last ones go with the comma before them.
            let range =
                index < last
                ? elements[index].range.lowerBound..<elements[index + 1].range.lowerBound
                : elements[index - 1].range.upperBound..<elements[index].range.upperBound
            edits.append(TextEdit(range, ""))
        }
        if !inlines.isEmpty {
            let end = elements[last].range.upperBound
            edits.append(
                TextEdit(end..<end, inlines.map { ", " + $0 }.joined(), depth: 1))
        }
        return edits
    }

    private func changing(
        block list: Node, _ elements: [Node], _ gone: Set<Int>, _ items: [YAMLValue], key: Node
    ) -> [TextEdit]? {
        let indent = column(of: list.range.lowerBound)
        guard lineStart(list.range.lowerBound) + indent == list.range.lowerBound,
            isBlank(lineStart(list.range.lowerBound)..<list.range.lowerBound),
            let last = elements.last
        else { return nil }
        var edits: [TextEdit] = []
        for index in gone.sorted() {
            guard let dash = dash(before: elements[index].range.lowerBound),
                isBlank(lineStart(dash)..<dash)
            else { return nil }
            let end = blockEnd(elements[index].range.upperBound, indent: column(of: dash))
            edits.append(TextEdit(lineStart(dash)..<end, ""))
        }
        if !items.isEmpty {
            let lines = items.flatMap { YAMLValue.itemLines(of: $0, indent: indent) }
            edits.append(insertion(of: lines, after: last.range.upperBound, depth: indent))
        } else if gone.count == elements.count {
            let colon = bytes[key.range.upperBound...].firstIndex { $0 != 0x20 }
            guard let colon, bytes[colon] == UInt8(ascii: ":") else { return nil }
            edits.append(TextEdit((colon + 1)..<(colon + 1), " []"))
        }
        return edits
    }

    // MARK: - Bytes

    private func isFlow(_ node: Node) -> Bool {
        node.kind != .scalar && node.range.lowerBound < bytes.count
            && [UInt8(ascii: "["), UInt8(ascii: "{")].contains(bytes[node.range.lowerBound])
    }

    private func insertion(of lines: [String], after offset: Int, depth: Int) -> TextEdit {
        let place = blockEnd(offset, indent: depth)
        return TextEdit(place..<place, lines.joined(separator: "\n") + "\n", depth: depth)
    }

    private func lineStart(_ offset: Int) -> Int {
        (bytes[..<min(offset, bytes.count)].lastIndex(of: 0x0A) ?? -1) + 1
    }

    /// After the line feed of the line that holds the byte before this offset.
    private func lineEnd(_ offset: Int) -> Int {
        guard let end = bytes[min(offset, bytes.count)...].firstIndex(of: 0x0A) else {
            return bytes.count
        }
        return end + 1
    }

    /// After the lines of an item or field that ends there: comments below that stand further in
    /// than its dash or key are its own.
    private func blockEnd(_ offset: Int, indent: Int) -> Int {
        var end = lineEnd(offset)
        var next = end
        while next < bytes.count {
            let after = lineEnd(next)
            let text = bytes[next..<after].firstIndex { ![0x20, 0x0A, 0x0D].contains($0) }
            if let text {
                guard bytes[text] == UInt8(ascii: "#"), text - next > indent else { break }
                end = after
            }
            next = after
        }
        return end
    }

    private func column(of offset: Int) -> Int { offset - lineStart(offset) }

    private func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { $0 == 0x20 } }

    /// The dash of a block item, with nothing but spaces between.
    private func dash(before offset: Int) -> Int? {
        guard let index = bytes[..<offset].lastIndex(where: { $0 != 0x20 }),
            bytes[index] == UInt8(ascii: "-")
        else { return nil }
        return index
    }
}

extension YAMLValue {
    fileprivate var isMapping: Bool {
        switch self {
        case .block, .flow: true
        case .text, .word, .names, .list: false
        }
    }
}

extension Node {
    /// The bytes of the node in its file.
    package var range: Range<Int> { Int(span.start)..<Int(span.end) }
}
