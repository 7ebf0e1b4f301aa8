internal import AccessModel
internal import Diagnostics
package import Syntax

/// `limits:` of a project: lower ones than the built-in.
enum LimitFields {
    private static func field(_ name: String, _ summary: String) -> Field {
        Field(name, .integer(1...Int(Int32.max)), summary)
    }

    private static let builtIn:
        [(field: Field, limit: any WritableKeyPath<Limits, Int> & Sendable)] = [
            (field("fileBytes", "Bytes of one file."), \.fileBytes),
            (field("totalBytes", "Bytes of all files."), \.totalBytes),
            (field("files", "Number of files."), \.files),
            (field("nodes", "Keys, values, lists and mappings of one file."), \.nodes),
            (field("nesting", "How deep lists and mappings go."), \.nesting),
            (field("scalarBytes", "Bytes of one value."), \.scalarBytes),
            (field("keyBytes", "Bytes of one key."), \.keyBytes),
            (field("nameScalars", "Characters of one name."), \.nameScalars),
            (field("aliasNodes", "Nodes from expanded aliases."), \.aliasNodes),
            (field("aliasBytes", "Bytes from expanded aliases."), \.aliasBytes),
        ]

    static let record = Record(builtIn.map(\.field), "Lower limits than the built-in ones.")

    /// The limits that are written, by name; E116 for one above the built-in.
    static func limits(_ fields: Fields, _ findings: inout Findings) -> [String: Int] {
        fields.check(&findings)
        var limits: [String: Int] = [:]
        for (field, path) in builtIn {
            guard let value = fields.integer(field, &findings) else { continue }
            let roof = Limits()[keyPath: path]
            if value > roof, let node = fields[field] {
                findings.add(.aboveLimit(field.name, roof, at: node.span))
            } else {
                limits[field.name] = value
            }
        }
        return limits
    }

    static func lowered(_ limits: Limits, to names: [String: Int]) -> Limits {
        var result = limits
        for (field, path) in builtIn {
            guard let value = names[field.name] else { continue }
            result[keyPath: path] = min(result[keyPath: path], value)
        }
        return result
    }
}

extension Limits {
    /// These limits, with those that a project lowers (`Project.limits`).
    package func lowered(by names: [String: Int]) -> Limits { LimitFields.lowered(self, to: names) }
}
