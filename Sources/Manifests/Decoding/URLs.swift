internal import AccessModel
internal import Diagnostics
internal import Syntax

extension Fields {
    /// A URL or a path with a scheme, as `isValid` has it. E113 when it holds a password.
    func url(
        _ field: Field, expecting expected: @autoclosure () -> String,
        _ findings: inout Findings, where isValid: (String) -> Bool
    ) -> String? {
        // A password is told first: whatever else is wrong would be told by quoting it.
        guard
            let url = text(
                field, expecting: expected(), &findings,
                where: { password(in: $0) != nil || isValid($0) })
        else { return nil }
        if let password = password(in: url.value) {
            findings.add(.passwordInURL(field.name, at: place(of: password, in: url)))
            return isValid(url.value) ? url.value : nil
        }
        return url.value
    }

    /// The bytes of a part, where the text stands in the file as it is; else all of it.
    private func place(of part: Range<Int>, in text: Located<String>) -> Span {
        let length = Int(text.span.end - text.span.start)
        let quotes = length - text.value.utf8.count
        guard quotes == 0 || quotes == 2 else { return text.span }
        let start = Int(text.span.start) + quotes / 2
        return Span(
            file: text.span.file, start: start + part.lowerBound, end: start + part.upperBound)
    }

    /// A mailbox: `Acme Access <access@acme.example>`, or the address alone.
    func mailbox(_ field: Field, _ findings: inout Findings) -> String? {
        guard let node = self[field], let text = scalar(node, of: field.name, &findings) else {
            return nil
        }
        if let problem = textProblem(in: text, strictness: .name) {
            findings.add(.badCharacter(problem, in: field.name, about: subject, at: node.span))
            return nil
        }
        var address = trimmingSpaces(text)
        if address.utf8.last == UInt8(ascii: ">"),
            let open = address.utf8.lastIndex(of: UInt8(ascii: "<"))
        {
            let inner = address.utf8[address.utf8.index(after: open)...].dropLast()
            address = String(inner) ?? ""
        }
        switch EmailAddress.parse(address) {
        case .success: return trimmingSpaces(text)
        case .failure(let problem):
            findings.add(.badEmail(problem, text, in: field.name, about: subject, at: node.span))
            return nil
        }
    }
}

/// Where a URL has a password: between `user:` and `@`, or as a parameter. Offsets in UTF-8.
private func password(in url: String) -> Range<Int>? {
    let bytes = Array(url.utf8)
    guard let scheme = url.range(ofASCII: "://") else { return nil }
    let start = scheme.upperBound
    let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count
    if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")),
        let colon = bytes[start..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at
    {
        return (colon + 1)..<at
    }
    guard let query = bytes[start...].firstIndex(of: UInt8(ascii: "?")) else { return nil }
    var place = query + 1
    for parameter in bytes[place...].split(
        separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
    {
        place = parameter.startIndex
        guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")) else { continue }
        let key = String(decoding: parameter[place..<equals], as: UTF8.self).lowercased()
        if ["password", "passwd", "pwd", "sslpassword"].contains(key),
            equals + 1 < parameter.endIndex
        {
            return (equals + 1)..<parameter.endIndex
        }
    }
    return nil
}
