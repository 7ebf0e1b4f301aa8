import AccessModel
import ArgumentParser
import Presentation
import Reconciliation
import Storage

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit chain.",
        subcommands: [Verify.self, Forget.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute the audit chain.",
            discussion: """
                Entries that were cut off the end cannot be seen from inside: keep the head that
                each apply prints somewhere else, and pass it with --head. Entries whose personal
                data was erased by `audit forget` are counted apart.
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

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase the personal data of somebody who has no access left.",
            discussion: """
                Address, names, mobile, language and comments go from the audit, the runs, letters,
                invitations and recorded changes; a pseudonym stands for the person from then on,
                so that what one person did stays together. What was granted where and when stays.
                The chain still verifies, and tells how many entries were erased. It is the
                operator's, a run of its own, and cannot be undone. Somebody with an account or a
                place is refused (3): remove the person first.
                """)

        @OptionGroup var options: GlobalOptions

        @Argument(help: ArgumentHelp("Whose data.", valueName: "email"))
        var email: String

        @Flag(help: "Do not ask.")
        var yes = false

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .json)
            guard yes || session.console.isInputTerminal else {
                throw Stop(.usage, error: "there is no terminal to ask on; pass --yes.")
            }
            let person = try session.address(email)
            try session.requireOperator(for: "forgetting people")
            let (open, project) = try session.usableProject()
            let context = try session.context(actor: .platformOperator)
            let store = try session.writableStore(
                try session.storeLocation(root: open.root, project: project))
            try await session.checkClock(store, context)
            do throws(Forgetter.Problem) {
                let observed: ObservedState
                do { observed = try await store.snapshot(project: project.name) } catch {
                    throw .store(error)
                }
                try Forgetter.check(person, in: observed)
            } catch {
                throw session.stop(for: error)
            }
            if !yes { try ask(session) }
            let outcome = try await session.locked(store, context) {
                () async throws(Stop) -> ForgetOutcome in
                do throws(Forgetter.Problem) {
                    return try await Forgetter(store: store, context: context)
                        .forget(person, project: project)
                } catch {
                    throw session.stop(for: error)
                }
            }
            try session.console.conclusion(options.format == .json ? outcome.json : outcome.text)
        }

        private func ask(_ session: Session) throws(Stop) {
            let answer = session.console.answer(
                to: "Erase all that the store knows of this person? It cannot be undone. "
                    + "Only 'yes' does: ")
            guard answer == "yes" else { throw Stop(.failed, "Nothing was erased.") }
        }
    }
}
