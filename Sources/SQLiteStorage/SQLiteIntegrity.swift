internal import SQLStorage
package import Storage

// What SQLite says of its own file, and whether the file has the parts that a schema makes.
enum SQLiteIntegrity {
    static func engineFaults(_ connection: any SQLConnection) throws(SQLFailure) -> [String] {
        var faults: [String] = []
        try connection.query("PRAGMA integrity_check(\(IntegrityReport.Finding.limit))", []) {
            let text = $0.text(0)
            if text != "ok" { faults.append(text) }
        }
        try connection.query("PRAGMA foreign_key_check", []) { row in
            faults.append("a row of \(row.text(0)) refers to a missing row of \(row.text(2))")
        }
        return faults
    }

    /// The file keeps the text of every statement that made a part of it, so the parts are those
    /// of a new store, to the byte, or somebody else made them.
    static func schemaFaults(
        _ connection: any SQLConnection, _ schema: Schema
    ) throws(SQLFailure) -> [IntegrityProblem] {
        let made = try SQLiteConnection(path: ":memory:", .memory)
        try schema.make(in: made, .sqlite)
        let (expected, found) = (try parts(of: made), try parts(of: connection))
        let columns = (try columns(of: made), try columns(of: connection))
        var problems: [IntegrityProblem] = []
        for (name, part) in expected.sorted(by: { $0.key < $1.key }) {
            // A table that is gone has taken its indices along, or given them to another.
            let table = "table \(part.table)"
            guard name == table || found[table] != nil else { continue }
            guard let there = found[name] else {
                problems.append(.missing(name))
                continue
            }
            guard there != part else { continue }
            let named = difference(
                columns.0[part.table] ?? [], columns.1[part.table] ?? [],
                CheckedColumns.all(in: part.text ?? ""), CheckedColumns.all(in: there.text ?? ""))
            problems += named.isEmpty ? [.altered(name)] : named
        }
        let tables = Set(expected.values.map(\.table))
        for (name, part) in found.sorted(by: { $0.key < $1.key })
        where expected[name] == nil && tables.contains(part.table) {
            problems.append(.unexpected(name))
        }
        return problems
    }

    /// What became of a table, as far as it can be named.
    private static func difference(
        _ expected: [String], _ found: [String], _ checks: [String: [String]],
        _ there: [String: [String]]
    ) -> [IntegrityProblem] {
        let lost = expected.filter { !found.contains($0) }.map { IntegrityProblem.missing($0) }
        let gained = found.filter { !expected.contains($0) }
        guard lost.isEmpty, gained.isEmpty else { return lost + gained.map { .unexpected($0) } }
        let known: [IntegrityProblem] = checks.sorted { $0.key < $1.key }
            .compactMap { name, values in
                guard let others = there[name] else { return .missing(name) }
                return others == values ? nil : .altered(name)
            }
        return known + there.keys.filter { checks[$0] == nil }.sorted().map { .unexpected($0) }
    }

    /// `column table.name`, by table.
    private static func columns(
        of connection: any SQLConnection
    ) throws(SQLFailure) -> [String: [String]] {
        var columns: [String: [String]] = [:]
        try connection.query(
            """
            SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c
            WHERE t.type = 'table'
            """, []
        ) { row in
            columns[row.text(0), default: []].append("column \(row.text(0)).\(row.text(1))")
        }
        return columns
    }

    private struct Part: Hashable {
        var table: String
        var text: String?
    }

    /// Tables, indices and views by kind and name; the recorder looks after triggers.
    private static func parts(
        of connection: any SQLConnection
    ) throws(SQLFailure) -> [String: Part] {
        var parts: [String: Part] = [:]
        try connection.query(
            """
            SELECT type, name, tbl_name, sql FROM sqlite_master
            WHERE type <> 'trigger' AND tbl_name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'
            """, []
        ) { row in
            parts["\(row.text(0)) \(row.text(1))"] = Part(
                table: row.text(2), text: row.optionalText(3))
        }
        return parts
    }

    static func lastNumber(
        _ connection: any SQLConnection, _ table: String
    ) throws(SQLFailure) -> Int64 {
        try connection.first("SELECT seq FROM sqlite_sequence WHERE name = $1", [.text(table)]) {
            $0.integer(0)
        } ?? 0
    }

    static func continueAfter(
        _ number: Int64, _ connection: any SQLConnection, _ table: String
    ) throws(SQLFailure) {
        guard try lastNumber(connection, table) < number else { return }
        try connection.run("DELETE FROM sqlite_sequence WHERE name = $1", [.text(table)])
        try connection.run(
            "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
            [.text(table), .integer(number)])
    }
}

extension SQLiteStoreReader {
    /// Whatever lies at the path is looked at as far as it can be read.
    ///
    /// - Throws: where there is nothing to look at, or it is not this program's to judge.
    package func check(expecting head: String?) throws(StoreError) -> IntegrityReport {
        do {
            return try handle.checked { (session) throws(SQLFailure) in
                try session.check(expecting: head)
            }
        } catch {
            switch error {
            case .damaged(_, let reason), .notAStore(_, let reason):
                return IntegrityReport(unreadable: [reason])
            case .absent, .unreachable, .newer, .insecure, .trackedByGit, .taken, .locked,
                .readOnly, .full, .stale, .outcomeUnknown, .clock, .failed:
                throw error
            }
        }
    }
}
