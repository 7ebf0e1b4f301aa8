import Glibc

/// What one run of a program cost. Seconds and bytes.
struct Cost {
    var wall = 0.0
    /// In the user's code and in the system's.
    var processor = 0.0
    var memory = 0.0
    var exit: Int32 = 0
}

/// Why nothing could be measured.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A program to run in a folder, its output thrown away.
struct Run {
    var program: String
    var arguments: [String]
    var folder: String

    init(_ program: String, _ arguments: [String], in folder: String = ".") {
        self.program = program
        self.arguments = arguments
        self.folder = folder
    }

    func succeeded() -> Bool { cost().exit == 0 }

    /// Runs it once.
    func cost() -> Cost {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var process: pid_t = 0
        let home = open(".", O_RDONLY)
        defer {
            fchdir(home)
            close(home)
        }
        guard chdir(folder) == 0 else { return Cost(exit: 127) }
        let start = now()
        guard posix_spawnp(&process, program, &actions, nil, &argv, environ) == 0 else {
            return Cost(exit: 127)
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        return Cost(
            wall: now() - start, processor: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            memory: Double(usage.ru_maxrss) * 1024,
            exit: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
    }

    /// The medians of several runs, each after `prepare`. `nil` when one of them failed.
    func median(of times: Int, before prepare: () -> Void = {}) -> Cost? {
        var costs: [Cost] = []
        for _ in 0..<times {
            prepare()
            let cost = cost()
            guard cost.exit == 0 else {
                note("`\(program) \(arguments.joined(separator: " "))` ended with \(cost.exit).")
                return nil
            }
            costs.append(cost)
        }
        func middle(_ figure: (Cost) -> Double) -> Double {
            costs.map(figure).sorted()[costs.count / 2]
        }
        return Cost(
            wall: middle(\.wall), processor: middle(\.processor), memory: middle(\.memory))
    }
}

private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
}
