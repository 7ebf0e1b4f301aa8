import FoundationEssentials
import Glibc
import Support

/// A project in a folder of its own, with the built programs to run on it.
final class Site: Sendable {
    /// Where its store is.
    enum Engine: String, CaseIterable {
        case embedded, server

        /// Those that are at hand.
        static var all: [Engine] { PostgresServer.isThere ? allCases : [.embedded] }
    }

    let folder = TemporaryFolder()
    private let engine: [String: String]

    /// - Parameters:
    ///   - people: Who is declared in production.
    ///   - settings: More lines of `muster.yaml`.
    init(
        people: [String] = ["ann"], settings: String = "", on engine: Engine = .embedded
    ) throws {
        switch engine {
        case .embedded: self.engine = [:]
        case .server:
            self.engine = [
                "MUSTER_STORE": PostgresServer.newStore(),
                "MUSTER_INVITATION_KEY": String(repeating: "0123456789abcdef", count: 4),
            ]
        }
        try writeProject(settings)
        try write(
            "access.yaml",
            """
            kind: Role
            name: access_read
            title: Read access
            ---
            kind: Tenant
            name: production
            title: Production
            availableRoles: [access_read]
            """)
        for name in people { try declare(name) }
        try apply()
    }

    /// - Parameter settings: More lines of `muster.yaml`.
    func writeProject(_ settings: String = "", expireAfter: String = "7d") throws {
        try write(
            "muster.yaml",
            """
            kind: Project
            name: acme-access
            invitations:
              acceptURL: https://access.acme.example/accept
              expireAfter: \(expireAfter)
            guards: { minDelegatedAdmins: 1 }
            \(settings)
            """)
    }

    func declare(_ name: String) throws {
        try write(
            name + ".yaml",
            """
            kind: Admin
            email: \(name)@acme.example
            firstName: \(name)
            lastName: Bee
            mobile: "+31612345678"
            memberships:
              - { tenant: production, permissions: [invite_admins], roles: [access_read] }
            """)
    }

    func apply() throws {
        let applied = try muster("apply", "--operator", "--yes", "--no-deliver")
        guard applied.exit == 0 || applied.exit == 5 else { throw Failure(applied.err) }
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
        init(_ text: String) { description = text }
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder.path + "/" + name))
    }

    var store: String { folder.path + "/.muster/store.db" }

    func storeBytes() throws -> Data { try Data(contentsOf: URL(filePath: store)) }

    /// The token of a new link.
    func token(of name: String = "ann") throws -> String {
        let sent = try muster(
            "invitation", "resend", name + "@acme.example", "--operator", "--show-link",
            "--no-deliver")
        guard let token = sent.out.split(separator: "/").last else { throw Failure(sent.err) }
        return token.filter { !$0.isWhitespace }
    }

    func muster(_ words: String...) throws -> (exit: Int32, out: String, err: String) {
        let child = try Child(
            "muster", ["-C", folder.path] + words, below: folder.path, environment: engine)
        let exit = child.wait()
        return (exit, child.out, child.err)
    }

    func serve(_ words: String..., environment: [String: String] = [:]) throws -> Child {
        try Child(
            "muster", ["-C", folder.path, "serve", "--listen", "127.0.0.1:0"] + words,
            below: folder.path, environment: engine.merging(environment) { $1 })
    }
}

/// A built program that runs. It is killed when nobody holds it any more.
final class Child: Sendable {
    let process: pid_t
    private let files: String

    static let programs: String = {
        // The test's own bundle lies beside the programs.
        var path = ProcessInfo.processInfo.arguments[0]
        while !path.isEmpty, access(path + "/muster", X_OK) != 0 || path.hasSuffix("Sources") {
            guard let slash = path.lastIndex(of: "/") else { return "" }
            path = String(path[..<slash])
        }
        return path
    }()

    init(
        _ program: String, _ words: [String], below folder: String, environment: [String: String]
    ) throws {
        files = folder + "/child-" + String(UInt64.random(in: 0 ... .max), radix: 16)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let create = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, files + ".out", create, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, files + ".err", create, 0o600)
        let path = program.hasPrefix("/") ? program : Self.programs + "/" + program
        let arguments = ([path] + words).map { strdup($0) }
        let variables = (["PATH": "/usr/bin:/bin", "HOME": folder].merging(environment) { $1 })
            .map { strdup("\($0.key)=\($0.value)") }
        defer { (arguments + variables).forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawn(
            &process, path, &actions, nil, arguments + [nil], variables + [nil])
        guard code == 0 else { throw Site.Failure("\(path): \(String(cString: strerror(code)))") }
        self.process = process
    }

    deinit {
        // It may have ended and been waited for; then there is nothing left to kill.
        if waitpid(process, nil, WNOHANG) == 0 {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    var out: String { text(".out") }
    var err: String { text(".err") }

    private func text(_ suffix: String) -> String {
        let data = (try? Data(contentsOf: URL(filePath: files + suffix))) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    /// Its exit code; a signal's number and 128 when one ended it.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// The most memory that it held.
    var megabytes: Int {
        get throws {
            let status = try String(
                decoding: Data(contentsOf: URL(filePath: "/proc/\(process)/status")), as: UTF8.self)
            let peak = status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) }
            guard let peak else { throw Site.Failure("it has ended") }
            return peak / 1_024
        }
    }

    func interrupt(_ signal: Int32 = SIGTERM) { kill(process, signal) }

    /// Where it listens, once it does.
    func url() async throws -> String {
        for _ in 0..<600 {
            if let url = err.firstMatch(of: /listening url=(\S+)/) { return String(url.1) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Site.Failure("it does not listen: \(err)")
    }
}

/// A connection on which anything can be said.
final class Wire: Sendable {
    private let descriptor: Int32

    init(to url: String) throws {
        guard let port = url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Site.Failure("\(url) names no port")
        }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size) == 0
            }
        }
        guard isConnected else { throw Site.Failure("\(url) does not answer") }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
            socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// `false` when the other side has gone.
    @discardableResult
    func say(_ text: String) -> Bool { say(Array(text.utf8)) }

    @discardableResult
    func say(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// All that comes until the other side closes.
    func hear() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer.prefix(count)
        }
    }
}
