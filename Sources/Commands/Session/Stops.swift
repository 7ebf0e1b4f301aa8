import AccessModel
import Diagnostics
import Planning
import Presentation
import Reconciliation
import Storage

// What failed, as an exit code and a sentence.
extension Session {
    func stop(for error: StoreError) -> Stop {
        Stop(error.status, error.diagnostic.text(style: .plain))
    }

    func stop(for problem: ApplyProblem) -> Stop {
        switch problem {
        case .store(let error): stop(for: error)
        case .stale(let findings):
            Stop(.stale, stalePlanText + findings.map { "\n" + $0.text(style: .plain) }.joined())
        case .refused(let findings): Stop(.refused, errorText(of: findings))
        case .notApplicable(let reason):
            Stop(.refused, "error: the plan cannot be applied: \(reason).")
        case .otherActor(let plan, let run):
            Stop(
                .usage,
                "error: the plan was made by \(escapedForTerminal(plan)), and this run is "
                    + "\(escapedForTerminal(run))'s. Pass the same --as or --operator.")
        case .key(let problem): Stop(.failed, problem.diagnostic.text(style: .plain))
        }
    }

    func stop(for problem: InvitationDesk.Problem) -> Stop {
        switch problem {
        case .invalidToken:
            Stop(.refused, "error: this invitation is not valid. Ask for a new one.")
        case .store(let error): stop(for: error)
        case .key(let problem): Stop(.failed, problem.diagnostic.text(style: .plain))
        case .noneOpen(let who):
            Stop(.refused, "error: \(escapedForTerminal(who)) has no open invitation there.")
        case .refused(let finding):
            Stop(
                .refused,
                ResolvedDiagnostic(
                    code: finding.code, severity: .error, subject: finding.address.text,
                    message: finding.message, help: finding.help
                ).text(style: .plain))
        }
    }

    func errorText(of findings: [ResolvedDiagnostic]) -> String {
        findings.map { $0.text(style: .plain) }.joined(separator: "\n")
    }

    private var stalePlanText: String {
        "error[E301]: the plan is stale: what it was computed from has changed. Plan again."
    }
}

extension StoreError {
    var status: ExitStatus {
        switch self {
        case .locked, .stale: .stale
        case .clock: .usage
        case .damaged: .unverified
        case .outcomeUnknown: .unknownOutcome
        case .absent, .unreachable, .notAStore, .newer, .insecure, .trackedByGit, .readOnly, .full,
            .failed:
            .failed
        }
    }
}
