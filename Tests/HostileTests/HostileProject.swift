import FoundationEssentials
import Glibc
import Support

/// A small project in a folder of its own, with one file that should not be there.
struct HostileProject {
    static let inputs = ProcessRun.root + "/Tests/HostileTests/Inputs"

    /// The sound part.
    private static let project = """
        kind: Project
        name: acme-access
        store: sqlite:.muster/store.db
        invitations:
          from: Acme Access <access@acme.example>
          acceptURL: https://access.acme.example/accept

        """

    private let folder = TemporaryFolder()
    private var root: String { folder.path + "/project" }

    init() throws {
        let files = FileManager.default
        try files.createDirectory(atPath: root, withIntermediateDirectories: false)
        try write(Array(Self.project.utf8), to: "muster.yaml")
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: root + "/" + path))
    }

    /// Makes a file that has a size and no content.
    func extend(_ path: String, to size: Int) throws {
        try write([], to: path)
        guard truncate(root + "/" + path, size) == 0 else { throw Wrote(files: [path]) }
    }

    /// `muster WORDS`, and that it wrote nothing.
    func muster(_ words: String...) throws -> ProcessRun {
        let before = try names()
        let run = try ProcessRun.of(
            [try ProcessRun.muster()] + words, in: root, input: "",
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": folder.path, "SWIFT_BACKTRACE": "enable=no",
                "MUSTER_CLOCK": "2026-11-22T10:00:00Z",
            ], scratch: folder.path)
        guard try names() == before else { throw Wrote(files: try names()) }
        return run
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root).sorted()
    }

    struct Wrote: Error { var files: [String] }
}
