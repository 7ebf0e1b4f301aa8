package import Diagnostics

extension ResolvedDiagnostic {
    /// `file:line:col: severity[CODE]: subject: what is wrong. What to do.`
    package var headline: String { headline(style: .plain) }

    func headline(style: Style) -> String {
        var text = ""
        if let location { text += style.painted(location.text, .bold) + ": " }
        let severity = code.isEmpty ? severity.rawValue : "\(severity.rawValue)[\(code)]"
        text += style.painted(severity, isError ? .boldRed : .boldYellow) + ": "
        if !subject.isEmpty { text += style.painted(escapedForTerminal(subject), .bold) + ": " }
        return text + escapedForTerminal(sentence)
    }

    /// The headline, the marked line of source, and the same for each note.
    package func text(style: Style = .plain) -> String {
        let lines = [location?.line] + notes.map { $0.location?.line }
        let gutter = lines.compactMap { $0 }.map { String($0).count }.max() ?? 1
        var text = headline(style: style) + "\n"
        text += Self.block(
            excerpt, at: location, label: label, gutter: gutter,
            ink: isError ? .boldRed : .boldYellow, style: style)
        for note in notes {
            let place = note.location.map { style.painted($0.text, .bold) + ": " } ?? ""
            let pad = String(repeating: " ", count: gutter + 1)
            text += pad + style.painted("= note: ", .blue) + place
            text += escapedForTerminal(note.message) + "\n"
            text += Self.block(
                note.excerpt, at: note.location, label: nil, gutter: gutter, ink: .blue,
                style: style)
        }
        return text
    }

    private static func block(
        _ excerpt: Excerpt?, at location: Location?, label: String?, gutter: Int, ink: Style.Ink,
        style: Style
    ) -> String {
        // Of a file that could not be read, or of an empty line, there is nothing to show.
        guard let excerpt, let location, !excerpt.line.isEmpty else { return "" }
        let shown = ShownExcerpt(excerpt)
        let bar = style.painted("|", .blue)
        let empty = String(repeating: " ", count: gutter + 1) + bar
        let number = style.painted(String(location.line).paddedLeft(to: gutter), .blue)
        let caret = String(repeating: "^", count: shown.width)
        let said = label.map { " " + escapedForTerminal($0) } ?? ""
        let mark =
            String(repeating: " ", count: shown.indent) + style.painted(caret + said, ink)
        let line = shown.line.isEmpty ? "" : " " + shown.line
        return empty + "\n" + number + " " + bar + line.trimmedRight + "\n" + empty + " " + mark
            + "\n"
    }
}

extension Location {
    /// `file:line:col`, escaped.
    package var text: String { "\(escapedForTerminal(file)):\(line):\(column)" }

    /// `file:line`, escaped.
    var shortText: String { "\(escapedForTerminal(file)):\(line)" }
}

extension Sequence<ResolvedDiagnostic> {
    /// All of them, an empty line between two.
    package func text(style: Style = .plain) -> String {
        map { $0.text(style: style) }.joined(separator: "\n")
    }
}
