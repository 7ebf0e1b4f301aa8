/// The page on one diagnostic code that `muster explain` shows.
package struct Explanation: Hashable, Sendable {
    package let code: String
    /// What it is about, in a few words without a full stop.
    package let title: String
    /// Plain text in paragraphs, with indented examples; lines of at most 86 columns.
    package let body: String

    package init(_ code: String, _ title: String, _ body: String) {
        self.code = code
        self.title = title
        self.body = body
    }
}

/// One page for every code, error and warning alike: the files beside this one, by topic.
package enum Explanations {
    /// All pages in the order of their codes: by number, then errors before warnings.
    package static let all: [Explanation] =
        [
            syntax, letters, declarations, lint, authority, joining, guards, identities, policies,
            drift,
            apply,
        ]
        .flatMap { $0 }
        .sorted { ($0.code.dropFirst(), $0.code) < ($1.code.dropFirst(), $1.code) }

    /// The page for a code in any letter case, or `nil` when there is no such code.
    package static func page(for code: String) -> Explanation? {
        let wanted = code.uppercased()
        return all.first { $0.code == wanted }
    }
}
