import AccessModel
import ArgumentParser
import Diagnostics
import Manifests
import Presentation
import Reconciliation
import Storage

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Counts, pending, expired and overdue, unmanaged members, last run, mail.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json)
        let now = try session.now().instant
        let (open, project) = try session.usableProject()
        let loaded = try session.manifests(of: open)
        let isValid = !loaded.diagnostics.contains { $0.severity == .error }
        let reader = try session.reader(
            try session.storeLocation(root: open.root, project: project))
        let report: StatusReport
        do throws(StoreError) {
            report = try await status(
                of: reader.snapshot(project: project.name), project: project,
                desired: isValid ? loaded.desired : nil, lastRun: reader.runs(limit: 1).first,
                outbox: reader.outbox(
                    options.format == .json ? .all : .oldest(StatusReport.shown)),
                letters: reader.outboxFigures().count, now: now)
        } catch {
            throw session.stop(for: error)
        }
        try session.console.result(
            options.format == .json ? report.json : report.text(style: session.console.style))
    }
}
