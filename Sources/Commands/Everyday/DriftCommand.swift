import AccessModel
import ArgumentParser
import Diagnostics
import Manifests
import Planning
import Presentation
import Reconciliation
import Storage

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "What changed in the store outside Muster since the last apply, and by whom.",
        discussion: """
            Tells of each object what it was and is, when, how often, by whom as far as the \
            store knows, and what the next plan would do about it. Ends with 2 when there is \
            any, and when the store's record of others' changes was switched off or altered \
            (W286).

            The manifests are read for what a plan would do; when they are invalid the drift is \
            told without it, and the exit is 65. The plan is the operator's unless --as says whose.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var redact: RedactOption

    @Flag(help: "Also what was put back by hand, and what earlier runs have settled.")
    var all = false

    func run() async throws {
        let session = try Session(redact.quieted(options))
        try session.requireFormat(.text, .json, .markdown, .github, .sarif)
        try await redact.withoutWords { try await tell(session) }
    }

    private func tell(_ session: Session) async throws {
        let actor = try session.actorIfAny() ?? .platformOperator
        let now = try session.now().instant
        let (open, project) = try session.usableProject()
        let files = session.files(of: open)
        let cache =
            redact.redact
            ? nil : await ResultCache("drift", [actor.text, "\(all)"], session, open, files)
        if let known = cache?.result(at: now) { return try session.console.result(known) }
        let early = EarlyReading(session, open, files)
        let loaded = session.manifests(in: files, of: open, at: now)
        let isValid = !loaded.diagnostics.contains { $0.severity == .error }
        let reader = try session.reader(
            try session.storeLocation(root: open.root, project: project))
        let (report, observed) = try await session.progress.during("Comparing") {
            () async throws(Stop) -> (DriftReport, ObservedState) in
            do throws(StoreError) {
                let observed =
                    if let early { try await early.seen().state } else {
                        try await reader.snapshot(project: project.name)
                    }
                let report = drift(
                    in: observed, records: all ? try await reader.foreignRecords() : [],
                    project: project, loaded: loaded,
                    since: try await reader.runs(limit: 1_000).first { $0.kind == .apply },
                    actor: actor, now: now)
                return (report, observed)
            } catch {
                let stop = session.stop(for: error)
                throw isValid ? stop : Stop(.invalid, stop.message)
            }
        }
        let text = text(of: redact.redaction?.redacted(report) ?? report, session)
        if let cache, let desired = loaded.desired, report.errors.isEmpty, !report.hasDrift {
            let request = PlanRequest(
                desired: desired, observed: observed, actor: actor, now: now)
            await cache.keep(text, since: now, until: request.nextTurn)
        }
        try session.console.result(text)
        keepUntilTheEnd(loaded, observed, report)
        if !report.errors.isEmpty {
            throw Stop(.invalid, error: "the manifests are invalid; muster validate shows why.")
        }
        if report.hasDrift { throw Stop(.differences) }
    }

    private func text(of report: DriftReport, _ session: Session) -> String {
        switch options.format {
        case .text: report.text(style: session.console.style, verbose: options.verbose)
        case .json: report.json
        case .markdown: report.markdown()
        case .github: report.annotations
        case .sarif: report.sarif
        case .junit, .csv, .html: preconditionFailure("they are refused above")
        }
    }
}
