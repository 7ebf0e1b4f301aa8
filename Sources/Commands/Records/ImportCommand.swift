import AccessModel
import ArgumentParser
import Diagnostics
import Presentation
import Reconciliation
import Storage

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Record people who already have access, without mail, as one audited run.",
        discussion: """
            FILE is JSON Lines, one person or one place of a person a line:
              {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee",
               "mobile": "+31612345678", "state": "Activated",
               "memberships": [{"tenant": "production", "permissions": ["invite_admins"],
               "roles": ["access_read"]}]}
            or CSV with a header of the same names (tenant, permissions, roles, identity, admin,
            enabled for places; lists separated by spaces). Tenants, identities and roles must be in
            the store. Nothing is taken over when any line is wrong.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "file"))
    var file: String

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json)
        try session.requireOperator(for: "importing")
        let (open, project) = try session.usableProject()
        let context = try session.context(actor: .platformOperator)
        let bytes: [UInt8]
        do {
            bytes = try contents(of: file, limit: 256 << 20)
        } catch {
            throw Stop(.failed, error: "the import cannot be read: \(error.message)")
        }
        let (people, problems) = importedPeople(bytes)
        guard problems.isEmpty else { throw invalid(problems) }
        let store = try session.writableStore(
            try session.storeLocation(root: open.root, project: project))
        let outcome = try await session.locked(store, context) {
            () async throws(Stop) -> Importer.Outcome in
            do throws(Importer.Problem) {
                return try await Importer(store: store, context: context)
                    .take(people, project: project)
            } catch {
                switch error {
                case .store(let error): throw session.stop(for: error)
                case .lines(let problems): throw invalid(problems)
                }
            }
        }
        try session.console.conclusion(options.format == .json ? outcome.json : outcome.text)
    }

    private func invalid(_ problems: [ImportProblem]) -> Stop {
        let shown = problems.prefix(20).map {
            "\(escapedForTerminal(file)):\($0.line): error: \(escapedForTerminal($0.message))"
        }
        let more = problems.count > 20 ? ["… and \(problems.count - 20) more"] : []
        return Stop(.invalid, (shown + more + ["Nothing was imported."]).joined(separator: "\n"))
    }
}
