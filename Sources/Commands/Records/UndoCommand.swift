import AccessModel
import ArgumentParser
import Manifests
import Planning
import Presentation
import Reconciliation
import Storage

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "A plan that reverses a run; apply it with `apply FILE`.",
        discussion: """
            Computes what takes back the changes of a run, as far as they are still so: what later
            runs or others changed is left alone, and told. Letters, acceptances and deleted
            accounts cannot be taken back; a person who was removed is invited or added again.
            Runs of kind apply and import can be undone, an undo as well.

            The plan is checked like any other: authority, guards, floors and policies of the
            manifests. Below it stand the manifest lines that must change with it, because the next
            plan would do otherwise. Nothing is written but FILE:
              muster undo 7 --operator --out undo.plan
              muster apply undo.plan --operator
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var allow: AllowOptions

    @Argument(
        help: ArgumentHelp("The number of a run; `muster history` lists them.", valueName: "run"))
    var number: Int64

    @Option(help: ArgumentHelp("Save the plan for `apply FILE`.", valueName: "file"))
    var out: String?

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json, .markdown, .github, .sarif)
        let context = try session.context(actor: session.actor())
        let open = try session.openProject()
        let planner = try PlanRun(session: session, open: open, context: context)
        let report = try await session.progress.during("Planning") {
            () async throws(Stop) -> PlanReport in
            try await planner.undo(of: number, allow: allow.allowances)
        }
        let file = planner.file(of: report)
        try planner.show(report, id: file.id)
        if let out { try planner.save(file.bytes, to: out) }
        let status = report.status
        if status != .done { throw Stop(status) }
    }
}

extension PlanRun {
    /// The plan that reverses a run.
    ///
    /// - Throws: exit 1 for a run that is not there, 3 for one that no plan reverses.
    func undo(of number: Int64, allow: Allowances) async throws(Stop) -> PlanReport {
        let reader = try session.reader(try location)
        let history = try await session.history(of: number, in: reader)
        if let refusal = Undo.refusal(of: history.run.kind) {
            throw Stop(.refused, refusal.diagnostic(run: number))
        }
        let undo: Undo
        do throws(StoreError) {
            let observed = try await reader.snapshot(project: loaded.desired?.project.name ?? "")
            undo = try await Undo(history, observed: observed, in: reader)
        } catch {
            throw session.stop(for: error)
        }
        return undo.report(loaded, allow: allow, context: context, manifests: manifests)
    }
}
