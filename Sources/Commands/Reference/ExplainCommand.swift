import ArgumentParser
import Diagnostics
import Presentation

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "A page on a diagnostic.")

    @OptionGroup var options: GlobalOptions

    @Argument(
        help: ArgumentHelp("A code such as E271; without one, all are listed.", valueName: "code"))
    var code: String?

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text)
        guard let code else {
            let lines = Explanations.all.map { "\($0.code)  \($0.title)\n" }
            return try session.console.result(lines.joined())
        }
        guard let page = Explanations.page(for: code.uppercased()) else {
            throw Stop(
                .usage,
                error: "there is no code \(code). `muster explain` lists them.")
        }
        try session.console.result("\(page.code): \(page.title)\n\n\(page.body)\n")
    }
}
