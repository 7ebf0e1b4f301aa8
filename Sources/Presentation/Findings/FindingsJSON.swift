internal import Diagnostics
package import Reconciliation

extension Array<ResolvedDiagnostic> {
    /// `muster.findings/1`.
    package var json: JSON {
        ["format": "muster.findings/1", "findings": .array(map(\.json))]
    }
}
