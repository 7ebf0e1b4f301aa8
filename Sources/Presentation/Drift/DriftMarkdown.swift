internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation

extension DriftReport {
    /// The report as a comment: never longer than `limit` bytes, and what weighs most is the last
    /// to be cut.
    package func markdown(limit: Int = PlanReport.markdownLimit) -> String {
        var text = "### \(Markdown.entities(summary))\n\n"
        if !recorder.isEmpty { text += Markdown.block(recorder.text()) + "\n" }
        let foot = advice.map { "<sub>\(Markdown.entities($0))</sub>\n" }.joined(separator: "\n")
        guard !items.isEmpty else { return text + foot }
        text += "**\(Markdown.entities(title))**\n\n"
        text += "| | What | Change | When and by whom | Next |\n|---|---|---|---|---|\n"
        for (index, item) in items.enumerated() {
            let row = Self.row(item)
            if text.utf8.count + row.utf8.count + foot.utf8.count > limit - 300 {
                let rest = counted(items.count - index, "change")
                text += "\n> **Cut: \(rest) more.** `muster drift --verbose` shows all.\n"
                break
            }
            text += row
        }
        return text + "\n" + foot
    }

    private static func row(_ item: Item) -> String {
        let cells = [
            Markdown.code(item.mark) + (item.isPrivileged ? " **!**" : ""),
            Markdown.code(item.change.address.text), Markdown.entities(item.change.words),
            Markdown.entities(item.occasion), Markdown.text(item.prospect),
        ]
        return "| \(cells.joined(separator: " | ")) |\n"
    }
}
