package import ArgumentParser
internal import Diagnostics

/// `muster`: what it can do, one command a file.
package struct Muster: AsyncParsableCommand {
    package static let version = "0.1.0"

    package static let configuration = CommandConfiguration(
        commandName: "muster",
        abstract: "Keeps who may administer what in git: validate, plan, apply.",
        discussion: """
            Begin with `muster init`, then `muster plan --operator` and `muster apply --operator`.
            `muster explain CODE` has a page on every diagnostic.

            Exit codes: 0 done, 1 failed, 2 differences, 3 refused by a rule, 4 stale or locked,
            5 mail undelivered, 6 integrity, 7 outcome unknown, 64 wrong usage, 65 invalid input.
            """,
        version: version,
        subcommands: [
            InitCommand.self, ValidateCommand.self, PlanCommand.self, ApplyCommand.self,
            TestCommand.self, DriftCommand.self, StatusCommand.self, WhyCommand.self,
            WhoCanCommand.self, HistoryCommand.self, UndoCommand.self, ReportCommand.self,
            ImportCommand.self, ExportCommand.self, InvitationCommand.self, OutboxCommand.self,
            AuditCommand.self, StoreCommand.self, ServeCommand.self, ExplainCommand.self,
            SchemaCommand.self,
        ])

    package init() {}

    /// Parses the arguments, runs the command and ends the process with its exit code.
    package static func start(_ arguments: [String], _ adapters: Adapters) async -> Never {
        holdStandardStreams()
        let status = await Adapters.$current.withValue(adapters) { await run(arguments) }
        end(status)
    }

    private static func run(_ arguments: [String]) async -> ExitStatus {
        makeFailedWritesErrors()
        do {
            var command = try parseAsRoot(arranged(arguments))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .done
        } catch let stop as Stop {
            if let message = stop.message { Console().complain(message) }
            return stop.status
        } catch {
            return explained(error)
        }
    }

    /// Help and the version are results like others; the rest is wrong usage.
    private static func explained(_ error: any Error) -> ExitStatus {
        let text = fullMessage(for: error)
        guard exitCode(for: error).isSuccess else {
            // It quotes the words of the command line, which may hold anything.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            Console().complain(
                lines.map { escapedForTerminal(String($0)) }.joined(separator: "\n"))
            return .usage
        }
        do throws(Stop) {
            try Console().result(text.hasSuffix("\n") ? text : text + "\n")
            return .done
        } catch {
            if let message = error.message { Console().complain(message) }
            return error.status
        }
    }
}
