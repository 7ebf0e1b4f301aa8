import Diagnostics
import Presentation
import Reconciliation
import Storage

// What failed, as an exit code; `Presentation` has the sentences.
extension Session {
    func stop(for error: StoreError) -> Stop { Stop(error.status, error.diagnostic) }

    func stop(for problem: ApplyProblem) -> Stop {
        Stop(problem.status, errorText(of: problem.diagnostics))
    }

    func stop(for problem: InvitationDesk.Problem) -> Stop {
        Stop(problem.status, problem.diagnostic)
    }

    func errorText(of findings: [ResolvedDiagnostic]) -> String {
        findings.map { $0.text(style: .plain) }.joined(separator: "\n")
    }
}

extension ApplyProblem {
    var status: ExitStatus {
        switch self {
        case .store(let error): error.status
        case .stale: .stale
        case .refused, .notApplicable: .refused
        case .otherActor: .usage
        case .key: .failed
        }
    }
}

extension InvitationDesk.Problem {
    var status: ExitStatus {
        switch self {
        case .store(let error): error.status
        case .invalidToken, .noneOpen, .refused: .refused
        case .key: .failed
        }
    }
}

extension StoreError {
    var status: ExitStatus {
        switch self {
        case .locked, .stale: .stale
        case .clock: .usage
        case .damaged: .unverified
        case .outcomeUnknown: .unknownOutcome
        case .absent, .unreachable, .notAStore, .newer, .insecure, .trackedByGit, .taken, .readOnly,
            .full, .failed:
            .failed
        }
    }
}

extension Session {
    func stop(for problem: Forgetter.Problem) -> Stop { Stop(problem.status, problem.diagnostic) }
}

extension Forgetter.Problem {
    var status: ExitStatus {
        switch self {
        case .store(let error): error.status
        case .hasAccess, .pseudonym, .named: .refused
        case .notReclaimed: .failed
        }
    }
}
