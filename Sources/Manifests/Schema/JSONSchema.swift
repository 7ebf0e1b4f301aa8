/// The JSON Schema (2020-12) of one document of the language, from the same fields as the reader.
///
/// It accepts every valid document and refuses unknown kinds and fields, missing fields and wrong
/// types. Where YAML tools read a plain scalar as a number or a boolean that Muster takes as text,
/// they may: what only Muster can tell (references, addresses, the calendar) is left to `validate`.
package func jsonSchema() -> String {
    let kinds = Kind.allCases
    let root = JSON.object([
        ("$schema", "https://json-schema.org/draft/2020-12/schema"),
        ("$id", "https://muster.example/schema/muster.schema.json"),
        ("title", "Muster manifest"),
        ("description", "One document of a Muster project: who may administer what."),
        ("type", "object"),
        ("required", ["kind"]),
        (
            "properties",
            .object([
                (
                    "kind",
                    .object([
                        ("description", "What the document declares."),
                        ("enum", .array(kinds.map { .text($0.rawValue) })),
                    ])
                )
            ])
        ),
        (
            "allOf",
            .array(
                kinds.map { kind in
                    .object([
                        (
                            "if",
                            .object([
                                (
                                    "properties",
                                    .object([("kind", .object([("const", .text(kind.rawValue))]))])
                                ),
                                ("required", ["kind"]),
                            ])
                        ),
                        ("then", .object([("$ref", .text("#/$defs/\(kind.rawValue)"))])),
                    ])
                })
        ),
        ("$defs", .object(kinds.map { ($0.rawValue, schema(of: $0.record)) })),
    ])
    return root.text + "\n"
}

private func schema(of record: Record) -> JSON {
    var properties = record.fields.map { field in
        (field.name, schema(of: field.shape).adding("description", .text(field.summary)))
    }
    if let kind = record.kind {
        properties.insert(
            (
                "kind",
                .object([("const", .text(kind.rawValue)), ("description", .text(record.summary))])
            ),
            at: 0)
    }
    let required = (record.kind == nil ? [] : ["kind"]) + record.requiredFields.map(\.name)
    var members: [(String, JSON)] = [("description", .text(record.summary)), ("type", "object")]
    if !required.isEmpty { members.append(("required", .array(required.map { .text($0) }))) }
    members.append(("properties", .object(properties)))
    members.append(("additionalProperties", false))
    if record.isChoice {
        members.append(("minProperties", 1))
        members.append(("maxProperties", 1))
    }
    return .object(members)
}

/// YAML tools read `123` and `no` as something else than text where Muster reads text.
private let scalar: JSON = ["string", "number", "boolean"]

private func schema(of shape: Shape) -> JSON {
    switch shape {
    case .name: text(pattern: "^[A-Za-z0-9_]([A-Za-z0-9_.:-]{0,126}[A-Za-z0-9_])?$")
    case .tenantName: text(pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
    case .identityCode:
        text(
            pattern: "^[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*$",
            maxLength: 253)
    case .title, .text: .object([("type", scalar)])
    case .label: text(pattern: "^[^,]+$")
    case .pattern(let pattern): .object([("type", "string"), ("pattern", .text(pattern))])
    case .email:
        .object([("type", "string"), ("pattern", "^ *[^@ <>\"]+@[^@ <>\"]+ *$")])
    case .mobile:
        .object([
            ("type", ["string", "integer"]), ("pattern", "^\\+[1-9][0-9]{6,14}$"),
        ])
    case .boolean: .object([("type", "boolean")])
    case .integer(let range):
        .object([
            ("type", "integer"), ("minimum", .number(range.lowerBound)),
            ("maximum", .number(range.upperBound)),
        ])
    case .duration: .object([("type", "string"), ("pattern", "^[1-9][0-9]{0,9}[dhms]$")])
    case .moment:
        .object([
            ("type", "string"),
            (
                "pattern",
                .text(
                    "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
                        + "([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
                        + "([Zz]|[+-][0-9]{2}:[0-9]{2}))?$")
            ),
        ])
    case .word(let words): .object([("enum", .array(words.map { .text($0) }))])
    case .list(let element): list(of: element)
    case .record(let record): schema(of: record)
    case .either(let a, let b): .object([("anyOf", .array([schema(of: a), schema(of: b)]))])
    }
}

/// Entries that are names or texts stand in a list once.
private func list(of element: Shape) -> JSON {
    let list = JSON.object([("type", "array"), ("items", schema(of: element))])
    if case .record = element { return list }
    return list.adding("uniqueItems", true)
}

private func text(pattern: String, maxLength: Int? = nil) -> JSON {
    var members: [(String, JSON)] = [("type", scalar), ("pattern", .text(pattern))]
    if let maxLength { members.append(("maxLength", .number(maxLength))) }
    return .object(members)
}
