import ArgumentParser
import Glibc

/// `swift run -c release Benchmarks` measures the release program on an estate that it makes.
@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measures the release program against yardsticks of the same run.",
        discussion: """
            Every figure is the median of several runs, and every aim a ratio to a yardstick that \
            is measured beside it. Run it from the root of the repository. It takes minutes, \
            hundreds of megabytes in a temporary folder, and a quiet machine.
            """,
        subcommands: [Table.self, Instructions.self, Scan.self, Insert.self],
        defaultSubcommand: Table.self)
}

/// What every measurement needs.
struct Place: ParsableArguments {
    @Option(help: "The program to measure; built as a release when left out.")
    var program: String?

    @Option(help: "Where to write estates and stores; removed afterwards when left out.")
    var folder: String?

    /// The program's path, built if it must be.
    func builtProgram() throws -> String {
        if let program { return absolute(program) }
        note("Building the release program…")
        let build = Run(
            "swift", ["build", "-c", "release", "--product", "muster", "--static-swift-stdlib"])
        guard build.succeeded() else { throw Failure("The program could not be built.") }
        return absolute(".build/release/muster")
    }

    /// Calls `body` with a folder for estates and stores.
    func withFolder(_ body: (String) throws -> Void) throws {
        if let folder {
            makeFolder(folder)
            return try body(absolute(folder))
        }
        var template = Array("/tmp/muster-benchmarks-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure("No temporary folder.") }
        let path = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
        defer { remove(path) }
        try body(path)
    }
}

/// To standard error, so that the table and the JSON stay alone on standard output.
func note(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = Glibc.write(2, line, line.count)
}

/// This program, which measures its own yardsticks as programs of their own.
let yardsticks = absolute("/proc/self/exe")
