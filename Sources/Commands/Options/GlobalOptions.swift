import ArgumentParser

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .customShort("C"),
        help: ArgumentHelp("Work on the project in this folder.", valueName: "dir"))
    var directory: String?

    @Option(
        help: ArgumentHelp("The store; wins over MUSTER_STORE and the project.", valueName: "url"))
    var store: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who acts; or MUSTER_ACTOR.", valueName: "email"))
    var actor: String?

    @Flag(name: .customLong("operator"), help: "Act as the platform's owner.")
    var isOperator = false

    @Option(help: ArgumentHelp("The format of the result.", valueName: "format"))
    var format: Format = .text

    @Option(help: "Colour: auto, always or never; NO_COLOR turns it off.")
    var color: Console.ColorChoice = .auto

    @Flag(help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(help: "Say more.")
    var verbose = false
}

enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, github, sarif, junit, csv, html
}

extension Console.ColorChoice: ExpressibleByArgument {}

/// The options of `plan` and `apply` that loosen a guard.
struct AllowOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Allow so many removals in all.", valueName: "n"))
    var allowRemovals: Int?

    @Option(help: ArgumentHelp("Allow so many revocations in all.", valueName: "n"))
    var allowRevocations: Int?

    @Option(help: ArgumentHelp("Allow so many mails.", valueName: "n"))
    var allowMails: Int?

    @Flag(help: "Let the actor stop being a delegated admin.")
    var allowSelfRemoval = false

    @Flag(help: "Let a permission lose its last active holder.")
    var allowPermissionExtinction = false

    var isEmpty: Bool {
        allowRemovals == nil && allowRevocations == nil && allowMails == nil && !allowSelfRemoval
            && !allowPermissionExtinction
    }

    func validate() throws {
        for (name, value) in [
            ("--allow-removals", allowRemovals), ("--allow-revocations", allowRevocations),
            ("--allow-mails", allowMails),
        ] {
            if let value, value < 0 { throw ValidationError("\(name) takes a number from 0.") }
        }
    }
}

/// `--tenant` and `--identity`.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customLong("tenant"),
        help: ArgumentHelp("Only changes of this tenant; may be repeated.", valueName: "tenant"))
    var tenants: [String] = []

    @Option(
        name: .customLong("identity"),
        help: ArgumentHelp("Only changes of this identity; may be repeated.", valueName: "code"))
    var identities: [String] = []
}
