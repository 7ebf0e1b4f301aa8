internal import Diagnostics
internal import Planning
package import Reconciliation

// The formats of a plan that programs read.
extension PlanReport {
    /// `muster.plan/1` as standard output has it: mobiles masked, and so not to be applied.
    package var json: String {
        String(decoding: PlanDocument.encoded(self, maskingMobiles: true).bytes, as: UTF8.self)
    }

    /// Workflow annotations: notices of what is to be looked at first, the findings, and a notice
    /// with the summary. Weakened protection goes before all else.
    ///
    /// A page of a run shows ten notices: so many people have one of their own, and the others
    /// share one, so that nobody is left out.
    package var annotations: String {
        let blocks = RiskList(self, folding: true).blocks
        let shown =
            blocks.count <= Self.ownNotices + 1 ? blocks[...] : blocks.prefix(Self.ownNotices)
        var text = findings.filter(\.isAboutSettings).annotations
        for block in shown { text += notice(of: [block], block.title) }
        let rest = blocks.dropFirst(shown.count)
        if !rest.isEmpty {
            let people = rest.reduce(0) { $0 + $1.subjects.count }
            text += notice(of: rest, "\(grouped(people)) more: privileged changes and losses")
        }
        return text + findings.filter { !$0.isAboutSettings }.annotations
            + workflowCommand(
                "notice", at: nil, title: "Plan",
                message: ([summaryLine] + caveats).joined(separator: " "))
    }

    private static let ownNotices = 8

    /// What a message may hold, in bytes: the page cuts longer ones in silence.
    private static let widestMessage = 50_000

    private func notice(of blocks: some Sequence<RiskBlock>, _ title: String) -> String {
        let blocks = Array(blocks)
        var lines: [String] = []
        var size = 0
        for block in blocks {
            let line = block.annotation
            size += line.utf8.count
            guard size <= Self.widestMessage else { break }
            lines.append(line)
        }
        if lines.count < blocks.count {
            let rest = grouped(blocks.count - lines.count)
            lines.append("... and \(rest) more: see the whole plan before you approve")
        }
        return workflowCommand(
            "notice", at: blocks[0].steps.compactMap { source(ofStep: $0) }.first, title: title,
            lines: lines)
    }

    package var sarif: String { findings.sarif.text }

    private func source(ofStep step: Int) -> Location? {
        guard let index = plan.changes.firstIndex(where: { $0.id == step }), index < sources.count
        else { return nil }
        return sources[index]
    }
}

extension RiskBlock {
    fileprivate var title: String {
        privileged
            ? "Privileged" : comesBack ? "Comes back" : isThing ? "Goes away" : "Access ends"
    }

    /// "ann@acme.example gains: assign_roles on production (step 3), granted to itself"
    fileprivate var annotation: String {
        let said = lines.map { line in
            let mark = line.mark.map { ", \($0)" } ?? ""
            let past = line.past.map { ", \($0.text)" } ?? ""
            return "\(line.statement.text) (\(RiskText.steps(line.steps)))\(mark)\(past)"
        }
        return subjects.joined(separator: ", ") + " " + said.joined(separator: "; ")
    }
}
