internal import AccessModel

/// A template of one part of letters, whose mistakes were looked for.
package struct LetterTemplate: Sendable {
    /// As it is written, with LF line ends.
    package let source: String
    let format: LetterFormat
    private let body: ParsedTemplate
    /// From the first line of a text, `Subject: …`.
    private let subject: ParsedTemplate?

    /// What a file may have at most; a letter of this length is none.
    package static let maximumSize = 64 << 10

    /// The template that bytes are, or everything that is wrong with them.
    static func parse(
        _ bytes: [UInt8], as format: LetterFormat
    ) -> Result<LetterTemplate, TemplateProblems> {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(TemplateProblems([notUTF8(bytes)]))
        }
        if let problem = forbiddenCharacter(in: text) {
            return .failure(TemplateProblems([problem]))
        }
        guard !text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) else {
            return .failure(TemplateProblems([TemplateProblem(.empty, at: 0..<0)]))
        }
        let (tags, mistakes) = tags(in: bytes)
        var found = mistakes + problems(of: tags)
        if format == .html { found += problems(ofPlaces: tags, in: bytes) }
        guard found.isEmpty else {
            return .failure(TemplateProblems(found.sorted { $0.start < $1.start }))
        }
        do {
            return .success(try LetterTemplate(text, format))
        } catch {
            let start = startOfLine(error.line, in: bytes)
            return .failure(
                TemplateProblems([TemplateProblem(.library(error.text), at: start..<start)]))
        }
    }

    private init(_ text: String, _ format: LetterFormat) throws(ParsedTemplate.ParsingProblem) {
        self.format = format
        // Mail has LF here; whoever carries it makes what the medium wants of that.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = Array(text.utf8)[...]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes
        source = String(decoding: content.filter { $0 != 0x0D }, as: UTF8.self)
        let line = source.prefix { $0 != "\n" }
        if format == .text, line.hasPrefix(Self.subjectMark) {
            subject = try ParsedTemplate(String(line.dropFirst(Self.subjectMark.count)))
            body = try ParsedTemplate(String(source.dropFirst(line.count + 1)))
        } else {
            subject = nil
            body = try ParsedTemplate(source)
        }
    }

    private static let subjectMark = "Subject:"

    /// `nil` where the template leaves it to the built-in one.
    func subject(_ values: LetterValues) -> String? {
        guard let subject else { return nil }
        let line = oneLine(subject.rendered(values) { $0 })
        return line.isEmpty ? nil : line
    }

    func body(_ values: LetterValues) -> String {
        switch format {
        case .text: laidOut(body.rendered(values) { $0 })
        case .html: body.rendered(values, escape: escapedForHTML)
        }
    }
}

package struct TemplateProblems: Error {
    package var list: [TemplateProblem]

    init(_ list: [TemplateProblem]) { self.list = list }
}

/// C0 but line ends and tabs, DEL, C1, other line breaks, and what reorders or hides text; a mark
/// of byte order anywhere but at the start.
private func forbiddenCharacter(in text: String) -> TemplateProblem? {
    var place = 0
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
        let length = UTF8.width(scalar)
        defer { place += length }
        switch scalar.value {
        case 0x0A, 0x09: continue
        case 0x0D where index + 1 < scalars.count && scalars[index + 1].value == 0x0A: continue
        case 0xFEFF where index == 0: continue
        // No break, and joining: text needs them.
        case 0xA0, 0x200C, 0x200D, 0x202F: continue
        default: break
        }
        guard let problem = textProblem(in: String(scalar), strictness: .name) else { continue }
        switch problem.kind {
        case .control, .lineBreak, .bidirectional, .invisible, .tag, .nonCharacter:
            return TemplateProblem(
                .forbiddenCharacter(problem.sentence), at: place..<place + length)
        case .combiningMarks, .fullWidth, .unusualSpace, .mixedScripts: continue
        }
    }
    return nil
}

private func startOfLine(_ line: Int, in bytes: [UInt8]) -> Int {
    var left = line - 1
    for (place, byte) in bytes.enumerated() where byte == 0x0A {
        if left <= 1 { return left == 1 ? place + 1 : 0 }
        left -= 1
    }
    return 0
}

/// Plain text as letters have it: at most 76 columns where there is a space to break at, no more
/// than one empty line in a row, one line end at the end.
func laidOut(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        var end = line
        while end.last == " " || end.last == "\t" { end = end.dropLast() }
        if end.isEmpty {
            if let last = lines.last, !last.isEmpty { lines.append("") }
        } else {
            lines += broken(end)
        }
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
}

/// A line in several, which are indented as it is, under the text of a list's item.
private func broken(_ line: Substring) -> [String] {
    let width = 76
    guard line.unicodeScalars.count > width else { return [String(line)] }
    var indent = String(line.prefix { $0 == " " })
    let rest = line.dropFirst(indent.count)
    var current = indent
    if rest.hasPrefix("- ") { indent += "  " }
    var lines: [String] = []
    for word in rest.split(separator: " ") {
        let isFirst = current.allSatisfy { $0 == " " }
        let length = current.unicodeScalars.count + 1 + word.unicodeScalars.count
        if !isFirst, length > width {
            lines.append(current)
            current = indent + word
        } else {
            current += (isFirst ? "" : " ") + word
        }
    }
    return lines + [current]
}

/// Text for an element or a quoted attribute of HTML.
func escapedForHTML(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result.append(contentsOf: "&amp;".unicodeScalars)
        case "<": result.append(contentsOf: "&lt;".unicodeScalars)
        case ">": result.append(contentsOf: "&gt;".unicodeScalars)
        case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
        case "'": result.append(contentsOf: "&#39;".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}

/// Where it stops being UTF-8, or what it is instead, by the mark at its beginning.
private func notUTF8(_ bytes: [UInt8]) -> TemplateProblem {
    let marks: [(String, [UInt8])] = [
        ("UTF-32", [0xFF, 0xFE, 0, 0]), ("UTF-32", [0, 0, 0xFE, 0xFF]), ("UTF-16", [0xFF, 0xFE]),
        ("UTF-16", [0xFE, 0xFF]),
    ]
    if let encoding = marks.first(where: { bytes.starts(with: $0.1) })?.0 {
        return TemplateProblem(.otherEncoding(encoding), at: 0..<0)
    }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var place = 0
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { place += scalar.count }
    return TemplateProblem(.notUTF8, at: place..<min(place + 1, bytes.count))
}
