import AccessModel
import ArgumentParser
import Manifests
import Presentation
import Reconciliation
import Storage

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the policies and access tests.",
        discussion: """
            Each rule of a policy and each expectation of an access test is one check.
            The checks are made on what the manifests describe; with --live on what the
            store holds as well.

            On the desired state every declared, unexpired entry counts as a holder. In
            the store pending and blocked people count for maxHolders and for access
            tests; minHolders counts who is active, not blocked, and stays for 14 days.

            Formats: text, json, junit. Exit codes: 0 all pass, 3 one fails, 65 the
            manifests are invalid, 1 the store cannot be read.
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Check what the store holds, too.")
    var live = false

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json, .junit)
        let now = try session.now().instant
        let open = try session.openProject()
        let report = try await session.progress.during("Testing") {
            () async throws(Stop) -> TestReport in
            let loaded = try session.manifests(of: open)
            let report = testReport(of: loaded, at: now)
            guard live, report.isValid, let project = loaded.desired?.project else { return report }
            let reader = try session.reader(
                try session.storeLocation(root: open.root, project: project))
            do throws(StoreError) {
                let observed = try await reader.snapshot(project: project.name)
                return testReport(of: loaded, live: observed, at: now)
            } catch {
                throw session.stop(for: error)
            }
        }
        let text =
            switch options.format {
            case .json: report.json
            case .junit: report.junit
            default: report.text(style: session.console.style)
            }
        try session.console.result(text)
        if !report.isValid { throw Stop(.invalid) }
        if !report.passes { throw Stop(.refused) }
    }
}
