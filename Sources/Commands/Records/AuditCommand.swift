import ArgumentParser
import Presentation
import Storage

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit chain.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute the audit chain.",
            discussion: """
                Entries that were cut off the end cannot be seen from inside: keep the head that
                each apply prints somewhere else, and pass it with --head.
                """)

        @OptionGroup var options: GlobalOptions

        @Option(help: ArgumentHelp("The chain must contain this hash.", valueName: "hash"))
        var head: String?

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .json)
            let (_, reader) = try session.projectWithReader()
            let verification: AuditVerification
            do { verification = try await reader.verifyAudit(expecting: head) } catch {
                throw session.stop(for: error)
            }
            let page = AuditPage(verification)
            try session.console.result(options.format == .json ? page.json : page.text)
            if !page.isGood { throw Stop(.unverified) }
        }
    }
}
