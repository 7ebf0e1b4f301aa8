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
        // What is said when something is left out.
        let notice = 300
        for (index, section) in sections.enumerated() {
            var table = "**\(Markdown.text(section.title))**\n\n"
            table += "| | What | Change | When and by whom | Next |\n|---|---|---|---|---|\n"
            for (place, item) in section.items.enumerated() {
                let row = Self.row(item)
                let size = text.utf8.count + table.utf8.count + row.utf8.count + foot.utf8.count
                guard size > limit - notice else {
                    table += row
                    continue
                }
                let later = sections[(index + 1)...].reduce(0) { $0 + $1.items.count }
                let rest = counted(section.items.count - place + later, "change")
                return text + table
                    + "\n> **Cut: \(rest) more.** `muster drift --verbose` shows all.\n\n" + foot
            }
            text += table + "\n"
        }
        return text + foot
    }

    private static func row(_ item: Item) -> String {
        let cells = [
            Markdown.code(item.mark) + (item.isPrivileged ? " **!**" : ""),
            Markdown.code(item.change.address.text), Markdown.text(item.outcome),
            Markdown.text(item.occasion), Markdown.text(item.prospect),
        ]
        return "| \(cells.joined(separator: " | ")) |\n"
    }
}
