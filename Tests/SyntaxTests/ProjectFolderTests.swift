import Diagnostics
import Glibc
import Reconciliation
import Syntax
import Testing

/// A folder that is there as long as the value.
private final class Folder {
    let path: String

    init() {
        let name = "/tmp/muster-test-\(UInt64.random(in: 0 ... .max))"
        mkdir(name, 0o700)
        path = name
    }

    deinit { _ = shell("rm -rf \(path)") }

    func write(_ name: String, _ text: String = "a: b\n") {
        let folder = name.split(separator: "/").dropLast().joined(separator: "/")
        _ = shell("mkdir -p '\(path)/\(folder)'")
        let file = fopen("\(path)/\(name)", "w")
        fputs(text, file)
        fclose(file)
    }

    @discardableResult
    func shell(_ command: String) -> Int32 {
        var process: pid_t = 0
        let words = ["sh", "-c", "cd \(path); " + command]
        var arguments = words.map { strdup($0) } + [nil]
        var environment = [strdup("PATH=/usr/bin:/bin"), strdup("HOME=\(path)"), nil]
        defer { (arguments + environment).forEach { free($0) } }
        posix_spawn(&process, "/bin/sh", nil, nil, &arguments, &environment)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return status
    }

    func project() throws -> ProjectFolder { try ProjectFolder.containing(path).get() }
}

@Suite("Reading the files of a project")
struct ProjectFolderTests {
    @Test("all manifests are read, in the order of their paths' bytes")
    func manifests() throws {
        let folder = Folder()
        for name in [
            "muster.yaml", "b.yml", "a/z.yaml", "a.yaml", ".hidden/x.yaml", ".x.yaml",
            "notes.txt", "other/muster.yaml", "other/x.yaml", "drafts/x.yaml", "a.yaml~", "#b.yml#",
        ] {
            folder.write(name)
        }
        let files = try folder.project().manifests(ignore: ["drafts/**"])
        #expect(files.files.map(\.path) == ["a.yaml", "a/z.yaml", "b.yml", "muster.yaml"])
        #expect(files.ignored == ["#b.yml#", "a.yaml~"])
        #expect(files.diagnostics.isEmpty)
        #expect(try folder.project().projectFile().files.map(\.path) == ["muster.yaml"])
    }

