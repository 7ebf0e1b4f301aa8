internal import Diagnostics
internal import Planning
internal import Reconciliation

/// A table for each tenant, one for all identities, one for what belongs to neither.
///
/// When there is not room for all rows, those that must be reviewed are chosen first.
struct MarkdownTables {
    private(set) var text = ""
    /// What was left out, if anything.
    private(set) var notice = ""

    private struct Row {
        var group: Int
        var row: PlanRow
        var text: String
        var isShown = false
    }

    /// Rows that need no review are folded in a table that has more of them.
    private static let foldAbove = 25
    private static let head = "| | Step | Who | What | Why | Where |\n|---|---|---|---|---|---|\n"

    /// - Parameter listed: the steps that the list above has too.
    init(sections: [PlanSection], listed: Set<Int>, budget: Int) {
        var titles: [Phrase] = []
        var rows: [Row] = []
        for section in sections {
            var identity: String?
            var title = section.place.title
            if case .identity(let code) = section.place {
                identity = code
                title = "identities"
            }
            if titles.last != title { titles.append(title) }
            rows += section.rows.map { row in
                Row(group: titles.count - 1, row: row, text: Self.line(row, identity: identity))
            }
        }
        choose(&rows, listed: listed, budget: budget)
        for (group, title) in titles.enumerated() {
            let shown = rows.filter { $0.group == group && $0.isShown }
            guard !shown.isEmpty else { continue }
            text += "**\(Markdown.text(title))**\n\n" + Self.table(shown) + "\n"
        }
        let hidden = rows.filter { !$0.isShown }
        guard !hidden.isEmpty else { return }
        let steps = hidden.reduce(0) { $0 + $1.row.steps.count }
        let marked = hidden.filter(\.row.isMarked).flatMap(\.row.steps)
        let unseen = marked.count { !listed.contains($0) }
        notice = "\n> **Cut: \(counted(steps, "change")) of this plan did not fit here"
        notice +=
            marked.isEmpty
            ? ", none of them privileged or a removal.**"
            : unseen == 0
                ? "; of them, those privileged and the removals are in the first list.**"
                : ", \(grouped(unseen)) of them privileged or a removal: "
                    + "do not approve from this.**"
        notice += " `muster plan` shows all.\n"
    }

    /// Marks the rows that there is room for: first those to be reviewed that are nowhere else,
    /// then those that are in the list above, then the others.
    private func choose(_ rows: inout [Row], listed: Set<Int>, budget: Int) {
        // Title, head and fold of each table.
        var left = budget - 400 * Set(rows.map(\.group)).count
        let ranks = rows.map { row in
            !row.row.isMarked ? 2 : row.row.steps.allSatisfy(listed.contains) ? 1 : 0
        }
        for rank in 0...2 {
            for index in rows.indices where ranks[index] == rank {
                // One row that is too long for the page does not take the others along.
                guard rows[index].text.utf8.count <= left else { continue }
                left -= rows[index].text.utf8.count
                rows[index].isShown = true
            }
        }
    }

    private static func table(_ rows: [Row]) -> String {
        let plain = rows.filter { !$0.row.isMarked }
        guard plain.count > foldAbove else { return head + rows.map(\.text).joined() }
        let marked = rows.filter(\.row.isMarked)
        let steps = plain.reduce(0) { $0 + $1.row.steps.count }
        return (marked.isEmpty ? "" : head + marked.map(\.text).joined() + "\n")
            + Markdown.folded(
                counted(steps, marked.isEmpty ? "change" : "more change"),
                head + plain.map(\.text).joined())
    }

    private static func line(_ row: PlanRow, identity: String?) -> String {
        var who =
            row.isFolded
            ? counted(row.subjects.count, "user")
            : row.subjects[0].hasPrefix("(")
                ? "" : Markdown.code(row.subjects[0])
        if let identity { who = Markdown.code(identity) + (who.isEmpty ? "" : " " + who) }
        var what = Markdown.text(row.phrase.inline)
        if row.isFolded {
            let names = row.destructive ? row.subjects : Array(row.subjects.prefix(3))
            what += ": " + names.map(Markdown.code).joined(separator: ", ")
            if names.count < row.subjects.count { what += ", ..." }
        }
        var why = row.remarks.map(Markdown.text)
        if row.privileged { why.insert("**privileged**", at: 0) }
        let place = row.source.map { Markdown.code("\($0.file):\($0.line)") } ?? ""
        let symbol = row.destructive ? "**`\(row.symbol.rawValue)`**" : "`\(row.symbol.rawValue)`"
        return "| \(symbol) | \(stepRanges(row.steps)) | \(who) | \(what) | "
            + "\(why.joined(separator: ", ")) | \(place) |\n"
    }
}
