internal import AccessModel

/// A tag of a template, found in its bytes.
struct TemplateTag {
    enum Sign { case variable, section, inverted, end, comment }

    var sign: Sign
    var name: String
    var range: Range<Int>
}

/// The tags of a template and the mistakes in them. A small part of Mustache: variables, sections,
/// inverted sections, comments.
func tags(in bytes: [UInt8]) -> (tags: [TemplateTag], problems: [TemplateProblem]) {
    var tags: [TemplateTag] = []
    var problems: [TemplateProblem] = []
    var place = 0
    while let start = first("{{", in: bytes, from: place) {
        let isTriple = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "{")
        guard let close = first(isTriple ? "}}}" : "}}", in: bytes, from: start + 2) else {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            problems.append(TemplateProblem(.unclosedTag, at: start..<end))
            break
        }
        let range = start..<close + (isTriple ? 3 : 2)
        place = range.upperBound
        if isTriple {
            problems.append(TemplateProblem(.unescaped, at: range))
            continue
        }
        switch tag(bytes[start + 2..<close], range) {
        case .success(let tag): tags.append(tag)
        case .failure(let problem): problems.append(problem)
        }
    }
    return (tags, problems)
}

private func tag(
    _ content: ArraySlice<UInt8>, _ range: Range<Int>
) -> Result<TemplateTag, TemplateProblem> {
    let sign: TemplateTag.Sign
    var rest = content
    switch content.first {
    case UInt8(ascii: "#"): sign = .section
    case UInt8(ascii: "^"): sign = .inverted
    case UInt8(ascii: "/"): sign = .end
    case UInt8(ascii: "!"): return .success(TemplateTag(sign: .comment, name: "", range: range))
    case UInt8(ascii: "&"): return .failure(TemplateProblem(.unescaped, at: range))
    case .some(let byte) where ">*<$=%".utf8.contains(byte):
        let text = String(decoding: [byte], as: UTF8.self)
        return .failure(TemplateProblem(.unsupported(text), at: range))
    default: sign = .variable
    }
    if sign != .variable { rest = rest.dropFirst() }
    while rest.first == 0x20 { rest = rest.dropFirst() }
    while rest.last == 0x20 { rest = rest.dropLast() }
    let name = String(decoding: rest, as: UTF8.self)
    let isName = !rest.isEmpty && rest.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
    guard isName || name == "." && sign == .variable else {
        return .failure(TemplateProblem(.malformedName(name), at: range))
    }
    return .success(TemplateTag(sign: sign, name: name, range: range))
}

/// Where a text of ASCII begins.
func first(_ text: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
    text.withUTF8Buffer { text in
        guard bytes.count >= text.count, start <= bytes.count - text.count else { return nil }
        return (start...bytes.count - text.count).first { place in
            text.indices.allSatisfy { bytes[place + $0] == text[$0] }
        }
    }
}