    @Test("the project is found from a folder below it, and its absence is said")
    func root() throws {
        let folder = Folder()
        folder.shell("mkdir -p x/y")
        #expect(throws: ProjectFolder.NotFound.self) {
            try ProjectFolder.containing(folder.path).get()
        }
        folder.write("muster.yaml")
        #expect(try ProjectFolder.containing(folder.path + "/x/y").get().root == folder.path)
        #expect(throws: ProjectFolder.NotFound.self) {
            try ProjectFolder.containing(folder.path + "/nowhere").get()
        }
    }

    @Test("links that leave the root are refused, others are not followed twice")
    func links() throws {
        let folder = Folder()
        let outside = Folder()
        outside.write("secret.yaml")
        folder.write("muster.yaml")
        folder.write("a/x.yaml")
        folder.shell("ln -s \(outside.path)/secret.yaml out.yaml; ln -s a b; ln -s .. a/up")
        folder.shell("ln -s a/x.yaml again.yaml; ln -s loop.yaml loop.yaml; ln -s none gone.yaml")
        let files = try folder.project().manifests()
        #expect(files.files.map(\.path) == ["a/x.yaml", "muster.yaml"])
        #expect(files.diagnostics.map(\.subject) == ["gone.yaml", "loop.yaml", "out.yaml"])
        #expect(Set(files.diagnostics.map(\.code)) == ["E111"])
    }

    @Test("pipes, devices, folders and odd names never hang and never count as absent")
    func specials() throws {
        let folder = Folder()
        folder.write("muster.yaml")
        folder.shell("mkfifo p.yaml; ln -s /dev/zero z.yaml; mkdir d.yaml; mkfifo pipe")
        folder.shell(
            "printf x > \"$(printf 'l\\351.yaml')\"; printf 'a: b' > \"$(printf 'e\\033.yaml')\"")
        let files = try folder.project().manifests()
        #expect(files.files.map(\.path) == ["e\u{1B}.yaml", "muster.yaml"])
        #expect(files.diagnostics.map(\.subject) == ["l\u{FFFD}.yaml", "p.yaml", "z.yaml"])
        #expect(Set(files.diagnostics.map(\.code)) == ["E111"])
    }

    @Test("what cannot be read is an error", .enabled(if: geteuid() != 0))
    func unreadable() throws {
        let folder = Folder()
        folder.write("muster.yaml")
        folder.write("a.yaml")
        folder.write("closed/b.yaml")
        folder.shell("chmod 0 a.yaml closed")
        let files = try folder.project().manifests()
        #expect(files.diagnostics.map(\.subject) == ["a.yaml", "closed"])
        folder.shell("chmod 700 closed")
    }

    @Test("sizes and numbers are refused before reading")
    func limits() throws {
        let folder = Folder()
        folder.write("muster.yaml")
        folder.shell("truncate -s 1G big.yaml; touch c.yaml d.yaml")
        #expect(try folder.project().manifests().diagnostics.map(\.code) == ["E116"])
        var limits = Limits()
        limits.files = 2
        let files = try folder.project().manifests(limits: limits)
        #expect(files.files.count == 2)
        #expect(files.diagnostics.map(\.code) == ["E116", "E116"])
    }

    @Test(
        "patterns fit names, folders and depths",
        arguments: [
            ("drafts/**", "drafts/a/b.yaml", true), ("drafts/**", "x/drafts/b.yaml", false),
            ("drafts/", "drafts/b.yaml", true), ("*.yml", "a/b.yml", true),
            ("a/*.yaml", "a/b.yaml", true), ("a/*.yaml", "a/b/c.yaml", false),
            ("a/**/c.yaml", "a/c.yaml", true), ("a/**/c.yaml", "a/b/b/c.yaml", true),
            ("?.yaml", "é.yaml", true), ("?.yaml", "ab.yaml", false), ("**", "a.yaml", true),
            ("**/x", "x/a.yaml", true), ("", "a.yaml", false), ("/a.yaml", "b/a.yaml", false),
            ("a*b*c", "aXbYbZc", true),
        ])
    func globs(pattern: String, path: String, fits: Bool) {
        #expect(Glob(pattern).matches(path) == fits)
    }

    @Test("a commit has the manifests that its folder had")
    func revisions() throws {
        let folder = Folder()
        let outside = folder.path + "/x.yaml"
        #expect(GitRepository.headCommit(of: folder.path) == nil)
        #expect(!GitRepository.isTracked(outside))
        for name in [
            "p/muster.yaml", "p/é b.yaml", "p/q/muster.yaml", "p/.h/x.yaml", "p/drafts/x.yaml",
        ] {
            folder.write(name)
        }
        folder.shell("ln -s ../../x.yaml p/out.yaml; git init -q . && git add -A")
        folder.shell("git -c user.name=t -c user.email=t@t.example commit -qm x >/dev/null")
        folder.write("p/muster.yaml", "changed: yes\n")
        let project = try ProjectFolder.containing(folder.path + "/p").get()
        let revision = try GitRevision.named("HEAD", of: project).get()
        let files = try revision.manifests(ignore: ["drafts/**"]).get()
        #expect(files.files.map(\.path) == ["muster.yaml", "é b.yaml"])
        #expect(files.files[0].bytes == Array("a: b\n".utf8))
        #expect(files.diagnostics.map(\.subject) == ["out.yaml"])
        #expect(GitRepository.headCommit(of: project.root) == revision.commit)
        #expect(GitRepository.isTracked(folder.path + "/p/muster.yaml"))
        #expect(!GitRepository.isTracked(outside))
        #expect(throws: GitRepository.Failure.unknownRevision("--help")) {
            try GitRevision.named("--help", of: project).get()
        }
    }
}
