internal import AccessModel
internal import Diagnostics
internal import Syntax

/// Which pattern a name follows.
enum NamePattern {
    /// Permissions, roles, bundles, policies, tests and the project.
    case general
    case tenant
    ///
    case identity

    var code: String { if case .identity = self { "E143" } else { "E102" } }

    var expected: String {
        switch self {
        case .general:
            "up to 128 letters, digits and `_ . : -`, with a letter, digit or `_` at both ends"
        case .tenant:
            "up to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends"
        case .identity:
            "lower-case letters, digits, `-` and `_` in parts separated by dots, at most 253 bytes"
        }
    }

    func accepts(_ text: String) -> Bool {
        switch self {
        case .general:
            return Self.accepts(
                text.utf8, upTo: 128, middle: ".:-", edges: .alphanumericOrUnderscore)
        case .tenant: return Self.accepts(text.utf8, upTo: 63, middle: "-", edges: .lowerCase)
        case .identity:
            guard text.utf8.count <= 253 else { return false }
            return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .allSatisfy { Self.accepts($0, upTo: 253, middle: "-_", edges: .lowerCase) }
        }
    }

    private enum Letters { case alphanumericOrUnderscore, lowerCase }

    private static func accepts(
        _ bytes: some BidirectionalCollection<UInt8>, upTo limit: Int, middle: StaticString,
        edges: Letters
    ) -> Bool {
        func isEdge(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                edges == .alphanumericOrUnderscore
            default: false
            }
        }
        guard let first = bytes.first, let last = bytes.last, isEdge(first), isEdge(last) else {
            return false
        }
        var count = 0
        for byte in bytes {
            count += 1
            if isEdge(byte) { continue }
            guard middle.withUTF8Buffer({ $0.contains(byte) }) else { return false }
        }
        return count <= limit
    }

    /// The name with the changes that make it fit, where letter case and blanks are all it lacks.
    func repaired(_ text: String) -> String? {
        let trimmed = trimmingSpaces(text)
        let lower = if case .general = self { trimmed } else { trimmed.lowercased() }
        let repaired = String(
            decoding: lower.utf8.map { byte -> UInt8 in
                if byte == 0x20 { return UInt8(ascii: "-") }
                if case .tenant = self, byte == UInt8(ascii: "_") { return UInt8(ascii: "-") }
                return byte
            }, as: UTF8.self)
        return repaired != text && accepts(repaired) ? repaired : nil
    }
}

extension Fields {
    func name<Tag>(
        _ field: Field, _ pattern: NamePattern, as tag: Tag.Type, _ findings: inout Findings
    ) -> Located<Name<Tag>>? {
        guard let node = self[field] else { return nil }
        return name(of: node, field.name, pattern, as: tag, &findings)
    }

    func names<Tag>(
        _ field: Field, _ pattern: NamePattern, as tag: Tag.Type, _ findings: inout Findings
    ) -> [Located<Name<Tag>>]? {
        distinct(field, &findings) { node, findings in
            name(of: node, field.name, pattern, as: tag, &findings)
        }
    }

    func name<Tag>(
        of node: Node, _ field: String, _ pattern: NamePattern, as tag: Tag.Type,
        _ findings: inout Findings
    ) -> Located<Name<Tag>>? {
        guard let text = scalar(node, of: field, &findings) else { return nil }
        if !pattern.accepts(text) {
            findings.add(badName(text, node, field, pattern, findings.limits))
            return nil
        }
        guard isShort(text, node, of: field, &findings) else { return nil }
        if node.style == .plain, let reading = otherReading(ofPlain: text) {
            findings.add(.ambiguousName(text, reading, about: subject, at: node.span))
        }
        return Located(Name(text), at: node.span)
    }

    private func badName(
        _ text: String, _ node: Node, _ field: String, _ pattern: NamePattern, _ limits: Limits
    ) -> Diagnostic {
        if let problem = textProblem(in: text, strictness: .identifier) {
            return .badCharacter(problem, in: field, about: subject, at: node.span)
        }
        if text.utf8.count > limits.nameScalars, pattern.code != "E143" {
            return .tooLong(limits.nameScalars, of: field, about: subject, at: node.span)
        }
        return .badName(
            text, expected: pattern.expected, code: pattern.code, of: field, about: subject,
            at: node.span, suggestion: pattern.repaired(text))
    }

    func email(_ field: Field, _ findings: inout Findings) -> Located<EmailAddress>? {
        guard let node = self[field] else { return nil }
        return email(of: node, field.name, &findings)
    }

    func emails(_ field: Field, _ findings: inout Findings) -> [Located<EmailAddress>]? {
        distinct(field, &findings) { node, findings in email(of: node, field.name, &findings) }
    }

    func email(
        of node: Node, _ field: String, _ findings: inout Findings
    ) -> Located<EmailAddress>? {
        guard let text = scalar(node, of: field, &findings) else { return nil }
        switch EmailAddress.parse(text) {
        case .success(let email): return Located(email, at: node.span)
        case .failure(let problem):
            findings.add(.badEmail(problem, text, in: field, about: subject, at: node.span))
            return nil
        }
    }

    /// Informational roles: trimmed, no commas, a set, case kept.
    func labels(_ field: Field, _ findings: inout Findings) -> SortedSet<Label> {
        let labels = distinct(field, &findings) { node, findings -> Located<Label>? in
            guard let text = scalar(node, of: field.name, &findings) else { return nil }
            if let problem = textProblem(in: text, strictness: .name) {
                findings.add(.badCharacter(problem, in: field.name, about: subject, at: node.span))
                return nil
            }
            let trimmed = trimmingSpaces(text)
            if trimmed.isEmpty {
                findings.add(.missingEntry(of: field.name, about: subject, at: node.span))
                return nil
            }
            if trimmed.utf8.contains(UInt8(ascii: ",")) {
                findings.add(.labelWithComma(trimmed, about: subject, at: node.span))
                return nil
            }
            guard isShort(trimmed, node, of: field.name, &findings) else { return nil }
            return Located(Label(trimmed), at: node.span)
        }
        guard let labels, !labels.isEmpty else { return [] }
        return findings.sharedSet(of: labels)
    }
}
