package enum Severity: String, Hashable, Sendable {
    case error
    case warning
}

/// A statement about the user's text: collected, never thrown.
///
/// Shown as `file:line:col: severity[CODE]: subject: what is wrong. What to do.`
package struct Diagnostic: Hashable, Sendable {
    /// A second place that explains the first: the other declaration, the tenant without the role.
    package struct Note: Hashable, Sendable {
        package var message: String
        package var span: Span?

        package init(_ message: String, at span: Span? = nil) {
            self.message = message
            self.span = span
        }
    }

    package var code: String
    package var severity: Severity
    /// What it is about: an address, a kind with its key, a field.
    package var subject: String
    /// What is wrong, as one sentence without its subject.
    package var message: String
    /// What to do, as one sentence.
    package var help: String?
    package var span: Span?
    /// Said right under the caret.
    package var label: String?
    package var notes: [Note]

    package init(
        _ code: String, subject: String, message: String, help: String? = nil, at span: Span? = nil,
        label: String? = nil, notes: [Note] = []
    ) {
        self.code = code
        severity = code.hasPrefix("W") ? .warning : .error
        self.subject = subject
        self.message = message
        self.help = help
        self.span = span
        self.label = label
        self.notes = notes
    }
}
