import AccessModel
import ArgumentParser
import Diagnostics
import Manifests
import Planning
import Reconciliation
import Storage

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what would change, in order, with findings.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var allow: AllowOptions
    @OptionGroup var redact: RedactOption

    @Option(help: ArgumentHelp("Save the plan for `apply FILE`.", valueName: "file"))
    var out: String?

    @Option(help: ArgumentHelp("Judge expiry at this date; cannot be applied.", valueName: "date"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            "Compare with the manifests at this git revision or folder; needs no store.",
            valueName: "rev"))
    var base: String?

    @Flag(help: "Exit with 2 when there are changes.")
    var detailedExitcode = false

    func run() async throws {
        if redact.redact, out != nil {
            throw Stop(
                .usage,
                error: "--redact and --out exclude each other: a saved plan is applied, and so it "
                    + "has the names.")
        }
        // What is wrong with the arguments may be said.
        let session = try Session(redact.quieted(options))
        try session.requireFormat(.text, .json, .markdown, .github, .sarif)
        let actor = try base == nil ? session.actor() : session.actorIfAny() ?? .platformOperator
        let planOptions = try planOptions(session)
        try await redact.withoutWords { try await plan(session, actor, planOptions) }
    }

    private func plan(
        _ session: Session, _ actor: Actor, _ planOptions: PlanOptions
    ) async throws {
        let open = try session.openProject()
        let context = try session.context(actor: actor)
        let files = session.files(of: open)
        let cache = await cache(session, open, files, actor)
        if let known = cache?.result(at: context.now) { return try session.console.result(known) }
        let (planner, report) = try await session.progress.during("Planning") {
            () async throws(Stop) -> (PlanRun, PlanReport) in
            if let cache,
                let quick = try await PlanRun.quick(
                    session, open, context, files, planOptions, keptIn: cache)
            {
                return quick
            }
            let planner = try PlanRun(
                session: session, open: open, context: context, at: planOptions.at, files: files,
                readsStoreMeanwhile: base == nil)
            guard let base else {
                return (planner, try await planner.plan(planOptions, keptIn: cache))
            }
            return (planner, try await planner.comparison(with: base, options: planOptions))
        }
        if let out {
            let file = planner.file(of: report)
            try planner.show(report, id: file.id)
            try planner.save(file.bytes, to: out)
        } else if let redaction = redact.redaction {
            // The id of the file would let others try out names.
            try planner.show(redaction.redacted(report), id: nil)
        } else {
            // Nobody applies by its id what is not saved; a page says it for those who compare.
            try planner.show(
                report,
                id: options.format == .markdown && !report.plan.changes.isEmpty
                    ? PlanDocument.id(of: report) : nil)
        }
        keepUntilTheEnd(planner, report)
        let status = report.status
        if status != .done { throw Stop(status) }
        if detailedExitcode, !report.plan.changes.isEmpty { throw Stop(.differences) }
    }

    /// A plan of now that is only shown.
    private var isForReading: Bool {
        base == nil && at == nil && out == nil && !redact.redact
    }

    /// For plans that are only shown, to people, as of now.
    private func cache(
        _ session: Session, _ open: OpenProject, _ files: ProjectFiles, _ actor: Actor
    ) async -> ResultCache? {
        guard isForReading, options.format == .text else { return nil }
        let question = [
            actor.text, "\(selection.tenants)", "\(selection.identities)", "\(allow.allowances)",
        ]
        return await ResultCache("plan", question, session, open, files)
    }

    private func planOptions(_ session: Session) throws(Stop) -> PlanOptions {
        var instant: Instant?
        if let at {
            guard let parsed = Instant(date: at) ?? Instant(rfc3339: at) else {
                throw Stop(
                    .usage,
                    error: "--at takes a date such as 2026-12-31, not \(at).")
            }
            instant = parsed
        }
        return PlanOptions(
            at: instant, allow: allow.allowances,
            selection: PlanRequest.Selection(
                tenants: Set(selection.tenants.map { TenantName(nfc($0)) }),
                identities: Set(selection.identities.map { IdentityCode(nfc($0)) })),
            isComparison: base != nil)
    }
}

extension AllowOptions {
    var allowances: Allowances {
        Allowances(
            removals: allowRemovals, revocations: allowRevocations, mails: allowMails,
            selfRemoval: allowSelfRemoval, permissionExtinction: allowPermissionExtinction)
    }
}

extension PlanReport {
    /// 65 before 3; nothing else is known from the report alone.
    var status: ExitStatus {
        let errors = findings.filter(\.isError)
        if errors.contains(where: { $0.code.hasPrefix("E1") }) { return .invalid }
        return errors.isEmpty ? .done : .refused
    }
}
