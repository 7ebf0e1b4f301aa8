import ArgumentParser
import Presentation
import Reconciliation
import Storage

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "What was applied: runs, newest first, or one run in full.",
        discussion: """
            Every commit to the store is a run with a number: applies, imports, acceptances,
            invitations sent again or revoked, letters dropped. With RUN: every field of the run and
            every entry that it made in the audit, with who it belongs to and why. A number that no
            run has is an error (1), as an unknown revision is to git.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("The number of a run.", valueName: "run"))
    var number: Int64?

    @Option(help: ArgumentHelp("So many runs, the newest; 20.", valueName: "n"))
    var limit: Int?

    func validate() throws {
        if let limit {
            guard limit > 0 else { throw ValidationError("--limit takes a number from 1.") }
            guard number == nil else { throw ValidationError("--limit goes without a run.") }
        }
    }

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json)
        let (_, reader) = try session.projectWithReader()
        let isJSON = options.format == .json
        guard let number else {
            let limit = limit ?? 20
            let runs: [RunRecord]
            do { runs = try await reader.runs(limit: limit == .max ? limit : limit + 1) } catch {
                throw session.stop(for: error)
            }
            let page = HistoryPage(Array(runs.prefix(limit)), hasOlder: runs.count > limit)
            try session.console.result(
                isJSON ? page.json : page.text(style: session.console.style))
            if page.hasOlder {
                session.console.remark("There are older runs: a larger --limit shows them.")
            }
            return
        }
        let page = HistoryRunPage(try await session.history(of: number, in: reader))
        try session.console.result(isJSON ? page.json : page.text(style: session.console.style))
    }
}

extension Session {
    /// - Throws: exit 1 when no run has the number.
    func history(
        of number: Int64, in reader: any StoreReader
    ) async throws(Stop) -> RunHistory {
        let found: RunHistory?
        do { found = try await RunHistory.of(run: number, in: reader) } catch {
            throw stop(for: error)
        }
        guard let found else {
            throw Stop(
                .failed, error: "the store has no run \(number); `muster history` lists the runs.")
        }
        return found
    }
}
