internal import AccessModel
package import Diagnostics
package import Reconciliation

extension LetterPreview.Problem {
    /// Why a letter cannot be shown.
    package var diagnostic: ResolvedDiagnostic {
        switch self {
        case .unknown(let email):
            .failure(
                "nobody has an account for \(email.canonical).",
                help: "Leave out --to, and the letter is one to an example person.")
        case .noPlace(let email, let kind):
            .failure(
                "there is nothing that a letter \(kind) to \(email.canonical) would tell "
                    + "of.", help: "Leave out --kind, or --to.")
        case .notForActor(let email):
            .failure(
                "what \(email.canonical) has is for those who may invite there.",
                help: "Act as one of them, or leave out --to.")
        }
    }
}
