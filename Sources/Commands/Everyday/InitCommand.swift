import ArgumentParser
import Diagnostics
import Glibc
import Reconciliation

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a small commented project that validates.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("The folder; made when it is not there.", valueName: "dir"))
    var folder: String?

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text)
        let folder = folder ?? options.directory ?? "."
        let starter = StarterProject(folder: folder)
        for file in starter.files
        where access(folder + "/" + file.path, F_OK) == 0 && !file.isShared {
            throw Stop(
                .failed,
                error: "\(folder)/\(file.path) is there already; "
                    + "nothing was written."
            )
        }
        do throws(FileFailure) {
            try makeFolder(folder)
            for file in starter.files { try file.write(below: folder) }
        } catch {
            throw Stop(.failed, error: error.message)
        }
        try session.console.result(starter.farewell)
    }

    private func makeFolder(_ path: String) throws(FileFailure) {
        var built = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            built += "/" + part
            guard mkdir(built, 0o777) == 0 || errno == EEXIST else { throw FileFailure(built) }
        }
    }
}
