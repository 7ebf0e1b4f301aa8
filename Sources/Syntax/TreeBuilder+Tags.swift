import Diagnostics

extension TreeBuilder {
    /// Refuses every tag but those of YAML's core schema and `!` (E100). Scalars are read as
    /// written, so that a core tag only says what is there already.
    mutating func check(tag: String, on kind: Node.Kind, at start: Int) {
        let fitting =
            switch kind {
            case .scalar: ["str", "bool", "int", "float", "null"]
            case .sequence: ["seq"]
            case .mapping: ["map"]
            }
        let prefix = "tag:yaml.org,2002:"
        if tag == "!" || fitting.contains(where: { tag == prefix + $0 }) { return }
        let name = tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
        let end = text.bytes[start...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
        findings.add(
            "E100", "tag `\(Findings.shown(name))`",
            ["!!str", "!!bool", "!!int", "!!float", "!!null", "!!seq", "!!map"].contains(name)
                ? "it does not fit the value." : "tags have no meaning in a manifest.",
            help: "Delete it.", at: start..<(end ?? text.bytes.count))
    }

    /// Refuses `%TAG` among the directives in a range of the file (E100).
    mutating func refuseTagDirective(_ range: Range<Int>) {
        let name = Array("%TAG".utf8)
        let start = range.first { text.bytes[$0...].starts(with: name) } ?? range.lowerBound
        findings.add(
            "E100", "directive `%TAG`", "tags have no meaning in a manifest.", help: "Delete it.",
            at: start..<(start + name.count))
    }
}
