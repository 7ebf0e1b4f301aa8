/// What the tables' `CHECK` constraints allow: each is about one column, which is one of a few
/// values or compared with a number.
package struct CheckedColumns {
    /// As an engine tells a part of the schema.
    package static func name(_ table: String, _ column: String) -> String {
        "check \(table) (\(column))"
    }

    /// Those of a statement that makes a table: the numbers and texts of each, by its name.
    package static func all(in statement: String) -> [String: [String]] {
        let words = statement.split { $0.isWhitespace || $0 == "(" }
        guard words.count > 2, words[0] == "CREATE", words[1] == "TABLE" else { return [:] }
        var found: [String: [String]] = [:]
        for rest in statement.ranges(of: "CHECK (").map({ statement[$0.upperBound...] }) {
            var depth = 1
            let condition = rest.prefix { character in
                depth += character == "(" ? 1 : character == ")" ? -1 : 0
                return depth > 0
            }
            let column = condition.prefix { $0.isLetter || $0 == "_" }
            let table = words[2].filter { $0 != "\"" }
            found[name(table, String(column))] = values(of: condition)
        }
        return found
    }

    /// Numbers and texts of a condition, sorted: engines write the rest of it in their own way.
    package static func values(of condition: some StringProtocol) -> [String] {
        var values: [String] = []
        for (place, part) in condition.split(separator: "'", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard place.isMultiple(of: 2) else {
                values.append("'\(part)'")
                continue
            }
            values += part.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                .filter { $0.allSatisfy(\.isNumber) }.map { String($0) }
        }
        return values.sorted()
    }
}
