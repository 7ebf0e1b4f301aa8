import AccessModel
import ArgumentParser
import Diagnostics
import Planning
import Reconciliation
import Storage

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a saved plan, or plan and ask; then deliver the mail.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var allow: AllowOptions

    @Argument(help: ArgumentHelp("A plan that `plan --out` saved.", valueName: "file"))
    var file: String?

    @Option(
        help: ArgumentHelp("Refuse the file unless it is the plan of this id.", valueName: "id"))
    var expect: String?

    @Flag(help: "Do not ask.")
    var yes = false

    @Flag(help: "Do only what expiry asks for.")
    var expired = false

    @Flag(help: "Leave the mail in the outbox.")
    var noDeliver = false

    @Option(help: ArgumentHelp("How long to wait for the store's lock.", valueName: "duration"))
    var lockTimeout = "30s"

    func run() async throws {
        var session = try Session(options)
        try session.requireFormat(.text, .json, .markdown)
        try checkUsage(session)
        let actor = try session.actor()
        let timeout = try seconds(of: lockTimeout)
        session.patience = timeout
        let open = try session.openProject()
        let context = try session.context(actor: actor)
        let planner = try await session.progress.during("Reading the manifests") {
            () async throws(Stop) in
            try PlanRun(
                session: session, open: open, context: context, readsStoreMeanwhile: file == nil)
        }
        let run = ApplyRun(
            session: session, planner: planner, timeout: timeout, delivers: !noDeliver)
        if let file {
            try await run.applySaved(file, expecting: expect)
        } else {
            try await run.applyFresh(
                PlanOptions(allow: allow.allowances, onlyExpired: expired), asks: !yes)
        }
    }

    private func checkUsage(_ session: Session) throws(Stop) {
        if file != nil {
            guard allow.isEmpty, !expired else {
                throw Stop(
                    .usage,
                    error: "a saved plan records what was allowed; "
                        + "give --allow-… to plan, and no --expired here."
                )
            }
        } else {
            guard expect == nil else {
                throw Stop(.usage, error: "--expect goes with a saved plan.")
            }
            guard yes || session.console.isInputTerminal else {
                throw Stop(
                    .usage,
                    error: "there is no terminal to ask on; pass --yes, or apply a saved plan.")
            }
        }
    }
}

/// `30s`, `5m`, `1h`, or seconds alone.
func seconds(of text: String) throws(Stop) -> Int64 {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.last.flatMap { units[$0] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard let number = Int64(digits), number >= 0, number <= 1_000_000 else {
        throw Stop(
            .usage, error: "\(text) is no duration such as 30s, 5m or 1h.")
    }
    return number * (unit ?? 1)
}
