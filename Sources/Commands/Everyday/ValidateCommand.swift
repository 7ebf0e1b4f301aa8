import ArgumentParser
import Diagnostics
import Manifests
import Presentation
import Reconciliation

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the manifests alone: syntax, references, policies, access tests.")

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Fail on warnings too.")
    var strict = false

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json, .markdown, .github, .sarif)
        let open = try session.openProject()
        let (loaded, findings) = try await session.progress.during("Validating") {
            () async throws(Stop) -> (LoadedManifests, [ResolvedDiagnostic]) in
            let loaded = try session.manifests(of: open)
            return (loaded, validation(of: loaded, at: try session.now().instant))
        }
        let page = ValidationPage(findings: findings, files: loaded.files, strict: strict)
        let text =
            switch options.format {
            case .text: page.text(style: session.console.style)
            case .json: page.json
            case .markdown: page.markdown()
            case .github: page.annotations
            case .sarif: page.sarif
            case .csv: preconditionFailure("refused above")
            }
        try session.console.result(text)
        let status = status(of: findings)
        if status != .done { throw Stop(status) }
    }

    /// Invalid manifests before refused policies; with `--strict`, warnings are invalid too.
    private func status(of findings: [ResolvedDiagnostic]) -> ExitStatus {
        if findings.contains(where: { $0.isError && $0.code.hasPrefix("E1") }) { return .invalid }
        if findings.contains(where: \.isError) { return .refused }
        return strict && !findings.isEmpty ? .invalid : .done
    }
}
