import FoundationEssentials
import Support
import Testing

/// The built program, told in stories: every example, every broken one, and the main paths.
@Suite("Stories")
struct StoryTests {
    @Test("an example does what its story tells", arguments: StoryFile.examples)
    func example(file: StoryFile) throws { try file.tell() }

    @Test("a broken example triggers its diagnostic", arguments: StoryFile.broken)
    func broken(file: StoryFile) throws { try file.tell() }

    @Test("the program does what the story tells", arguments: StoryFile.scripts)
    func script(file: StoryFile) throws { try file.tell() }

    @Test(
        "the program does on a shared store what the story tells",
        .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)),
        arguments: StoryFile.ofServers)
    func server(file: StoryFile) throws { try file.tell() }

    @Test(
        "a story that knows no engine is the same on a shared store",
        .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)),
        arguments: StoryFile.ofAnyEngine)
    func shared(file: StoryFile) throws { try file.tell(shared: true) }

    @Test("there are stories of all three kinds")
    func found() {
        #expect(StoryFile.examples.count >= 3)
        #expect(StoryFile.broken.count >= 90)
        #expect(StoryFile.scripts.count >= 20)
        #expect(StoryFile.ofServers.count >= 3)
        #expect(StoryFile.ofAnyEngine.count >= 20)
    }
}

/// A story where it lies in the repository.
struct StoryFile: Sendable, CustomTestStringConvertible {
    var path: String
    /// What the story is about; nothing for those without a folder of their own.
    var folder: String?

    var testDescription: String { String(path.dropFirst(Self.root.count + 1)) }

    func tell(shared: Bool = false) throws {
        let story = try Story(parsing: try Self.text(of: path))
        #expect(
            !story.sentence.isEmpty, "a story begins with a comment that tells what it is about")
        var run = try StoryRun(folder: folder, program: try ProcessRun.muster(), shared: shared)
        defer { run.remove() }
        do {
            try run.tell(story)
        } catch let failure as StoryRun.Failure {
            Issue.record("\(testDescription): \(failure)")
        }
    }

    static let examples = folders(in: "examples")
    static let broken = folders(in: "examples/broken")
    static let scripts = scripts(in: "")
    /// What only a server can do.
    static let ofServers = scripts(in: "/postgres")
    /// Those that look into no store themselves, and are not about a store's file.
    static let ofAnyEngine = scripts.filter { file in
        let text = ((try? text(of: file.path)) ?? "").split(separator: "\n")
            .filter { !$0.hasSuffix("store: sqlite:.muster/store.db") }.joined(separator: "\n")
        return !["sqlite", "store.db", "--store", ".muster\n", "MUSTER_INVITATION_KEY", " ls "]
            .contains(where: text.contains)
    }

    private static func scripts(in folder: String) -> [StoryFile] {
        let folder = root + "/Tests/ScriptTests/Scripts" + folder
        return names(in: folder).filter { $0.hasSuffix(".story") }
            .map { StoryFile(path: "\(folder)/\($0)") }
    }

    static let root = ProcessRun.root

    private static func folders(in folder: String) -> [StoryFile] {
        names(in: "\(root)/\(folder)").map { "\(root)/\(folder)/\($0)" }
            .filter { FileManager.default.fileExists(atPath: $0 + "/story") }
            .map { StoryFile(path: $0 + "/story", folder: $0) }
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func text(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
