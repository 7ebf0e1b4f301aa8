import AccessModel
import ArgumentParser
import Diagnostics
import Manifests
import Presentation
import Reconciliation
import Storage

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the manifests alone: syntax, references, policies, access tests.",
        discussion: """
            Exit codes: 0 valid, 3 a policy or an access test is violated, 65 invalid.

            With --strict a warning makes the manifests invalid (65), and what is right
            but of no use is a warning: rights that are given twice, bundles, roles and
            permissions that nothing uses, ends in the past. Where the store is there
            and can be read, --strict tells also who has been pending for 30 days; if
            not it goes without, and --verbose says so.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var redact: RedactOption

    @Flag(help: "Fail on warnings too, and warn of what is of no use.")
    var strict = false

    func run() async throws {
        let session = try Session(redact.quieted(options))
        try session.requireFormat(.text, .json, .markdown, .github, .sarif)
        try await redact.withoutWords { try await validate(session) }
    }

    private func validate(_ session: Session) async throws {
        let open = try session.openProject()
        let (loaded, findings) = try await session.progress.during("Validating") {
            () async throws(Stop) -> (LoadedManifests, [ResolvedDiagnostic]) in
            let now = try session.now().instant
            let loaded = try session.manifests(of: open, strict: strict)
            let findings = validation(of: loaded, at: now)
            guard strict, !findings.contains(where: \.isError) else { return (loaded, findings) }
            let waiting = await waiting(loaded, open, session, at: now)
            return (loaded, sorted(findings + waiting))
        }
        let shown = redact.redaction?.redacted(findings) ?? findings
        let page = ValidationPage(findings: shown, files: loaded.files, strict: strict)
        let text =
            switch options.format {
            case .text: page.text(style: session.console.style)
            case .json: page.json
            case .markdown: page.markdown()
            case .github: page.annotations
            case .sarif: page.sarif
            case .junit, .csv, .html: preconditionFailure("it is refused above")
            }
        try session.console.result(text)
        let status = status(of: findings)
        if status != .done { throw Stop(status) }
    }

    /// Who has been pending for long, as far as there is a store to ask. The manifests are as valid
    /// without it, so that no failure of the store is one of theirs.
    private func waiting(
        _ loaded: LoadedManifests, _ open: OpenProject, _ session: Session, at now: Instant
    ) async -> [ResolvedDiagnostic] {
        do {
            let location = try session.storeLocation(
                root: open.root, project: loaded.desired?.project)
            return try await longPending(loaded, in: session.reader(location), at: now)
        } catch {
            if options.verbose {
                let reason =
                    (error as? Stop)?.message ?? (error as? StoreError)?.diagnostic.headline
                session.console.remark(
                    "Who has been pending for long is not known, for the store was not read:")
                if let reason { session.console.remark(reason) }
            }
            return []
        }
    }

    /// Invalid manifests before refused policies; with `--strict`, warnings are invalid too.
    private func status(of findings: [ResolvedDiagnostic]) -> ExitStatus {
        if findings.contains(where: { $0.isError && $0.code.hasPrefix("E1") }) { return .invalid }
        if findings.contains(where: \.isError) { return .refused }
        return strict && !findings.isEmpty ? .invalid : .done
    }
}
