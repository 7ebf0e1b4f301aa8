import Diagnostics

extension TreeBuilder {
    /// Checks the keys of a mapping that has been read, merges `<<` in, and links its entries.
    mutating func finishMapping(_ frame: Frame) {
        var keys = KeySet(expecting: (pending.count - frame.base) / 2)
        var merged: Int32?
        var isTwoDocuments = false
        let first = links.count
        var index = frame.base
        while index + 1 < pending.count {
            let (key, value) = (pending[index], pending[index + 1])
            index += 2
            if key == Self.refused || !checkKey(key) {
                nodes[Int(frame.node)].isIncomplete = true
                continue
            }
            if let other = keys.insert(key, of: self) {
                isTwoDocuments = isTwoDocuments || frames.isEmpty && textOf(key) == "kind"
                if !isTwoDocuments || textOf(key) == "kind" {
                    refuseDuplicate(key, other, isTwoDocuments: isTwoDocuments)
                }
                nodes[Int(frame.node)].isIncomplete = true
            } else if value == Self.refused {
                nodes[Int(frame.node)].isIncomplete = true
            } else if isMergeKey(key) {
                merged = value
            } else if refuseMissingSpace(in: key, value: value) {
                nodes[Int(frame.node)].isIncomplete = true
            } else {
                links.append(key)
                links.append(value)
            }
        }
        if let merged { merge(merged, into: frame.node, &keys) }
        nodes[Int(frame.node)].first = Int32(first)
        nodes[Int(frame.node)].count = Int32(links.count - first)
    }

    private func isMergeKey(_ key: Int32) -> Bool {
        let node = nodes[Int(key)]
        return node.style == .plain && node.count == 2 && textOf(key) == "<<"
    }

    /// False for a key that cannot be one; it has been reported.
    private mutating func checkKey(_ key: Int32) -> Bool {
        let node = nodes[Int(key)]
        let range = Int(node.start)..<Int(node.end)
        if node.kind != .scalar {
            // `{{ x }}`: the inner one has been reported.
            if node.isIncomplete { return false }
            findings.add(
                "E100", "key", "a \(node.kind == .mapping ? "mapping" : "list") cannot be a key.",
                help: "Use a plain word as key; `{{ }}` of templates must be quoted.", at: range)
            return false
        }
        if node.count > limits.keyBytes {
            findings.add(
                "E116", "key", "it has \(node.count) bytes, more than \(limits.keyBytes).",
                help: "Shorten it.", at: range)
            return false
        }
        return !refuseOddSpace(in: key)
    }

    /// Indentation or a gap that is no space to YAML has become part of a bare key (E100).
    private mutating func refuseOddSpace(in key: Int32) -> Bool {
        let node = nodes[Int(key)]
        guard !text.isASCII, node.style == .plain else { return false }
        let bytes = node.isPooled ? pool : text.bytes
        if bytes[node.children].allSatisfy({ $0 < 0x80 }) { return false }
        var place = Int(node.start)
        for scalar in textOf(key).unicodeScalars {
            let end = place + String(scalar).utf8.count
            if Characters.isOddSpace(scalar.value) {
                report(
                    "key", "it holds \(Characters.name(scalar.value)), which looks like a space.",
                    help: "Replace it by a space.", place..<end)
                return true
            }
            place = end
        }
        return false
    }

    /// A second `kind` begins what was meant to be another document, whose other keys are then no
    /// mistakes of their own.
    private mutating func refuseDuplicate(_ key: Int32, _ other: Int32, isTwoDocuments: Bool) {
        let (node, first) = (nodes[Int(key)], nodes[Int(other)])
        findings.add(
            "E103", "key \"\(Findings.shown(textOf(key)))\"", "it is already in this mapping.",
            help: isTwoDocuments
                ? "Write `---` on a line of its own above it, where another document begins."
                : "Delete one of the two.", at: Int(node.start)..<Int(node.end),
            label: "a second time",
            notes: [("the first is here", Int(first.start)..<Int(first.end))])
    }

    /// Adds the entries of a merged mapping whose keys are not there; explicit ones win.
    private mutating func merge(_ merged: Int32, into mapping: Int32, _ keys: inout KeySet) {
        let source = nodes[Int(merged)]
        guard source.kind == .mapping else {
            findings.add(
                "E100", "key \"<<\"", "what is merged must be a mapping.",
                help: "Merge one mapping, such as `<<: *name`.",
                at: Int(source.start)..<Int(source.end))
            nodes[Int(mapping)].isIncomplete = true
            return
        }
        if source.isIncomplete { nodes[Int(mapping)].isIncomplete = true }
        for index in stride(from: source.children.lowerBound, to: source.children.upperBound, by: 2)
        where keys.insert(links[index], of: self) == nil {
            links.append(links[index])
            links.append(links[index + 1])
        }
    }

    /// In `{key:x}` all is one key without a value, which is never what was meant (E100).
    private mutating func refuseMissingSpace(in key: Int32, value: Int32) -> Bool {
        let (node, other) = (nodes[Int(key)], nodes[Int(value)])
        guard other.start == node.end, other.end == node.end, node.style == .plain,
            text.bytes[Int(node.end)...].first != UInt8(ascii: ":")
        else { return false }
        return reportMissingSpace(in: Int(node.start)..<Int(node.end))
    }
}

/// The keys of one mapping: a short list compared one by one, a long one hashed.
private struct KeySet {
    private static let few = 16

    private var list: [Int32] = []
    private var table: [String: Int32] = [:]
    private var isHashed: Bool

    init(expecting count: Int) {
        isHashed = count > Self.few
        if isHashed { table.reserveCapacity(count) } else { list.reserveCapacity(count) }
    }

    /// The key of the same text that is there already; else `nil`, and the key is there now.
    mutating func insert(_ key: Int32, of builder: borrowing TreeBuilder) -> Int32? {
        if !isHashed {
            if let other = list.first(where: { builder.haveSameText($0, key) }) { return other }
            list.append(key)
            if list.count > Self.few {
                isHashed = true
                for key in list { table[builder.textOf(key)] = key }
            }
            return nil
        }
        let text = builder.textOf(key)
        if let other = table[text] { return other }
        table[text] = key
        return nil
    }
}

extension TreeBuilder {
    func haveSameText(_ a: Int32, _ b: Int32) -> Bool {
        let (first, second) = (nodes[Int(a)], nodes[Int(b)])
        guard first.count == second.count else { return false }
        let left = (first.isPooled ? pool : text.bytes)[first.children]
        return left.elementsEqual((second.isPooled ? pool : text.bytes)[second.children])
    }
}
