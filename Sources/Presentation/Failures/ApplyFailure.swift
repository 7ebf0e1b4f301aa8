package import Diagnostics
package import Reconciliation

extension ApplyProblem {
    /// Why nothing was applied, and after it what the checks under the lock say.
    package var diagnostics: [ResolvedDiagnostic] {
        switch self {
        case .store(let error): [error.diagnostic]
        case .stale(let findings):
            [
                .failure(
                    code: "E301", "the plan is stale: what it was computed from has changed.",
                    help: "Plan again.")
            ] + findings
        case .refused(let findings): findings
        case .notApplicable(let reason): [.failure("the plan cannot be applied: \(reason).")]
        case .otherActor(let plan, let run):
            [
                .failure(
                    "the plan was made by \(plan), and this run is \(run)'s.",
                    help: "Pass the same --as or --operator.")
            ]
        case .key(let problem): [problem.diagnostic]
        }
    }
}

extension ApplyProblem {
    /// Why letters did not leave, once what they tell of is committed: whatever failed, that
    /// stands.
    package var diagnosticsOfDelivery: [ResolvedDiagnostic] {
        diagnostics.map { finding in
            var finding = finding
            finding.help =
                "What was applied stands; `muster outbox flush` sends the letters that are left."
            return finding
        }
    }
}

extension KeyProblem {
    /// E305, with what to do.
    package var diagnostic: ResolvedDiagnostic {
        switch self {
        case .other(let expected, let found):
            .failure(
                code: "E305", "invitation key",
                "the store's links were made with the key \(expected), and this is \(found).",
                help: "Use the key of this store; nothing was written or sent.")
        case .missing(let what):
            .failure(code: "E305", "invitation key", "it is missing: \(what).")
        case .unusable(let what):
            .failure(
                code: "E305", "invitation key", "it cannot be used: \(what).",
                help: "Nothing was written or sent.")
        }
    }
}
