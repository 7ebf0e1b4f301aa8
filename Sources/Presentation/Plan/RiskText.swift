internal import Diagnostics
internal import Planning
internal import Reconciliation

/// The list of risks on a terminal: all of it that is privileged; the rest folded, and cut where it
/// is long, for every step follows by tenant below.
struct RiskText {
    let list: RiskList
    let style: Style
    let verbose: Bool

    static let title = "Privileged changes and losses"
    /// So many blocks of plain losses are shown.
    private static let shownOthers = 30
    private static let shownNames = 3

    init(_ report: PlanReport, style: Style, verbose: Bool) {
        list = RiskList(report, folding: !verbose)
        self.style = style
        self.verbose = verbose
    }

    var text: String {
        guard !list.isEmpty else { return "" }
        let others = list.blocks.filter { !$0.isFirst }
        let shown = verbose ? others[...] : others.prefix(Self.shownOthers)
        let blocks = list.blocks.filter(\.isFirst) + shown
        let width = min(40, blocks.map { displayWidth(of: Self.subject($0)) }.max() ?? 0)
        let hidden = others.dropFirst(shown.count)
        var text = style.painted(Self.title, .bold) + "\n"
        for block in blocks { text += lines(of: block, width: width) }
        if !hidden.isEmpty {
            let people = hidden.reduce(0) { $0 + $1.subjects.count }
            text += "  ... and \(grouped(people)) more who lose access, none of it privileged "
            text += "(--verbose shows all)\n"
        }
        return text
    }

    private func lines(of block: RiskBlock, width: Int) -> String {
        let indent = "  " + String(repeating: " ", count: width) + "  "
        var text = ""
        for (index, line) in block.lines.enumerated() {
            let subject = index == 0 ? Self.subject(block) : ""
            text += "  " + style.painted(subject.padded(to: width), .bold) + "  "
            text += line.statement.text + style.painted(" (\(Self.steps(line.steps)))", .dim)
            if let mark = line.mark { text += style.painted(" <- \(mark)", .boldYellow) }
            text += "\n"
            if let past = line.past {
                text += indent + style.painted(past.text, .boldYellow) + "\n"
            }
        }
        if block.isFolded {
            let names = block.subjects.prefix(Self.shownNames).map(escapedForTerminal)
            let rest = block.subjects.count - names.count
            text += indent + names.joined(separator: ", ")
            text += " and \(grouped(rest)) more (--verbose shows all)\n"
        }
        return text
    }

    private static func subject(_ block: RiskBlock) -> String {
        block.isFolded
            ? counted(block.subjects.count, "person", "people")
            : escapedForTerminal(block.subjects[0])
    }

    /// "step 3", "steps 3, 7-9"
    static func steps(_ steps: [Int]) -> String {
        (steps.count == 1 ? "step " : "steps ") + stepRanges(steps)
    }
}
