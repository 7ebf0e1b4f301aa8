/// What is written into a manifest, before its lines are broken.
package indirect enum YAMLValue: Sendable {
    /// Text, quoted where it must be.
    case text(String)
    /// `true`, `false` or a number: as it is.
    case word(String)
    /// Names on one line if they fit, else one a line.
    case names([String])
    /// A mapping on lines of its own.
    case block([Entry])
    /// A mapping in braces if it fits on the line, else on lines of its own.
    case flow([Entry])
    /// A list of mappings, one after the other.
    case list([YAMLValue])

    package struct Entry: Sendable {
        package var key: String
        package var value: YAMLValue

        package init(_ key: String, _ value: YAMLValue) {
            self.key = key
            self.value = value
        }
    }

    /// The columns that a line may have.
    package static let width = 100

    /// The lines of a mapping, each with so many spaces before it.
    package static func lines(of entries: [Entry], indent: Int = 0) -> [String] {
        entries.flatMap { lines(of: $0, indent: indent) }
    }

    package static func lines(of entry: Entry, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        let head = space + entry.key + ":"
        if let inline = entry.value.inline, fits(head, inline) { return [head + " " + inline] }
        switch entry.value {
        case .text, .word: return [head + " " + (entry.value.inline ?? "")]
        case .names(let names):
            return [head] + names.map { space + "  - " + scalarText($0) }
        case .block(let entries), .flow(let entries):
            return [head] + lines(of: entries, indent: indent + 2)
        case .list(let items):
            return [head] + items.flatMap { itemLines(of: $0, indent: indent + 2) }
        }
    }

    /// The lines of one list item, its dash after so many spaces.
    package static func itemLines(of item: YAMLValue, indent: Int) -> [String] {
        let dash = String(repeating: " ", count: indent) + "-"
        if let inline = item.inline, fits(dash, inline) { return [dash + " " + inline] }
        switch item {
        case .block(let entries), .flow(let entries):
            var lines = lines(of: entries, indent: indent + 2)
            if let first = lines.first {
                lines[0] = dash + " " + first.dropFirst(indent + 2)
            }
            return lines
        case .text, .word, .names, .list: return [dash + " " + (item.inline ?? "[]")]
        }
    }

    private static func fits(_ head: String, _ rest: String) -> Bool {
        head.unicodeScalars.count + 1 + rest.unicodeScalars.count <= width
    }

    /// Within a list in brackets or a mapping in braces, where there is no other way.
    var inFlow: String {
        switch self {
        case .text, .word, .names, .flow: inline ?? ""
        case .block(let entries): YAMLValue.flow(entries).inline ?? ""
        case .list(let items): "[" + items.map(\.inFlow).joined(separator: ", ") + "]"
        }
    }

    /// On one line, where it may stand so.
    package var inline: String? {
        switch self {
        case .text(let text): scalarText(text)
        case .word(let word): word
        case .names(let names): "[" + names.map(scalarText).joined(separator: ", ") + "]"
        case .block(let entries): entries.isEmpty ? "{}" : nil
        case .flow(let entries):
            entries.isEmpty
                ? "{}"
                : "{ "
                    + entries.map { $0.key + ": " + $0.value.inFlow }
                    .joined(separator: ", ") + " }"
        case .list(let items): items.isEmpty ? "[]" : nil
        }
    }
}
