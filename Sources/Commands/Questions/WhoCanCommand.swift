import AccessModel
import ArgumentParser
import Presentation
import Reconciliation

struct WhoCanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-can",
        abstract: "Everyone who holds a permission or role on a tenant.",
        discussion: """
            The store says who holds it; the manifests say until when, and on which line. Those \
            who can use it come first, then those whose right ends, those who have not accepted, \
            the blocked, and the expired.

            With --at, expiry is judged at that date, so that one sees who will have lost it by \
            then. `--format csv` is for spreadsheets.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("A permission or a role.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("On this tenant.", valueName: "tenant"))
    var tenant: String

    @Option(help: ArgumentHelp("Judge expiry at this date.", valueName: "date"))
    var at: String?

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json, .csv)
        let now = try session.now().instant
        let at = try self.at.map(instant)
        let answer = try await session.progress.during("Looking") {
            () async throws(Stop) -> WhoCanAnswer in
            let asked = try await QuestionSession(session)
            let tenant = try asked.tenant(tenant)
            let name = nfc(name)
            guard asked.near.hasGrant(name) else {
                throw Stop(
                    .usage,
                    error: "there is no permission or role \(name)."
                        + asked.hint(asked.near.grant(for: name)))
            }
            return WhoCanQuestion(
                name: name, tenant: tenant, project: asked.project, loaded: asked.loaded, now: now,
                at: at
            ).answer(from: asked.observed)
        }
        let text =
            switch options.format {
            case .json: answer.json
            case .csv: answer.csv
            case .text, .markdown, .github, .sarif, .junit:
                answer.text(style: session.console.style)
            }
        try session.console.result(text)
        if let at, at < now {
            session.console.remark(
                "The holders are those of now: --at moves ends, not the store; "
                    + "`muster history` tells what was.")
        }
    }

    private func instant(_ text: String) throws(Stop) -> Instant {
        guard let instant = Instant(date: text) ?? Instant(rfc3339: text) else {
            throw Stop(.usage, error: "--at takes a date such as 2026-12-31, not \(text).")
        }
        return instant
    }
}
