internal import Diagnostics
internal import Planning
package import Reconciliation

// The formats of a plan that programs read.
extension PlanReport {
    /// `muster.plan/1` as standard output has it: mobiles masked, and so not to be applied.
    package var json: String {
        String(decoding: PlanDocument.encoded(self, maskingMobiles: true).bytes, as: UTF8.self)
    }

    /// The findings as workflow annotations, then a notice for each privileged change, then one
    /// with the summary.
    package var annotations: String {
        var text = findings.annotations
        for change in privilegedChanges {
            let itself = change.toItself ? ", granted to itself" : ""
            let steps = (change.steps.count == 1 ? "step " : "steps ") + stepRanges(change.steps)
            text += workflowCommand(
                "notice", at: source(ofStep: change.steps[0]), title: "Privileged",
                message: "\(change.subject) \(change.statement.text) (\(steps))\(itself)")
        }
        return text
            + workflowCommand(
                "notice", at: nil, title: "Plan",
                message: ([summaryLine] + caveats).joined(separator: " "))
    }

    package var sarif: String { findings.sarif.text }

    private func source(ofStep step: Int) -> Location? {
        guard let index = plan.changes.firstIndex(where: { $0.id == step }), index < sources.count
        else { return nil }
        return sources[index]
    }
}
