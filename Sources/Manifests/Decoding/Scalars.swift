internal import AccessModel
internal import Diagnostics
internal import Syntax

extension Fields {
    /// The text of a scalar, or E102 for a list or a mapping and E109 for one without a value.
    func scalar(_ node: Node, of field: String, _ findings: inout Findings) -> String? {
        guard node.kind == .scalar else {
            findings.add(.wrongType(.text, node, of: field, about: subject))
            return nil
        }
        if node.isMissing {
            findings.add(.missingEntry(of: field, about: subject, at: node.span))
            return nil
        }
        return node.text
    }

    func boolean(_ field: Field, _ findings: inout Findings) -> Bool? {
        guard let node = self[field] else { return nil }
        if node.kind == .scalar, node.style == .plain {
            if node.text == "true" { return true }
            if node.text == "false" { return false }
        }
        findings.add(
            node.kind == .scalar
                ? .notBoolean(node, of: field.name, about: subject)
                : .wrongType(.boolean, node, of: field.name, about: subject))
        return nil
    }

    /// A whole number as digits, within the range of the field's shape.
    func integer(_ field: Field, _ findings: inout Findings) -> Int? {
        guard let node = self[field], case .integer(let range) = field.shape else { return nil }
        guard node.kind == .scalar else {
            findings.add(.wrongType(.number, node, of: field.name, about: subject))
            return nil
        }
        let digits = node.text.utf8
        let isCanonical =
            !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
            && (digits.count == 1 || digits.first != 0x30)
        if isCanonical, node.style == .plain, let value = Int(node.text), range.contains(value) {
            return value
        }
        findings.add(.notInRange(range, node, of: field.name, about: subject))
        return nil
    }

    /// One of the words of the field's shape.
    func word(_ field: Field, _ findings: inout Findings) -> String? {
        guard let node = self[field], case .word(let words) = field.shape,
            let text = scalar(node, of: field.name, &findings)
        else { return nil }
        if words.contains(text) { return text }
        findings.add(
            .notOneOf(
                words, node, of: field.name, about: subject,
                suggestion: suggestion(for: text, among: words)))
        return nil
    }

    func word<Word: RawRepresentable<String>>(
        _ field: Field, as type: Word.Type, _ findings: inout Findings
    ) -> Word? {
        word(field, &findings).flatMap(Word.init(rawValue:))
    }

    /// Seconds of `7d`, `12h`, `30m`, `90s`: at least one, at most a hundred years.
    func duration(_ field: Field, _ findings: inout Findings) -> Int64? {
        guard let node = self[field], let text = scalar(node, of: field.name, &findings) else {
            return nil
        }
        if let seconds = seconds(of: text) { return seconds }
        findings.add(.notDuration(node, of: field.name, about: subject))
        return nil
    }

    /// A date, meaning its end at 24:00 UTC, or an RFC 3339 instant. W145 when it is near, and for
    /// strict readers W153 when it has come.
    func moment(_ field: Field, _ findings: inout Findings) -> Instant? {
        guard let node = self[field], let text = scalar(node, of: field.name, &findings) else {
            return nil
        }
        guard let instant = Instant(date: text)?.adding(days: 1) ?? Instant(rfc3339: text) else {
            findings.add(.notMoment(node, of: field.name, about: subject))
            return nil
        }
        if findings.now < instant, instant <= findings.now.adding(days: 14) {
            findings.add(.expiresSoon(instant, node.span, about: subject))
        } else if findings.isStrict, instant <= findings.now {
            findings.add(.hasExpired(instant, node.span, about: subject))
        }
        return instant
    }
}

private func seconds(of text: String) -> Int64? {
    let digits = text.utf8.dropLast()
    guard (1...10).contains(digits.count), digits.first != 0x30,
        digits.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(String(digits) ?? "")
    else { return nil }
    let unit: Int64
    switch text.utf8.last {
    case UInt8(ascii: "d"): unit = 86_400
    case UInt8(ascii: "h"): unit = 3_600
    case UInt8(ascii: "m"): unit = 60
    case UInt8(ascii: "s"): unit = 1
    default: return nil
    }
    let seconds = count * unit
    return seconds <= 36_525 * 86_400 ? seconds : nil
}
