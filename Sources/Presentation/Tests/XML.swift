internal import Diagnostics

typealias XMLAttributes = [(name: String, value: String)]

/// An element whose names are ours and whose values come from anywhere.
///
/// XML 1.0 has no way to write most control characters: like all that a terminal would act upon,
/// they become visible text, so that none is left.
struct XMLElement {
    enum Content {
        case elements([XMLElement])
        case lines([String])
    }

    var name: String
    var attributes: XMLAttributes
    var content: Content

    init(_ name: String, _ attributes: XMLAttributes, _ content: Content) {
        self.name = name
        self.attributes = attributes
        self.content = content
    }

    func text(indent: Int = 0) -> String {
        let margin = String(repeating: " ", count: indent)
        let head = attributes.reduce(into: name) { head, attribute in
            head += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
        }
        switch content {
        case .elements(let elements):
            if elements.isEmpty { return "\(margin)<\(head)/>\n" }
            let inner = elements.map { $0.text(indent: indent + 2) }.joined()
            return "\(margin)<\(head)>\n\(inner)\(margin)</\(name)>\n"
        case .lines(let lines):
            let inner = lines.map(Self.escaped).joined(separator: "\n")
            return "\(margin)<\(head)>\(inner)</\(name)>\n"
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in escapedForTerminal(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
