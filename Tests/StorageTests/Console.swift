import Glibc
import Storage
import Support

struct ConsoleFailure: Error {}

/// Somebody else at the store, with the engine's own shell, which knows nothing of Muster.
extension Subject {
    /// - Parameters:
    ///   - unchecked: Not even foreign keys are checked, as SQLite's shell never does.
    ///   - mark: A file; once it is there, the shell is left to itself.
    func console(_ sql: String, unchecked: Bool = false, until mark: String? = nil) throws {
        guard kind != .sqlite else { return try StorageTests.console(path, sql, until: mark) }
        let input = folder + "/console.sql"
        let role = unchecked ? "SET session_replication_role TO replica;" : ""
        write("SET search_path TO \(schema); \(role)\n\(sql)", to: input)
        try shell(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", input, server], until: mark)
    }

    /// The rows of an answer, as the shell prints them.
    func rows(_ query: String) throws -> [String] {
        let output = folder + "/rows"
        switch kind {
        case .memory: return []
        case .sqlite:
            try console(".separator \u{1F}\n.nullvalue NULL\n.output \(output)\n\(query);")
        case .postgres, .pooled:
            try console(
                "\\pset format unaligned\n\\pset tuples_only\n\\pset fieldsep '\u{1F}'\n"
                    + "\\pset null NULL\n\\o \(output)\n\(query);")
        }
        return String(decoding: bytes(output), as: UTF8.self).split(separator: "\n")
            .map { String($0) }
    }

    // MARK: - A server's

    /// The server's address for others: without a schema, without a name for the program, and not
    /// by way of a pooler, which would hand what they set on to somebody else.
    var server: String {
        kind == .postgres ? Self.split(url, "&schema=").0 : PostgresServer.direct
    }

    func server(as role: String) -> String {
        let (front, back) = Self.split(server, "muster@")
        return front + role + "@" + back
    }

    func url(as role: String) -> String {
        server(as: role) + "&schema=" + Self.split(url, "&schema=").1
    }

    /// The store's schema; its sessions have the same name.
    var schema: String { Self.split(url, "application_name=").1 }

    /// Ends every session of the store, wherever it is.
    func endSessions() throws {
        try shell([
            "psql", "-qX", "-o", "/dev/null", server, "-c",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE application_name = '\(schema)'",
        ])
    }

    private static func split(_ text: String, _ separator: String) -> (String, String) {
        guard let range = text.firstRange(of: separator) else { return (text, "") }
        return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
    }
}

func console(_ path: String, _ sql: String, until mark: String? = nil) throws {
    let input = path + ".sql"
    write(sql, to: input)
    defer { if mark == nil { unlink(input) } }
    try shell(["sqlite3", "-bail", path, ".read \(input)"], until: mark)
}

func shell(_ arguments: [String], until mark: String? = nil) throws {
    let process = try begin(arguments)
    if let mark {
        while access(mark, F_OK) != 0 { usleep(5_000) }
        return
    }
    var status: Int32 = 0
    guard waitpid(process, &status, 0) == process, status == 0 else { throw ConsoleFailure() }
}

/// A program that nobody waits for yet.
func begin(_ arguments: [String]) throws -> pid_t {
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var quiet = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&quiet)
    defer { posix_spawn_file_actions_destroy(&quiet) }
    for stream: Int32 in [1, 2] {
        posix_spawn_file_actions_addopen(&quiet, stream, "/dev/null", O_WRONLY, 0)
    }
    var process: pid_t = 0
    guard posix_spawnp(&process, arguments[0], &quiet, nil, &pointers, environ) == 0 else {
        throw ConsoleFailure()
    }
    return process
}

extension Subject {
    /// Statements that nothing writes down, refuses or follows; the recorder is there before and
    /// afterwards, as it was.
    func unwatched(_ sql: String) throws {
        guard kind == .sqlite else {
            return try console("\(sql);", unchecked: true)
        }
        try console(
            """
            .output \(folder)/triggers.sql
            SELECT sql || ';' FROM sqlite_master WHERE type = 'trigger';
            .output
            """)
        try console(
            """
            PRAGMA synchronous = OFF;
            .output \(folder)/drops.sql
            SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger';
            .output
            .read \(folder)/drops.sql
            \(sql);
            .read \(folder)/triggers.sql
            """)
    }
}

func unlinkFile(_ path: String) { unlink(path) }
