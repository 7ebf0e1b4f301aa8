package import Diagnostics
package import Reconciliation

extension Undo.Refusal {
    package func diagnostic(run: Int64) -> ResolvedDiagnostic {
        let what =
            switch self {
            case .accepted:
                "is an acceptance, which is the person's own: remove the person instead"
            case .declined:
                "is a person's no: `muster invitation resend` asks again"
            case .resent:
                "sent a letter, which is not called back: `muster invitation revoke` ends its link"
            case .revoked:
                "ended an invitation: `muster invitation resend` opens it again"
            case .dropped:
                "threw letters away: `muster invitation resend` makes a new one"
            case .forgotten: "erased personal data, of which nothing is left"
            }
        return .failure("run \(run) cannot be undone: it \(what).")
    }
}
