internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation

extension PlanReport {
    /// The plan for a terminal: what it must not hide first, what it amounts to last.
    ///
    /// - Parameter id: the plan's id, shown at the end so that `apply --expect` can name it.
    package func text(style: Style = .plain, verbose: Bool = false, id: String? = nil) -> String {
        body(style: style, verbose: verbose) + origin.text(style: style, id: id)
    }

    /// All of it but the last lines, which say when it was computed.
    package func body(style: Style, verbose: Bool) -> String {
        let settings = findings.filter(\.isAboutSettings)
        let others = findings.filter { !$0.isAboutSettings }
        let blocks = [
            settings.text(style: style),
            RiskText(self, style: style, verbose: verbose).text,
            sectionsText(style, verbose: verbose),
            driftText(style, verbose: verbose),
            notesText(style, verbose: verbose),
            editsText(style),
            Self.findingsText(others, style, verbose: verbose),
            verdictText(style),
        ]
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func sectionsText(_ style: Style, verbose: Bool) -> String {
        let sections = sections(folding: !verbose)
        guard !sections.isEmpty else { return "" }
        let layout = PlanLayout(sections, style: style, verbose: verbose)
        let legend =
            sections.contains { $0.rows.contains(where: \.isMarked) }
            ? style.painted("! privileged, or takes access away", .dim) + "\n" : ""
        return layout.text + legend
    }

    private func driftText(_ style: Style, verbose: Bool) -> String {
        guard !drift.isEmpty else { return "" }
        let title = "Changed outside Muster since the last apply (\(grouped(drift.count)))"
        let lines = Self.cut(drift, drift.count, verbose: verbose) { change in
            let by = change.by.map { " by \(escapedForTerminal($0))" } ?? ""
            return "\(escapedForTerminal(change.address.text)): \(change.phrase.text)"
                + style.painted("  \(change.at.words)\(by)", .dim)
        }
        return style.painted(title, .bold) + "\n" + lines
    }

    private func notesText(_ style: Style, verbose: Bool) -> String {
        var text = ""
        var counts: [PlanNote.Kind: Int] = [:]
        for place in plan.notes.indices { counts[plan.notes[place].kind, default: 0] += 1 }
        // Those who wait may be known by their number alone, but for the first of them.
        if counts[.awaiting] != nil { counts[.awaiting] = plan.summary.awaiting }
        for kind in PlanNote.Kind.allCases {
            guard let count = counts[kind] else { continue }
            let notes = plan.notes.lazy.filter { $0.kind == kind }
            text += style.painted("\(kind.words) (\(grouped(count)))", .bold) + "\n"
            text += Self.cut(notes, count, verbose: verbose) { note in
                let message = note.message
                return escapedForTerminal(note.address.text)
                    + (message.isEmpty ? "" : ": " + escapedForTerminal(message))
            }
        }
        return text
    }

    /// Up to six lines; more only if all are asked for.
    private static func cut<Item>(
        _ items: some Sequence<Item>, _ count: Int, verbose: Bool, line: (Item) -> String
    ) -> String {
        let shown = verbose || count <= 6 ? count : 5
        let rest = count - shown
        return items.prefix(shown).map { "  \(line($0))\n" }.joined()
            + (rest > 0 ? "  ... and \(grouped(rest)) more (--verbose shows all)\n" : "")
    }

    /// Errors all; of one warning's code the first ten, unless all are asked for.
    private static func findingsText(
        _ findings: [ResolvedDiagnostic], _ style: Style, verbose: Bool
    ) -> String {
        var seen: [String: Int] = [:]
        var shown: [ResolvedDiagnostic] = []
        for finding in findings {
            seen[finding.code, default: 0] += 1
            if verbose || finding.isError || seen[finding.code, default: 0] <= 10 {
                shown.append(finding)
            }
        }
        let hidden = seen.filter { code, count in !verbose && code.hasPrefix("W") && count > 10 }
            .sorted { $0.key < $1.key }
            .map { "... and \(grouped($1 - 10)) more \($0) (--verbose shows all)\n" }
        return shown.text(style: style) + (hidden.isEmpty ? "" : "\n" + hidden.joined())
    }

    private func verdictText(_ style: Style) -> String {
        let ink: Style.Ink =
            !applicable ? .boldRed : plan.changes.isEmpty ? .boldGreen : .bold
        var text = style.painted(summaryLine, ink) + "\n"
        for caveat in caveats { text += style.painted(caveat, .boldYellow) + "\n" }
        return text
    }
}

extension PlanOrigin {
    /// The last lines of a plan for a terminal.
    package func text(style: Style, id: String? = nil) -> String {
        style.painted(phrase.text + (id.map { "\nPlan id: \($0)" } ?? ""), .dim) + "\n"
    }
}

extension ResolvedDiagnostic {
    /// Guards, delivery or invitation settings differ from those in force: shown before all else.
    var isAboutSettings: Bool { ["W224", "E224", "W279", "W286"].contains(code) }
}

extension ForeignChange {
    /// What became of the object: "title \"A\" -> \"B\"", "added", "removed".
    var phrase: Phrase {
        guard let before else { return "added\(Self.list(after ?? [:]))" }
        guard let after else { return "removed\(Self.list(before))" }
        let keys = Set(before.keys).union(after.keys).sorted()
        return keys.filter { before[$0] != after[$0] }.map { key -> Phrase in
            "\(words: key) \(Self.quoted(key, before[key])) -> \(Self.quoted(key, after[key]))"
        }.joined(", ")
    }

    private static func list(_ fields: [String: String]) -> Phrase {
        let shown = fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        guard !shown.isEmpty else { return Phrase() }
        let pairs = shown.map { key, value -> Phrase in "\(words: key) \(quoted(key, value))" }
        return " (\(pairs.joined(", ")))"
    }

    private static func quoted(_ key: String, _ value: String?) -> Phrase {
        guard let value else { return "none" }
        return "\"\(key == "mobile" ? maskedMobile(value) : value)\""
    }
}
