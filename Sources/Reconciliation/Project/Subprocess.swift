import Glibc

/// A program that runs to its end, without a shell and with an environment of its own.
enum Subprocess {
    struct Output {
        var exit: Int32
        var output: [UInt8]
        var errors: [UInt8]
    }

    /// What git needs to find itself, its configuration and a repository; no more is passed on.
    private static let inherited = [
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE",
        "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    ]

    /// Runs `arguments`, the first of which is looked up in `PATH`. `nil` when it cannot be
    /// started; a program that a signal ended has exit 128 and more.
    static func run(_ arguments: [String], input: [UInt8] = []) -> Output? {
        guard var pipes = Pipes() else { return nil }
        defer { pipes.close() }
        guard let process = spawn(arguments, pipes) else { return nil }
        pipes.closeTheirs()
        let (output, errors) = pipes.exchange(input)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return nil }
        }
        let signal = status & 0x7F
        let exit = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        return Output(exit: exit, output: output, errors: errors)
    }

    private static func spawn(_ arguments: [String], _ pipes: Pipes) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes.input.theirs, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes.output.theirs, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes.errors.theirs, 2)
        let environment =
            inherited.compactMap { name in
                getenv(name).map { name + "=" + String(cString: $0) }
            } + ["LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"]
        var argv = arguments.map { strdup($0) } + [nil]
        var envp = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, nil, &argv, &envp)
        return code == 0 ? process : nil
    }
}

/// Socket pairs to a child's three streams: writing to one never raises SIGPIPE.
private struct Pipes {
    struct Ends {
        var ours: Int32
        var theirs: Int32
    }

    private(set) var input: Ends
    private(set) var output: Ends
    private(set) var errors: Ends

    init?() {
        guard let input = Self.pair() else { return nil }
        self.input = input
        output = Ends(ours: -1, theirs: -1)
        errors = output
        guard let output = Self.pair(), let errors = Self.pair() else {
            close()
            return nil
        }
        self.output = output
        self.errors = errors
    }

    private static func pair() -> Ends? {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return nil }
        // Above the standard streams, which may be closed: dup2 onto itself would keep CLOEXEC.
        let raised = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
        ends.forEach { _ = Glibc.close($0) }
        return raised.contains(-1) ? nil : Ends(ours: raised[0], theirs: raised[1])
    }

    mutating func closeTheirs() {
        Self.close(&input.theirs)
        Self.close(&output.theirs)
        Self.close(&errors.theirs)
    }

    mutating func close() {
        closeTheirs()
        Self.close(&input.ours)
        Self.close(&output.ours)
        Self.close(&errors.ours)
    }

    private static func close(_ descriptor: inout Int32) {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Writes all input while reading both outputs to their ends.
    mutating func exchange(_ bytes: [UInt8]) -> (output: [UInt8], errors: [UInt8]) {
        var (written, texts) = (0, [[UInt8](), [UInt8]()])
        var isOpen = [true, true]
        if bytes.isEmpty { Self.close(&input.ours) }
        while isOpen.contains(true) {
            var waits = [
                pollfd(fd: input.ours, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: isOpen[0] ? output.ours : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen[1] ? errors.ours : -1, events: Int16(POLLIN), revents: 0),
            ]
            if poll(&waits, 3, -1) < 0 {
                if errno == EINTR { continue }
                break
            }
            if waits[0].revents != 0 {
                let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                let sent = bytes[written...].withUnsafeBytes {
                    send(input.ours, $0.baseAddress, $0.count, flags)
                }
                if sent > 0 { written += sent }
                let isFailure = sent < 0 && errno != EINTR && errno != EAGAIN
                if written == bytes.count || isFailure { Self.close(&input.ours) }
            }
            for (index, end) in [output, errors].enumerated() where waits[index + 1].revents != 0 {
                isOpen[index] = Self.receive(end.ours, into: &texts[index])
            }
        }
        return (texts[0], texts[1])
    }

    /// False at the end.
    private static func receive(_ descriptor: Int32, into text: inout [UInt8]) -> Bool {
        var got = 0
        let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            got = read(descriptor, buffer.baseAddress, buffer.count)
            count = max(got, 0)
        }
        text += part
        return got > 0 || (got < 0 && errno == EINTR)
    }
}
