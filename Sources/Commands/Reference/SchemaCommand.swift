import ArgumentParser
import Manifests

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "The JSON Schema of one document of the manifests.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json)
        try session.console.result(jsonSchema())
    }
}
