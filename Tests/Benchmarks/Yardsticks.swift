import ArgumentParser
import CLibYAML
import CSQLite
import Glibc

/// The floor of any reader on one thread: libyaml's events of all the files, thrown away.
struct Scan: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Parses every manifest below a folder into events.", shouldDisplay: false)

    @Argument var folder: String

    func run() {
        var events = 0
        for path in files(below: folder, endingWith: ".yaml") {
            bytes(of: path).withUnsafeBufferPointer { events += count(of: $0) }
        }
        print(events)
    }

    private func count(of text: UnsafeBufferPointer<UInt8>) -> Int {
        var parser = yaml_parser_t()
        var event = yaml_event_t()
        yaml_parser_initialize(&parser)
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_input_string(&parser, text.baseAddress, text.count)
        var count = 0
        while yaml_parser_parse(&parser, &event) == 1 {
            count += 1
            let isLast = event.type == YAML_STREAM_END_EVENT
            yaml_event_delete(&event)
            if isLast { break }
        }
        return count
    }
}

/// The floor of any first apply: SQLite copies the rows of a store, one prepared statement for each
/// table, in one transaction; no triggers.
struct Insert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Inserts the rows of a SQLite store into a new file.", shouldDisplay: false)

    @Argument var store: String
    @Argument var copy: String

    func run() throws {
        unlink(copy)
        var source: OpaquePointer?
        var target: OpaquePointer?
        sqlite3_open_v2(store, &source, SQLITE_OPEN_READONLY, nil)
        sqlite3_open(copy, &target)
        defer {
            sqlite3_close(source)
            sqlite3_close(target)
        }
        sqlite3_exec(target, "PRAGMA journal_mode=WAL; BEGIN", nil, nil, nil)
        for (name, kind, definition) in schema(of: source) {
            guard sqlite3_exec(target, definition, nil, nil, nil) == SQLITE_OK else {
                throw Failure("\(name): \(String(cString: sqlite3_errmsg(target)))")
            }
            if kind == "table" { insert(into: name, of: target, from: source) }
        }
        guard sqlite3_exec(target, "COMMIT", nil, nil, nil) == SQLITE_OK else {
            throw Failure(String(cString: sqlite3_errmsg(target)))
        }
    }

    /// Tables first, then indexes.
    private func schema(of source: OpaquePointer?) -> [(String, String, String)] {
        var found: [(String, String, String)] = []
        let statement = prepared(
            "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'index') "
                + "AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
            source)
        defer { sqlite3_finalize(statement) }
        func text(_ column: Int32) -> String {
            String(cString: sqlite3_column_text(statement, column))
        }
        while sqlite3_step(statement) == SQLITE_ROW { found.append((text(0), text(1), text(2))) }
        return found
    }

    private func insert(
        into table: String, of target: OpaquePointer?, from source: OpaquePointer?
    ) {
        let reading = prepared("SELECT * FROM \"\(table)\"", source)
        defer { sqlite3_finalize(reading) }
        let columns = sqlite3_column_count(reading)
        let places = Array(repeating: "?", count: Int(columns)).joined(separator: ", ")
        let writing = prepared("INSERT INTO \"\(table)\" VALUES (\(places))", target)
        defer { sqlite3_finalize(writing) }
        while sqlite3_step(reading) == SQLITE_ROW {
            for column in 0..<columns {
                sqlite3_bind_value(writing, column + 1, sqlite3_column_value(reading, column))
            }
            sqlite3_step(writing)
            sqlite3_reset(writing)
        }
    }

    private func prepared(_ sql: String, _ handle: OpaquePointer?) -> OpaquePointer? {
        var statement: OpaquePointer?
        sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        return statement
    }
}
