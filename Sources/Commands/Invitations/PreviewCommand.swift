import AccessModel
import ArgumentParser
import Diagnostics
import Invitations
import Presentation
import Reconciliation
import Storage

extension InvitationCommand {
    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a letter as it would go out; nothing is sent.",
            discussion: """
                With --to it is the letter to that person of the store, from --as or --operator; \
                else one to an example person, and needs no store. Its link says that it is a \
                preview, and opens nothing.

                The project's own templates are used where there are any: \
                invitations/create-account.txt, create-account.html, join.txt and join.html, or \
                with a language as in join.de.txt. --template shows the one in force, to begin \
                with: muster invitation preview --template > invitations/create-account.txt

                --out writes what the ending of FILE says: .html the page, .eml the whole message, \
                else the text. Letters that access has ended (--kind removed) are sent only with \
                `removedMail: send` in the project's `invitations`.
                """)

        @OptionGroup var options: GlobalOptions

        @Option(help: "What the letter is for: create-account, join or removed.")
        var kind: LetterKind?

        @Option(help: ArgumentHelp("To this person of the store.", valueName: "email"))
        var to: String?

        @Option(help: ArgumentHelp("In this language, whatever the person's is.", valueName: "tag"))
        var language: String?

        @Option(help: ArgumentHelp("Write it to a file (mode 0600).", valueName: "file"))
        var out: String?

        @Flag(help: "Show the template instead of the letter.")
        var template = false

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .html)
            guard out?.isEmpty != true else { throw Stop(.usage, error: "--out names no file.") }
            let (open, project) = try session.usableProject()
            let templates = try session.templates(
                of: project, root: open.root, withoutBroken: template)
            if template {
                guard to == nil else {
                    throw Stop(.usage, error: "--template and --to exclude each other.")
                }
                let source = templates.template(
                    kind ?? .createAccount, isPage ? .html : .text,
                    language: language ?? project.invitations.language
                ).source
                return try show(source, session)
            }
            let actor = try to == nil ? .platformOperator : session.actor()
            let preview = LetterPreview(
                project: project, actor: actor, now: try session.now().instant)
            var letter = try await letter(preview, session, project)
            if let language { letter.language = language }
            let content = preview.content(of: letter, templates)
            if letter.kind == MailKind.removed.rawValue,
                project.invitations.removedMail == .silent
            {
                session.console.remark(
                    "Nobody gets this letter: removals are silent without `removedMail: send`.")
            }
            if out?.hasSuffix(".eml") == true {
                let bytes = preview.message(for: letter, saying: content).bytes
                return try show(
                    String(decoding: bytes, as: UTF8.self).replacingLineEnds(), session)
            }
            try show(isPage ? content.html : content.page, session)
        }

        private var isPage: Bool {
            guard let out else { return options.format == .html }
            return out.hasSuffix(".html") || out.hasSuffix(".htm")
                || options.format == .html && !out.hasSuffix(".txt")
        }

        private func letter(
            _ preview: LetterPreview, _ session: Session, _ project: Project
        ) async throws(Stop) -> Letter {
            guard let to else { return preview.example(kind ?? .createAccount) }
            let email: EmailAddress
            switch EmailAddress.parse(to) {
            case .success(let parsed): email = parsed
            case .failure(let problem):
                throw Stop(.usage, error: "\(to): \(problem.sentence)")
            }
            let (_, reader) = try session.projectWithReader()
            let observed: ObservedState
            do {
                observed = try await reader.snapshot(project: project.name)
            } catch {
                throw session.stop(for: error)
            }
            switch preview.letter(to: email, kind, in: observed) {
            case .success(let letter): return letter
            case .failure(let problem):
                let status: ExitStatus =
                    if case .notForActor = problem { .refused } else { .failed }
                throw Stop(status, problem.diagnostic)
            }
        }

        private func show(_ text: String, _ session: Session) throws(Stop) {
            guard let out, out != "-" else { return try session.console.result(text) }
            do throws(FileFailure) {
                try writeResult(Array(text.utf8), to: out)
            } catch {
                throw Stop(.failed, error: error.message)
            }
            session.console.remark("Written: \(escapedForTerminal(out))")
        }
    }
}

extension LetterKind: ExpressibleByArgument {}

extension LetterContent {
    /// The text part under its subject.
    fileprivate var page: String { "Subject: \(subject)\n\n\(text)" }
}

extension String {
    /// With CRLF, as files of messages have it.
    fileprivate func replacingLineEnds() -> String {
        var bytes: [UInt8] = []
        for byte in utf8 {
            if byte == 0x0A { bytes.append(0x0D) }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
