internal import AccessModel
internal import Diagnostics
internal import Syntax

// Text for people: names and titles on one line, descriptions and reasons on several.
extension Fields {
    /// A text of the field's shape: a title or a text. Empty ones are kept as they are.
    func text(_ field: Field, _ findings: inout Findings) -> String? {
        guard let node = self[field] else { return nil }
        return text(of: node, field, &findings)
    }

    /// A text that must say something: E109 when it is empty.
    func filledText(_ field: Field, _ findings: inout Findings) -> String? {
        guard let text = text(field, &findings) else { return nil }
        if !text.utf8.allSatisfy({ $0 == 0x20 }) { return text }
        findings.add(
            .missingValue(of: field, about: subject, at: self[field]?.span ?? node.span))
        return nil
    }

    /// A text with a pattern of its own, which `isValid` knows and `expected` says (E102).
    func text(
        _ field: Field, expecting expected: @autoclosure () -> String,
        _ findings: inout Findings, where isValid: (String) -> Bool
    ) -> Located<String>? {
        guard let node = self[field], let text = text(of: node, field, &findings) else {
            return nil
        }
        if isValid(text) { return Located(text, at: node.span) }
        findings.add(.notExpected(expected(), node, of: field.name, about: subject))
        return nil
    }

    func text(of node: Node, _ field: Field, _ findings: inout Findings) -> String? {
        guard let text = scalar(node, of: field.name, &findings) else { return nil }
        let isTitle = if case .title = field.shape { true } else { false }
        // Addresses, paths and patterns have one line, as names have.
        let isFree = if case .text = field.shape { true } else { false }
        if let problem = textProblem(in: text, strictness: isFree ? .free : .name) {
            findings.add(.badCharacter(problem, in: field.name, about: subject, at: node.span))
            return nil
        }
        guard isTitle else { return text }
        guard isShort(text, node, of: field.name, &findings) else { return nil }
        if mixesScripts(text) {
            findings.add(.mixedScripts(in: field.name, about: subject, at: node.span))
        }
        return text
    }

    /// E116 for a name beyond the limit.
    func isShort(
        _ text: String, _ node: Node, of field: String, _ findings: inout Findings
    ) -> Bool {
        let limit = findings.limits.nameScalars
        if text.utf8.count <= limit || text.unicodeScalars.count <= limit { return true }
        findings.add(.tooLong(limit, of: field, about: subject, at: node.span))
        return false
    }

    /// E.164, quoted.
    func mobile(_ field: Field, _ findings: inout Findings) -> String? {
        guard let node = self[field], let text = scalar(node, of: field.name, &findings) else {
            return nil
        }
        if let problem = textProblem(in: text, strictness: .identifier) {
            findings.add(.badCharacter(problem, in: field.name, about: subject, at: node.span))
            return nil
        }
        guard isE164(text) else {
            findings.add(
                .notE164(text, about: subject, at: node.span, likely: likelyE164(of: text)))
            return nil
        }
        if node.style == .plain {
            findings.add(.unquotedMobile(text, about: subject, at: node.span))
        }
        return text
    }

    /// A language tag as `en`, `pt-BR`.
    func language(_ field: Field, _ findings: inout Findings) -> String? {
        text(field, expecting: "a language as in `en` or `pt-BR`", &findings) { text in
            let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
            func isAlphanumeric(_ byte: UInt8) -> Bool {
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            }
            return (2...3).contains(parts[0].count)
                && parts[0].allSatisfy { (0x61...0x7A).contains($0) }
                && parts.dropFirst().allSatisfy {
                    (1...8).contains($0.count) && $0.allSatisfy(isAlphanumeric)
                }
        }?.value
    }
}

/// A plus, and 7 to 15 digits that do not begin with 0.
private func isE164(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
        && digits.first != 0x30 && digits.allSatisfy { (0x30...0x39).contains($0) }
}

/// The E.164 form that was probably meant: without separators, `(0)` and the prefix 00.
package func likelyE164(of text: String) -> String? {
    let separators = Set(" -./()".utf8)
    var bytes = Array(text.utf8)
    if let zero = text.range(ofASCII: "(0)") { bytes.removeSubrange(zero) }
    var digits = bytes.filter { !separators.contains($0) }
    if digits.starts(with: "00".utf8) { digits.replaceSubrange(0..<2, with: "+".utf8) }
    if digits.first != UInt8(ascii: "+") { digits.insert(UInt8(ascii: "+"), at: 0) }
    let likely = String(decoding: digits, as: UTF8.self)
    return isE164(likely) ? likely : nil
}

extension String {
    /// Where the bytes of an ASCII text are, as offsets in UTF-8.
    func range(ofASCII text: String) -> Range<Int>? {
        let bytes = Array(utf8)
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        for start in 0...(bytes.count - wanted.count)
        where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
            return start..<(start + wanted.count)
        }
        return nil
    }
}
