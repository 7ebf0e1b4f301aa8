import AccessModel
import ArgumentParser
import Diagnostics
import Manifests
import Presentation
import Reconciliation
import Storage

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write who has access, and what is about to change, as one page.",
        discussion: """
            The page needs neither a server nor a network: people by tenant with their \
            permissions and roles, the plan, the last changes, who is pending, what expires within \
            30 days, who is unmanaged, findings, identities and drift. It can be searched, printed \
            and read on a phone; `report.html#q=ann` opens it narrowed to ann, `#show=privileged` \
            to those with permissions or sensitive roles.

            The plan is that of --as or --operator; when nobody is named, the operator's. For the \
            operator an absent store is an empty one. Invalid manifests leave the plan out, and \
            the page says so.

            The file has mode 0600: it names people. Mobiles are masked.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Where to write the page; - is standard output.", valueName: "file"))
    var out: String

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text)
        guard !out.isEmpty else { throw Stop(.usage, error: "--out names no file.") }
        let actor = try session.actorIfAny()
        let context = try session.context(actor: actor ?? .platformOperator)
        let (open, project) = try session.usableProject()
        let report = try await session.progress.during("Reporting") {
            () async throws(Stop) -> AccessReport in
            let planner = try PlanRun(session: session, open: open, context: context)
            let records = try await records(
                session, try session.storeLocation(root: open.root, project: project), project,
                mayBeAbsent: actor == .platformOperator)
            let plan = try await planner.plan(on: records.observed)
            return accessReport(
                project: project.name, records: records, desired: planner.usableState, plan: plan,
                actorIsAssumed: actor == nil, now: context.now)
        }
        try write(report, session)
    }

    private func records(
        _ session: Session, _ location: Adapters.StoreLocation, _ project: Project,
        mayBeAbsent: Bool
    ) async throws(Stop) -> StoreRecords {
        do throws(StoreError) {
            let reader = try session.adapters.reader(location, session.patience)
            return try await StoreRecords.read(from: reader, project: project.name)
        } catch {
            if case .absent = error, mayBeAbsent { return .none }
            throw session.stop(for: error)
        }
    }

    private func write(_ report: AccessReport, _ session: Session) throws(Stop) {
        let page = report.html(version: Muster.version)
        if out == "-" { return try session.console.result(String(decoding: page, as: UTF8.self)) }
        do throws(FileFailure) {
            try writeResult(page, to: out)
        } catch {
            throw Stop(.failed, error: "the report cannot be saved: \(error.message)")
        }
        if report.endings == nil {
            session.console.remark(
                "The manifests are invalid: the page shows the store and the findings, and no plan."
            )
        }
        session.console.remark(
            "Saved as \(escapedForTerminal(out)), \(size(page.count)). It names people: "
                + "only you can read it.")
    }

    /// "812 bytes", "24 kB", "1.4 MB"
    private func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000: "\(bytes) bytes"
        case ..<1_000_000: "\((bytes + 500) / 1_000) kB"
        default: "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
        }
    }
}
