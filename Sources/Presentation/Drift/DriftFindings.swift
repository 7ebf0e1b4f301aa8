internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation

// The formats that only have findings: each open change is one.
extension DriftReport {
    /// A warning for each, then a notice with the summary.
    package var annotations: String {
        findings.annotations
            + workflowCommand(
                "notice", at: nil, title: "Drift",
                message: ([summary] + advice).joined(separator: " "))
    }

    package var sarif: String { findings.sarif.text }

    private var findings: [ResolvedDiagnostic] {
        errors + recorder
            + items.map { item in
                ResolvedDiagnostic(
                    code: "W285", severity: .warning, subject: item.change.address.text,
                    message: "\(item.outcome.text) outside Muster (\(item.occasion.text)); "
                        + "\(item.prospect.text).",
                    location: item.source)
            }
    }
}
