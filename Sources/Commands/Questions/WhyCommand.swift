import AccessModel
import ArgumentParser
import Diagnostics
import Manifests
import Presentation
import Reconciliation
import Storage

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Every right that a person holds: which line gives it, and which run made it.",
        discussion: """
            For each permission, role and place in an identity it names the line of the manifests \
            that declares it (through a bundle, too), who wrote that line as far as git knows, and \
            the run that made it, by whose authority and from which commit.

            Rights that nobody declares, that are not applied yet, that wait, or that end soon are \
            told apart, and so are those that somebody gave without Muster. It reads the store and \
            writes nothing.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("Whose rights.", valueName: "email"))
    var email: String

    @Option(help: ArgumentHelp("Only this tenant and its identities.", valueName: "tenant"))
    var tenant: String?

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json)
        let person = try session.address(email)
        let now = try session.now().instant
        let answer = try await session.progress.during("Looking") {
            () async throws(Stop) -> WhyAnswer in
            let asked = try await QuestionSession(session)
            let question = WhyQuestion(
                person: person, tenant: try tenant.map(asked.tenant), project: asked.project,
                loaded: asked.loaded, now: now)
            guard let answer = question.answer(from: asked.observed) else {
                throw try await nobody(question, asked, session)
            }
            do throws(StoreError) {
                let explained = try await question.explained(
                    answer, from: asked.observed, by: asked.reader)
                return explained.blamed(
                    on: GitRepository.lines(at: explained.locations, of: asked.open.folder))
            } catch {
                throw session.stop(for: error)
            }
        }
        try session.console.result(
            options.format == .json
                ? answer.json
                : answer.text(style: session.console.style, verbose: options.verbose))
    }

    /// Neither the store nor the manifests know the person.
    private func nobody(
        _ question: WhyQuestion, _ asked: QuestionSession, _ session: Session
    ) async throws(Stop) -> Stop {
        let deletion: RightOrigin?
        do { deletion = try await question.deletion(by: asked.reader) } catch {
            throw session.stop(for: error)
        }
        let unread = asked.loaded.hasErrors ? " The manifests are invalid: run validate." : ""
        return Stop(
            .failed,
            error: "\(question.person.canonical) has no account in the store, and no manifest "
                + "names this address." + (deletion?.deletionSentence ?? "")
                + asked.hint(asked.near.address(for: question.person)?.canonical) + unread)
    }
}
