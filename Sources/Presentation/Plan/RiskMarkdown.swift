internal import Planning
internal import Reconciliation

/// The list of risks as a table of a comment. Where it does not fit, blocks without anything
/// privileged go first, and the notice says what is missing.
struct RiskMarkdown {
    private(set) var text = ""
    /// The steps that it shows, each with its person.
    private(set) var steps: Set<Int> = []

    /// - Parameter limit: in bytes.
    init(_ report: PlanReport, limit: Int) {
        let list = RiskList(report, folding: true)
        guard !list.isEmpty else { return }
        text = "**\(RiskText.title)**\n\n| Who | What | Step |\n|---|---|---|\n"
        // What is left out is said too.
        let room = limit - 200
        for (index, block) in list.blocks.enumerated() {
            let row = Self.row(block)
            guard text.utf8.count + row.utf8.count <= room else {
                text += Self.notice(list.blocks[index...])
                return
            }
            text += row
            if block.subjects.count <= Self.shownNames { steps.formUnion(block.steps) }
        }
        text += "\n"
    }

    private static let shownNames = 20

    private static func row(_ block: RiskBlock) -> String {
        let who =
            block.isFolded
            ? counted(block.subjects.count, "person", "people") : Markdown.code(block.subjects[0])
        var lines = block.lines.flatMap { line -> [String] in
            let mark = line.mark.map { " **(\($0))**" } ?? ""
            let past = line.past.map { ["**\(Markdown.text($0))**"] } ?? []
            return [Markdown.text(line.statement) + mark] + past
        }
        if block.isFolded { lines.append(names(block.subjects)) }
        return "| \(who) | \(lines.joined(separator: "<br>")) | \(stepRanges(block.steps)) |\n"
    }

    private static func names(_ subjects: [String]) -> String {
        let rest = subjects.count - shownNames
        return subjects.prefix(shownNames).map(Markdown.code).joined(separator: ", ")
            + (rest > 0 ? " and \(grouped(rest)) more" : "")
    }

    private static func notice(_ hidden: ArraySlice<RiskBlock>) -> String {
        let people = hidden.reduce(0) { $0 + $1.subjects.count }
        let privileged = hidden.filter(\.privileged).count
        let power =
            privileged == 0
            ? "none of them privileged" : "\(grouped(privileged)) of them privileged"
        return "\n> **\(grouped(people)) more, \(power): "
            + "see the whole plan before you approve.**\n\n"
    }
}
