/// The line of text that a diagnostic points at, and the part of it to mark.
package struct Excerpt: Hashable, Sendable {
    /// The raw line without its end; whoever shows it escapes it.
    package var line: String
    /// 1-based, in code points.
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
            location: diagnostic.span.map(location(of:)), excerpt: diagnostic.span.map(excerpt(of:)),
            label: diagnostic.label,
            notes: diagnostic.notes.map { note in
                ResolvedDiagnostic.Note(
                    message: note.message, location: note.span.map(location(of:)),
                    excerpt: note.span.map(excerpt(of:)))
            })
    }

    private func excerpt(of span: Span) -> Excerpt {
        let line = line(of: span)
        let text = String(decoding: line, as: UTF8.self)
        let start = Int(span.start) - line.startIndex
        let end = max(start, min(Int(span.end) - line.startIndex, line.count))
        let marked = line.dropFirst(start).prefix(end - start)
        return Excerpt(
            line: text, column: location(of: span).column,
            width: max(1, marked.count { $0 & 0xC0 != 0x80 }))
    }
}
