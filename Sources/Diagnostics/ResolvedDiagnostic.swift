/// The line of text that a diagnostic points at, and the part of it to mark.
package struct Excerpt: Hashable, Sendable {
    /// The raw line without its end, or of a very long one the part around the mark; whoever shows
    /// it escapes it.
    package var line: String
    /// Of the mark in `line`: 1-based, in code points.
    package var column: Int
    /// How many code points to mark, at least 1.
    package var width: Int

    package init(line: String, column: Int, width: Int) {
        self.line = line
        self.column = column
        self.width = width
    }
}

/// A diagnostic whose spans have become places, so that it can be shown without the files.
package struct ResolvedDiagnostic: Hashable, Sendable {
    package struct Note: Hashable, Sendable {
        package var message: String
        package var location: Location?
        package var excerpt: Excerpt?

        package init(message: String, location: Location? = nil, excerpt: Excerpt? = nil) {
            self.message = message
            self.location = location
            self.excerpt = excerpt
        }
    }

    package var code: String
    package var severity: Severity
    package var subject: String
    package var message: String
    package var help: String?
    package var location: Location?
    package var excerpt: Excerpt?
    package var label: String?
    package var notes: [Note]

    package init(
        code: String, severity: Severity, subject: String, message: String, help: String? = nil,
        location: Location? = nil, excerpt: Excerpt? = nil, label: String? = nil, notes: [Note] = []
    ) {
        self.code = code
        self.severity = severity
        self.subject = subject
        self.message = message
        self.help = help
        self.location = location
        self.excerpt = excerpt
        self.label = label
        self.notes = notes
    }

    package var isError: Bool { severity == .error }

    /// What is wrong and what to do, as it follows the subject.
    package var sentence: String { help.map { message + " " + $0 } ?? message }
}

extension SourceMap {
    package func resolved(_ diagnostic: Diagnostic) -> ResolvedDiagnostic {
        ResolvedDiagnostic(
            code: diagnostic.code, severity: diagnostic.severity, subject: diagnostic.subject,
            message: diagnostic.message, help: diagnostic.help,
            location: diagnostic.span.map(location(of:)),
            excerpt: diagnostic.span.map {
                excerpt(of: $0, hidden: diagnostic.code == Self.secret)
            },
            label: diagnostic.label,
            notes: diagnostic.notes.map { note in
                ResolvedDiagnostic.Note(
                    message: note.message, location: note.span.map(location(of:)),
                    excerpt: note.span.map(excerpt(of:)))
            })
    }

    /// The code of secrets in manifests: logs do not repeat what the mark covers.
    private static let secret = "E113"

    private func excerpt(of span: Span) -> Excerpt { excerpt(of: span, hidden: false) }

    private func excerpt(of span: Span, hidden: Bool) -> Excerpt {
        let line = line(of: span)
        let start = min(max(Int(span.start), line.startIndex), line.endIndex)
        let end = max(start, min(Int(span.end), line.endIndex))
        let from = Self.characterStart(max(line.startIndex, start - Self.shownBytes), in: line)
        let to = Self.characterStart(min(line.endIndex, start + Self.shownBytes), in: line)
        let before = from > line.startIndex ? "\u{2026}" : ""
        let after = to < line.endIndex ? "\u{2026}" : ""
        let shownEnd = max(start, min(end, to))
        let marked = line[start..<shownEnd].count { $0 & 0xC0 != 0x80 }
        let mark =
            hidden
            ? String(repeating: "*", count: marked)
            : String(decoding: line[start..<shownEnd], as: UTF8.self)
        return Excerpt(
            line: before + String(decoding: line[from..<start], as: UTF8.self) + mark
                + String(decoding: line[shownEnd..<to], as: UTF8.self) + after,
            column: line[from..<start].count { $0 & 0xC0 != 0x80 } + (before.isEmpty ? 1 : 2),
            width: max(1, marked))
    }

    /// How much of a long line is kept on each side of the mark's beginning.
    private static let shownBytes = 2_000

    /// The beginning of the character that a place is in.
    private static func characterStart(_ place: Int, in line: ArraySlice<UInt8>) -> Int {
        var place = place
        while place > line.startIndex, place < line.endIndex, line[place] & 0xC0 == 0x80 {
            place -= 1
        }
        return place
    }
}
