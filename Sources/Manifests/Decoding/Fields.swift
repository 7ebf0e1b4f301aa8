internal import AccessModel
internal import Diagnostics
internal import Syntax

/// Reads one mapping by its record: finds each field, and says what is unknown, missing or empty.
///
/// Getters report what is wrong with a value and give `nil`; `check` reports what is wrong with the
/// keys. A value that is missing (E109) is `nil` to every getter and reported by `check` alone.
struct Fields {
    let record: Record
    let node: Node
    var subject: Subject
    /// Places among the node's entries.
    private var known: [(key: NameKey, place: Int32)] = []
    private var unknown: [Int32] = []

    /// `nil`, and E102, for a node that is no mapping.
    init?(_ node: Node, _ record: Record, about subject: Subject, _ findings: inout Findings) {
        guard node.kind == .mapping else {
            if node.isMissing {
                findings.add(.missingEntry(about: subject, at: node.span))
            } else {
                findings.add(.wrongType(.mapping, node, of: nil, about: subject))
            }
            return nil
        }
        self.record = record
        self.node = node
        self.subject = subject
        let entries = node.entries
        known.reserveCapacity(entries.count)
        for (place, entry) in entries.enumerated() {
            if let key = record.key(saidBy: entry.key) {
                known.append((key, Int32(place)))
            } else if record.kind == nil || !entry.key.says("kind") {
                unknown.append(Int32(place))
            }
        }
    }

    /// The value of a field that is written and has one.
    subscript(_ field: Field) -> Node? {
        guard let value = written(field), !value.isMissing else { return nil }
        return value
    }

    /// Is the field there, with or without a value?
    func isWritten(_ field: Field) -> Bool { known.contains { $0.key == field.key } }

    private func written(_ field: Field) -> Node? {
        for entry in known where entry.key == field.key {
            return node.entries[Int(entry.place)].value
        }
        return nil
    }

    /// Reports unknown fields (E101, E112), missing values (E109) and missing fields (E107).
    func check(_ findings: inout Findings) {
        for place in unknown where !findings.isFull(node.span.file) {
            let (key, value) = node.entries[Int(place)]
            report(unknown: key, value, &findings)
        }
        for entry in known {
            let (key, value) = node.entries[Int(entry.place)]
            guard value.isMissing, let field = record.fields.first(where: { $0.key == entry.key })
            else { continue }
            findings.add(.missingValue(of: field, about: subject, at: key.span))
        }
        // Of a mapping that was cut, nobody knows what it lacks.
        if node.isIncomplete { return }
        for field in record.requiredFields where !isWritten(field) && !isMeant(field.name) {
            findings.add(.missingField(field.name, about: subject, at: node.span))
        }
    }

    /// Is an unknown field, which is reported, probably this one misspelt?
    func isMeant(_ name: String) -> Bool {
        unknown.contains { place in
            suggestion(for: node.entries[Int(place)].key.text, among: candidates) == name
        }
    }

    /// The fields that are not written.
    private var candidates: [String] {
        record.fields.filter { !isWritten($0) }.map(\.name)
    }

    func keySpan(of name: String) -> Span {
        node.entries.first { $0.key.says(text: name) }?.key.span ?? node.span
    }

    private func report(unknown key: Node, _ value: Node, _ findings: inout Findings) {
        if record.describesPerson, let help = derivedField(key.text, value) {
            findings.add(.derivedField(key.text, about: subject, at: key.span, help: help))
            return
        }
        findings.add(
            .unknownField(
                key.text, about: subject, at: key.span,
                suggestion: suggestion(for: key.text, among: candidates), fields: record.names))
    }
}

/// What to do instead of declaring something that is derived, or `nil` for other fields.
private func derivedField(_ name: String, _ value: Node) -> String? {
    let folded = name.lowercased().filter { $0 != "_" && $0 != "-" }
    switch folded {
    case "delegatedadmin", "delegated", "isdelegatedadmin":
        return "Leave it out: whoever holds a permission on a tenant is a delegated admin there."
    case "accountid", "id", "uuid", "userid":
        return "Leave it out: a person is named by the e-mail address."
    case "state", "status":
        switch value.text.lowercased() {
        case "absent", "present": return nil
        case "blocked": return "Write `blocked: true`."
        default: return "Leave it out: the state follows from accepting the invitation."
        }
    case "invited", "activated", "pending":
        return "Leave it out: the state follows from accepting the invitation."
    default: return nil
    }
}
