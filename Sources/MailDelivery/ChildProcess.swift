internal import Glibc

/// A program that is given its input and a time to end in.
enum ChildProcess {
    struct Ending {
        enum Cause: Hashable { case exit(Int32), signal(Int32), timeout }

        var cause: Cause
        /// The beginning of what it said on its outputs.
        var errors: [UInt8]
    }

    private static let errorLimit = 4096

    /// Starts it by its path, without a shell and without variables of Muster's own.
    static func run(
        _ arguments: [String], input: [UInt8], seconds: Int64
    ) throws(SystemError) -> Ending {
        var ends: [Int32] = [-1, -1]
        // A socket: writing to it never raises SIGPIPE.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw SystemError()
        }
        // Above the standard streams, which may be closed: dup2 onto itself would keep CLOEXEC.
        let raised = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
        ends.forEach { _ = close($0) }
        let (ours, theirs) = (raised[0], raised[1])
        defer { if ours >= 0 { close(ours) } }
        let process: pid_t
        do throws(SystemError) {
            defer { if theirs >= 0 { close(theirs) } }
            guard ours >= 0, theirs >= 0 else { throw SystemError() }
            process = try spawn(arguments, on: theirs)
        } catch {
            throw error
        }
        let deadline = now() + seconds * 1_000
        let errors = exchange(input, with: ours, until: deadline)
        return Ending(cause: wait(for: process, until: deadline), errors: errors)
    }

    private static func spawn(_ arguments: [String], on stream: Int32) throws(SystemError) -> pid_t
    {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for standard in 0...2 as ClosedRange<Int32> {
            posix_spawn_file_actions_adddup2(&actions, stream, standard)
        }
        var argv = arguments.map { strdup($0) } + [nil]
        var envp = environment().map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, arguments[0], &actions, nil, &argv, &envp)
        guard code == 0 else { throw SystemError(code) }
        return process
    }

    private static func environment() -> [String] {
        var variables: [String] = []
        var next = environ
        while let variable = next.pointee {
            let text = String(cString: variable)
            if !text.hasPrefix("MUSTER_") { variables.append(text) }
            next += 1
        }
        return variables
    }

    /// Writes the input while reading what comes; back at the stream's end, or when time is up.
    private static func exchange(
        _ input: [UInt8], with stream: Int32, until deadline: Int64
    ) -> [UInt8] {
        var (written, output): (Int, [UInt8]) = (0, [])
        var part = [UInt8](repeating: 0, count: 4096)
        var isWriting = true
        while true {
            if isWriting, written == input.count {
                shutdown(stream, Int32(SHUT_WR))
                isWriting = false
            }
            let left = deadline - now()
            guard left > 0 else { return output }
            let events = Int16(POLLIN) | (isWriting ? Int16(POLLOUT) : 0)
            var wait = pollfd(fd: stream, events: events, revents: 0)
            guard poll(&wait, 1, Int32(clamping: left)) > 0 else { continue }
            if isWriting, wait.revents & Int16(POLLOUT) != 0 {
                let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                let sent = input[written...].withUnsafeBytes {
                    send(stream, $0.baseAddress, $0.count, flags)
                }
                if sent > 0 {
                    written += sent
                } else if errno != EINTR && errno != EAGAIN {
                    isWriting = false
                }
            }
            guard wait.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 else { continue }
            let count = recv(stream, &part, part.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                output += part[..<count].prefix(errorLimit - output.count)
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                return output
            }
        }
    }

    /// Ends it when time is up.
    private static func wait(for process: pid_t, until deadline: Int64) -> Ending.Cause {
        var status: Int32 = 0
        var isLate = false
        while true {
            let found = waitpid(process, &status, isLate ? 0 : WNOHANG)
            if found == process { break }
            if found < 0, errno != EINTR { return .exit(127) }
            if now() >= deadline, !isLate {
                isLate = true
                kill(process, SIGKILL)
            } else if !isLate {
                poll(nil, 0, 10)
            }
        }
        if isLate { return .timeout }
        let signal = status & 0x7F
        return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
    }

    /// Milliseconds of a clock that nobody sets.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
