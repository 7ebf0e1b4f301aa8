internal import AccessModel
internal import Diagnostics
internal import Planning
internal import Reconciliation

/// The last lines of a plan: how much it is, and whether it can be applied.
extension PlanReport {
    /// "Plan: 3 to add, 2 to change, 1 to remove; 1 mail. 40 unchanged, 1 awaiting acceptance."
    var summaryLine: String {
        let summary = plan.summary
        var present: [String] = []
        if summary.unchanged > 0 { present.append("\(grouped(summary.unchanged)) unchanged") }
        if summary.awaiting > 0 {
            present.append("\(grouped(summary.awaiting)) awaiting acceptance")
        }
        if summary.unmanaged > 0 { present.append("\(grouped(summary.unmanaged)) unmanaged") }
        let rest = present.isEmpty ? "" : " " + present.joined(separator: ", ") + "."
        if plan.changes.isEmpty {
            if isInvalid { return "No plan: the manifests have \(errors)." }
            if findings.contains(where: \.isError) { return "No changes are possible.\(rest)" }
            if let undoing { return "No changes. Nothing of run \(undoing.run) is left \(toUndo)." }
            if isComparison {
                return "No changes. The manifests ask for the same as those of the base.\(rest)"
            }
            if !plan.complete { return "No changes in what was asked for.\(rest)" }
            return "No changes. The store is as the manifests declare it.\(rest)"
        }
        let mails = summary.mails == 0 ? "no mail" : counted(summary.mails, "mail")
        return "Plan: \(grouped(summary.add)) to add, \(grouped(summary.change)) to change, "
            + "\(grouped(summary.remove)) to remove; \(mails).\(rest)"
    }

    /// Why it cannot be applied, or what it leaves out; empty for an ordinary plan.
    var caveats: [String] {
        var lines: [String] = []
        if let undoing, !plan.changes.isEmpty {
            lines.append("Undoes run \(undoing.run), and nothing else of what differs.")
        } else if !plan.complete, undoing == nil {
            lines.append(
                "Not complete: --tenant, --identity or --expired left other changes out.")
        }
        if !applicable, !isInvalid {
            if findings.contains(where: \.isError) {
                let codes = Set(findings.filter(\.isError).map(\.code)).sorted()
                lines.append(
                    "Cannot be applied: \(errors) (\(codes.joined(separator: ", "))). "
                        + "`muster explain \(codes[0])` says more.")
            } else {
                lines.append("Cannot be applied: it is for another time or another base.")
            }
        }
        return lines
    }

    /// The manifests could not be read, so that there was nothing to compare (exit 65).
    var isInvalid: Bool {
        plan.changes.isEmpty
            && findings.contains { $0.isError && ($0.code.hasPrefix("E1") || $0.code == "E299") }
            && plan.summary == PlanSummary()
    }

    /// Details of people are in no plan of somebody who may not change them (R-42).
    private var toUndo: String {
        plan.actor == .platformOperator ? "to undo" : "that \(plan.actor.text) may undo"
    }

    private var errors: String { counted(findings.count(where: \.isError), "error") }
}

extension PlanOrigin {
    /// What was computed, by whom, from what.
    var phrase: Phrase {
        let by: Phrase = actor == .platformOperator ? "the operator" : "\(actor.text)"
        var rest = ", \(at.words)"
        if let store { rest += ", on serial \(serial) of store \(store)" }
        if let commit { rest += ", commit \(commit)" }
        return "By \(by) for \(project)\(words: rest)."
    }
}

extension Instant {
    /// "2026-11-22 10:00:00 UTC"
    var words: String {
        text.replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}

extension PlanNote.Kind {
    var words: String {
        switch self {
        case .awaiting: "Awaiting acceptance"
        case .unmanaged: "In the store, not declared, left alone"
        case .observed: "Observed only"
        case .renaming: "Being renamed"
        case .outOfScope: "Outside of what was selected"
        case .expired: "Past their end"
        case .conflict: "No longer as the run left it, and left alone"
        case .irreversible: "Cannot be undone"
        }
    }
}
