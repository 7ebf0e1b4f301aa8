internal import AccessModel
package import Diagnostics
internal import Planning
package import Reconciliation

extension InvitationDesk.Problem {
    /// Why an invitation was not touched. Of a token that is not valid it says nothing more.
    package var diagnostic: ResolvedDiagnostic {
        switch self {
        case .invalidToken:
            .failure("this invitation is not valid.", help: "Ask for a new one.")
        case .store(let error): error.diagnostic
        case .key(let problem): problem.diagnostic
        case .noneOpen(let who): .failure("\(who) has no open invitation there.")
        case .refused(let finding):
            .failure(
                code: finding.code, finding.address.text, finding.message, help: finding.help)
        }
    }
}
