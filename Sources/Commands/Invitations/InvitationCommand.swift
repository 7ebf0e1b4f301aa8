import AccessModel
import ArgumentParser
import Diagnostics
import Planning
import Presentation
import Reconciliation
import Storage

struct InvitationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invitation", abstract: "The life of invitations by hand.",
        subcommands: [List.self, Resend.self, Revoke.self, Accept.self, Preview.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open invitations: who, where, until when.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let session = try Session(options)
            try session.requireFormat(.text, .json)
            let now = try session.now().instant
            let (project, reader) = try session.projectWithReader()
            let observed: ObservedState
            do {
                observed = try await reader.snapshot(project: project.name)
            } catch {
                throw session.stop(for: error)
            }
            let list = InvitationList(observed, now: now)
            try session.console.result(
                options.format == .json ? list.json : list.text(style: session.console.style))
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send an invitation again, with a new link; the old one is dead.")

        @OptionGroup var options: GlobalOptions
        @OptionGroup var place: PlaceOptions

        @Argument(help: ArgumentHelp("The person, or an address of a plan.", valueName: "email"))
        var email: String

        @Flag(help: "Print the link, to hand it over by another way.")
        var showLink = false

        @Flag(help: "Leave the mail in the outbox.")
        var noDeliver = false

        func run() async throws {
            let run = try DeskRun(options)
            let (person, place) = try place.target(email)
            if !noDeliver { try run.checkDelivery() }
            let sent = try await run.locked { desk throws(InvitationDesk.Problem) in
                try await desk.resend(person, in: place)
            }
            for (scope, token) in sent {
                let link = showLink ? ": " + run.link(token) : ""
                try run.session.console.conclusion(
                    "Invited again: \(escapedForTerminal(scope.address.text))\(link)\n")
            }
            if !noDeliver { try await run.deliver() }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a live invitation back; its link is dead.")

        @OptionGroup var options: GlobalOptions
        @OptionGroup var place: PlaceOptions

        @Argument(help: ArgumentHelp("The person, or an address of a plan.", valueName: "email"))
        var email: String

        func run() async throws {
            let run = try DeskRun(options)
            let (person, place) = try place.target(email)
            let scopes = try await run.locked { desk throws(InvitationDesk.Problem) in
                try await desk.revoke(person, in: place)
            }
            for scope in scopes {
                try run.session.console.conclusion(
                    "Revoked: \(escapedForTerminal(scope.address.text))\n")
            }
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept an invitation, as its link does.")

        @OptionGroup var options: GlobalOptions

        @Argument(
            help: ArgumentHelp(
                "The token or the whole link; - reads it from standard input.", valueName: "token"))
        var token: String

        func run() async throws {
            let run = try DeskRun(options, actsForItself: true)
            let text = token == "-" ? readLine() ?? "" : token
            // A link ends with its token.
            let token = String(text.split(separator: "/").last ?? "").filter { !$0.isWhitespace }
            let accepted = try await run.locked { desk throws(InvitationDesk.Problem) in
                try await desk.accept(token: token)
            }
            try run.session.console.conclusion(accepted.text)
        }
    }
}

/// `--tenant` or `--identity` of one invitation.
struct PlaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only the invitation to this tenant.", valueName: "tenant"))
    var tenant: String?

    @Option(help: ArgumentHelp("Only the invitation to this identity.", valueName: "code"))
    var identity: String?

    /// The person and the place: `ann@acme.example`, `production/ann@acme.example` or
    /// `identity:io.acme.plant1/ann@acme.example`.
    func target(_ text: String) throws(Stop) -> (EmailAddress, Address?) {
        var place = tenant.map { Address.tenant(TenantName(nfc($0))) }
        if let identity {
            guard place == nil else {
                throw Stop(.usage, error: "--tenant and --identity exclude each other.")
            }
            place = .identity(IdentityCode(nfc(identity)))
        }
        var person = text[...]
        if let slash = text.lastIndex(of: "/") {
            let name = String(text[..<slash])
            person = text[text.index(after: slash)...]
            place =
                name.hasPrefix("identity:")
                ? .identity(IdentityCode(nfc(String(name.dropFirst("identity:".count)))))
                : .tenant(TenantName(nfc(name)))
        }
        switch EmailAddress.parse(String(person)) {
        case .success(let email): return (email, place)
        case .failure(let problem):
            throw Stop(.usage, error: "\(text): \(problem.sentence)")
        }
    }
}
