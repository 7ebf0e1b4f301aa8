import CLibYAML
import Diagnostics
import Glibc

extension TreeBuilder {
    typealias ScalarEvent = yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar

    mutating func takeScalar(
        _ event: ScalarEvent, _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let hasProperties = event.anchor != nil || event.tag != nil
        let content = hasProperties ? min(contentStart(start, bytes), end) : start
        var style = style(of: event.style)
        var last = end
        if style == .block { last = trimmedEnd(content, end, bytes) }
        let range = content..<last
        var node = SyntaxTree.Flat(kind: .scalar, start: Int32(content), end: Int32(last))
        var isRefused = text.isFaulty(range)
        if let tag = event.tag {
            check(tag: String(yaml: tag), on: .scalar, at: start)
            if style == .plain, isText(tag) { style = .singleQuoted }
        }
        node.style = style
        if event.length > limits.scalarBytes {
            findings.add(
                "E116", "value",
                "the text has \(event.length) bytes, more than "
                    + "\(limits.scalarBytes).", help: "Shorten it.", at: range)
            isRefused = true
        }
        if style == .doubleQuoted, !isRefused {
            isRefused = refuseEscapes(in: range, bytes)
        }
        let value = UnsafeBufferPointer(start: event.value, count: event.length)
        if !isRefused { store(value, in: &node, quoted: event.style, bytes) }
        let index = Int32(nodes.count)
        nodes.append(node)
        lastScalar = index
        let weight = Weight(bytes: event.length)
        if let anchor = event.anchor {
            anchors[String(yaml: anchor)] = Anchor(
                node: isRefused ? nil : index, place: start..<content, document: document,
                weight: weight)
        }
        if frames.isEmpty, style == .plain {
            isRefused = reportMissingSpace(in: range) || isRefused
        }
        place(isRefused ? Self.refused : index, weight: weight, end: last)
        return true
    }

    /// Gives a scalar its text: a range of the file if that holds it literally, else a copy.
    private mutating func store(
        _ value: UnsafeBufferPointer<UInt8>, in node: inout SyntaxTree.Flat,
        quoted style: yaml_scalar_style_t, _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        let isPlain = style == YAML_PLAIN_SCALAR_STYLE
        let literal = Int(node.start) + (isPlain ? 0 : 1)
        if !text.isASCII, let form = normalized(value) {
            if !form.elementsEqual(value) {
                return pool(form, in: &node)
            }
        }
        if value.isEmpty {
            node.first = node.start
        } else if literal + value.count <= bytes.count,
            memcmp(bytes.baseAddress! + literal, value.baseAddress!, value.count) == 0
        {
            node.first = Int32(literal)
            node.count = Int32(value.count)
        } else {
            pool(value, in: &node)
        }
    }

    private mutating func pool(_ value: some Collection<UInt8>, in node: inout SyntaxTree.Flat) {
        node.isPooled = true
        node.first = Int32(pool.count)
        node.count = Int32(value.count)
        pool.append(contentsOf: value)
    }

    private func style(of style: yaml_scalar_style_t) -> Node.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
    }

    /// `!` and `!!str` make a plain scalar a text; the other core tags leave it as it is.
    private func isText(_ tag: UnsafeMutablePointer<UInt8>) -> Bool {
        ["!", "tag:yaml.org,2002:str"].contains(String(yaml: tag))
    }

    /// Where a node begins after its anchor and tag.
    func contentStart(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                while index < bytes.count, !isBlank(bytes[index]) { index += 1 }
            case UInt8(ascii: "#"):
                while index < bytes.count, bytes[index] != 0x0A { index += 1 }
            case let byte where isBlank(byte): index += 1
            default: return index
            }
        }
        return index
    }

    /// The end of a block scalar without the blank lines after it.
    private func trimmedEnd(
        _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var end = end
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return end
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
