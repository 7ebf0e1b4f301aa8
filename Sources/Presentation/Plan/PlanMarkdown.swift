internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation

extension PlanReport {
    /// What a comment on a pull request may hold, in bytes.
    package static let markdownLimit = 60_000

    /// The plan as a comment on a pull request: never longer than `limit`, and what must be
    /// reviewed (errors, privileged changes, removals) is the last to be cut.
    package func markdown(id: String? = nil, limit: Int = markdownLimit) -> String {
        let head = markdownHead
        let foot = markdownFoot(id: id)
        // What is said when something is left out.
        let notice = 400
        var page = MarkdownPage(budget: limit - head.utf8.count - foot.utf8.count - notice)
        page.append(
            Self.markdown(of: findings.filter(\.isAboutSettings), limit: page.budget / 4))
        let risks = RiskMarkdown(self, limit: page.budget / 2)
        page.append(risks.text)
        page.append(
            Self.markdown(
                of: findings.filter { $0.isError && !$0.isAboutSettings }, limit: page.budget / 3))
        let tables = MarkdownTables(
            sections: sections(folding: true), listed: risks.steps, budget: page.budget)
        page.append(tables.text)
        page.append(
            Self.details(
                Undoing.title, editsMarkdown, limit: editsMarkdown.isEmpty ? 0 : page.budget))
        for (title, lines) in markdownDetails {
            page.append(Self.details(title, lines, limit: page.budget))
        }
        return head + page.text + tables.notice + foot
    }

    private var markdownHead: String {
        var text = "### \(Markdown.entities(summaryLine))\n\n"
        for caveat in caveats { text += "> **\(Markdown.entities(caveat))**\n\n" }
        return text
    }

    private func markdownFoot(id: String?) -> String {
        "\n<sub>\(Markdown.text(origin.phrase))"
            + (id.map { " Plan id: `\($0)`" } ?? "") + "</sub>\n"
    }

    private static func markdown(of findings: [ResolvedDiagnostic], limit: Int) -> String {
        guard !findings.isEmpty else { return "" }
        let title = "**\(Markdown.entities(findings.counts))**\n\n"
        return title + block(findings.map { $0.text() + "\n" }, limit: limit, what: "findings")
            + "\n"
    }

    /// What is folded: the title and the lines of each part.
    private var markdownDetails: [(title: String, lines: [String])] {
        var parts: [(String, [String])] = []
        let warnings = findings.filter { !$0.isError && !$0.isAboutSettings }
        if !warnings.isEmpty { parts.append((warnings.counts, warnings.map { $0.text() + "\n" })) }
        if !drift.isEmpty {
            parts.append(
                (
                    "\(grouped(drift.count)) changed outside Muster",
                    drift.map { change in
                        let by = change.by.map { " by \($0)" } ?? ""
                        let text =
                            "\(change.address.text): \(change.phrase.text) "
                            + "(\(change.at.words)\(by))"
                        return escapedForTerminal(text) + "\n"
                    }
                ))
        }
        for kind in PlanNote.Kind.allCases {
            let notes = plan.notes.filter { $0.kind == kind }
            guard !notes.isEmpty else { continue }
            parts.append(
                (
                    "\(kind.words) (\(grouped(notes.count)))",
                    notes.map { escapedForTerminal("\($0.address.text): \($0.message)") + "\n" }
                ))
        }
        return parts
    }

    private static func details(_ title: String, _ lines: [String], limit: Int) -> String {
        let frame = Markdown.folded(title, "").utf8.count
        guard limit > frame + 300 else { return "" }
        return Markdown.folded(title, block(lines, limit: limit - frame - 100, what: "lines"))
    }

    /// As many whole items as fit.
    private static func block(_ items: [String], limit: Int, what: String) -> String {
        var shown = ""
        var size = 100
        for (index, item) in items.enumerated() {
            let more = Markdown.block(item).utf8.count
            if size + more > limit {
                shown += "... and \(grouped(items.count - index)) more \(what)\n"
                break
            }
            size += more
            shown += item
        }
        return Markdown.block(shown)
    }
}

/// Text that counts down what may still be added.
private struct MarkdownPage {
    private(set) var text = ""
    private(set) var budget: Int

    init(budget: Int) { self.budget = budget }

    mutating func append(_ part: String) {
        text += part
        budget -= part.utf8.count
    }
}
