package import Diagnostics
package import Reconciliation

extension PlanFileProblem {
    /// What is wrong with a plan file, and what to do.
    package func diagnostic(path: String) -> ResolvedDiagnostic {
        switch self {
        case .tooLarge:
            .failure(
                code: "E304", path, "the file is larger than any plan (128 MiB).",
                help: "Make the plan again with --out.")
        case .unreadable(let reason):
            .failure(
                code: "E304", path, "this is no plan file: \(reason).",
                help: "Make the plan again with --out.")
        case .otherFormat(let format):
            .failure(
                code: "E304", path,
                "its format is `\(format)`, and this muster knows `\(PlanDocument.format)`.",
                help: "Make the plan again with this muster.")
        case .masked:
            .failure(
                code: "E304", path, "this JSON was printed to standard output with masked mobiles.",
                help: "Write the plan with --out.")
        case .altered:
            .failure(
                code: "E304", path,
                "it was changed or cut after it was written: its id does not fit.",
                help: "Make the plan again with --out.")
        case .otherPlan(let id, let expected):
            .failure(
                code: "E304", path, "this is the plan \(id), not the expected \(expected).",
                help: "Review it, or get the right file.")
        case .otherProject(let project, let run):
            .failure(code: "E304", path, "the plan is of the project \(project), not \(run).")
        case .invalid(let part):
            .failure(
                code: "E304", path, "its content cannot be understood: \(part).",
                help: "Make the plan again with --out.")
        }
    }
}
