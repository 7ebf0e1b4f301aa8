import FoundationEssentials
import Glibc

/// A program that ran to its end.
package struct ProcessRun: Sendable {
    package var exit: Int32
    package var out: String
    package var err: String
    /// How long it kept the processor, whatever else was running, and the most memory it held.
    package var seconds: Double
    package var megabytes: Int

    package struct CannotStart: Error, CustomStringConvertible {
        var program: String
        var code: Int32
        package var description: String { "\(program) cannot be started: error \(code)" }
    }

    package struct NoProgram: Error, CustomStringConvertible {
        var path: String
        package var description: String {
            "there is no program at \(path): run `swift build`, or set MUSTER_BIN"
        }
    }

    /// `MUSTER_BIN`, else what `swift build` has made.
    package static func muster() throws -> String {
        let built = root + "/.build/debug/muster"
        let path = ProcessInfo.processInfo.environment["MUSTER_BIN"] ?? built
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw NoProgram(path: path)
        }
        return path
    }

    /// The folder of the package, without a slash at its end.
    package static let root: String = {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }()

    /// Runs a program found on `PATH`, its streams in files below `scratch`; a minute at most.
    ///
    /// A program that a signal ended has the exit 128 and the signal's number, as in a shell.
    package static func of(
        _ words: [String], in folder: String, input: String, environment: [String: String],
        scratch: String
    ) throws -> ProcessRun {
        let (stdin, stdout, stderr) = (scratch + "/in", scratch + "/out", scratch + "/err")
        try Data(input.utf8).write(to: URL(filePath: stdin))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let create = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, stdin, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, stdout, create, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, stderr, create, 0o600)

        let prefix = ["/usr/bin/env", "-C", folder, "timeout", "--kill-after=5", "60"]
        let arguments = (prefix + words).map { strdup($0) }
        let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0)=\($1)") }
        defer { (arguments + variables).forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(
            &process, prefix[0], &actions, nil, arguments + [nil], variables + [nil])
        guard code == 0 else { throw CannotStart(program: words[0], code: code) }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) == -1, errno == EINTR {}
        let signal = status & 0x7F
        return ProcessRun(
            exit: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            out: try text(of: stdout), err: try text(of: stderr),
            seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            megabytes: Int(usage.ru_maxrss) / 1_024)
    }

    /// Whether it held no more than so many megabytes, as far as that can be told: the kernel
    /// counts for a process what its parent held when it began.
    package func fits(megabytes limit: Int) -> Bool {
        var own = rusage()
        getrusage(RUSAGE_SELF.rawValue, &own)
        return megabytes <= max(limit, Int(own.ru_maxrss) / 1_024)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }

    private static func text(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
