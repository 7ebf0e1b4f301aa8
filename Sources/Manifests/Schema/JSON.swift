/// A JSON value that keeps the order in which its members were written.
enum JSON: Sendable {
    case text(String)
    case number(Int)
    case boolean(Bool)
    case array([JSON])
    case object([(String, JSON)])

    /// The object with one more member; other values as they are.
    func adding(_ name: String, _ value: JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object([(name, value)] + members.filter { $0.0 != name })
    }

    /// Two spaces a level; lists of plain values on one line.
    var text: String {
        var result = ""
        write(to: &result, indent: "")
        return result
    }

    private var isPlain: Bool {
        switch self {
        case .text, .number, .boolean: true
        case .array, .object: false
        }
    }

    private func write(to result: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .text(let text): result += Self.quoted(text)
        case .number(let number): result += String(number)
        case .boolean(let value): result += value ? "true" : "false"
        case .array(let values) where values.allSatisfy(\.isPlain):
            result += "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .array(let values):
            result += "[\n"
            for (index, value) in values.enumerated() {
                result += (index == 0 ? "" : ",\n") + inner
                value.write(to: &result, indent: inner)
            }
            result += "\n\(indent)]"
        case .object(let members):
            result += "{\n"
            for (index, member) in members.enumerated() {
                result += (index == 0 ? "" : ",\n") + inner + Self.quoted(member.0) + ": "
                member.1.write(to: &result, indent: inner)
            }
            result += "\n\(indent)}"
        }
    }

    /// Texts here are ASCII without controls; quotes and backslashes are escaped.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
