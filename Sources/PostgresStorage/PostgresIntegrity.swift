internal import SQLStorage
package import Storage

// What a server's catalogue says of a store's tables. Within a transaction.
enum PostgresIntegrity {
    /// What the server was told not to watch. It has no check of its own that needs no extension.
    static func engineFaults(_ connection: any SQLConnection) throws(SQLFailure) -> [String] {
        var faults: [String] = []
        try connection.query(
            """
            SELECT 'index ' || i.relname || ' is not valid' AS fault
            FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
            WHERE n.nspname = current_schema() AND NOT (x.indisvalid AND x.indisready)
            UNION ALL
            SELECT 'constraint ' || o.conname || ' was never validated'
            FROM pg_catalog.pg_constraint o
            JOIN pg_catalog.pg_namespace n ON n.oid = o.connamespace
            WHERE n.nspname = current_schema() AND NOT o.convalidated
            UNION ALL
            SELECT DISTINCT 'references of ' || c.relname || ' are not watched'
            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND t.tgisinternal AND t.tgenabled <> 'O'
            ORDER BY fault
            """, []
        ) { faults.append($0.text(0)) }
        return faults
    }

    /// A part of the schema: what is told of it, by its name.
    typealias Parts = [String: String]

    static func schemaFaults(
        _ connection: any SQLConnection, _ schema: Schema
    ) throws(SQLFailure) -> [IntegrityProblem] {
        let expected = columns(StoredTable.all).merging(keys(StoredTable.all)) { $1 }
            .merging(indices(schema)) { $1 }.merging(checks(schema)) { $1 }
        var found = try columns(connection)
        for (name, part) in try checks(connection) { found[name] = part }
        for (name, part) in try keys(connection) { found[name] = part }
        for (name, part) in try indices(connection) { found[name] = part }
        let gone = (StoredTable.all.map(\.name) + ["writer"]).filter { table in
            !found.keys.contains { $0.hasPrefix("column \(table).") }
        }
        var problems = gone.sorted().map { IntegrityProblem.missing("table \($0)") }
        for (name, part) in expected.sorted(by: { $0.key < $1.key })
        where found[name] != part && !gone.contains(where: { belongs(name, part, to: $0) }) {
            problems.append(found[name] == nil ? .missing(name) : .altered(name))
        }
        return problems
            + found.keys.filter { expected[$0] == nil }.sorted().map { .unexpected($0) }
    }

    private static func belongs(_ name: String, _ part: String, to table: String) -> Bool {
        name.hasPrefix("index ")
            ? part.hasPrefix("\(table) (")
            : ["column \(table).", "key \(table) (", "check \(table) ("].contains {
                name.hasPrefix($0)
            }
    }

    // MARK: - As they should be

    private static func columns(_ tables: [StoredTable]) -> Parts {
        var parts: Parts = ["column writer.run": "bigint not null"]
        for table in tables {
            for column in table.columns {
                parts["column \(table.name).\(column.name)"] =
                    (column.isNumber ? "bigint" : "text C")
                    + (column.isOptional ? "" : " not null")
            }
        }
        return parts
    }

    private static func keys(_ tables: [StoredTable]) -> Parts {
        var parts: Parts = ["key writer (run)": "p"]
        func add(_ table: StoredTable, _ columns: [String], _ kind: String, _ other: String = "") {
            let names = columns.sorted().joined(separator: ", ")
            parts["key \(table.name) (\(names))\(other.isEmpty ? "" : " of \(other)")"] = kind
        }
        for table in tables {
            add(table, table.key.map(\.name), "p")
            for column in table.columns where column.isUnique { add(table, [column.name], "u") }
            for reference in table.references {
                add(table, reference.columns, "f", reference.table)
            }
        }
        return parts
    }

    /// From the statements that make them: `CREATE [UNIQUE] INDEX name ON table (columns) …`.
    private static func indices(_ schema: Schema) -> Parts {
        var parts: Parts = [:]
        for version in schema.versions {
            for statement in version(.postgres(schema: "", patience: 0)) {
                let text = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                guard let on = text.firstRange(of: " INDEX "), text.hasPrefix("CREATE "),
                    let open = text.firstIndex(of: "("), let close = text.firstIndex(of: ")")
                else { continue }
                let words = text[on.upperBound..<open].split(separator: " ")
                guard words.count == 3, words[1] == "ON" else { continue }
                let columns = text[text.index(after: open)..<close]
                parts["index \(words[0])"] =
                    "\(words[2]) (\(columns))\(text.contains(" UNIQUE ") ? " unique" : "")"
                    + (text[close...].contains(" WHERE ") ? " in part" : "")
            }
        }
        return parts
    }

    // MARK: - As they are

    private static func columns(_ connection: any SQLConnection) throws(SQLFailure) -> Parts {
        try parts(
            connection,
            """
            SELECT 'column ' || c.relname || '.' || a.attname,
            pg_catalog.format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attcollation = 0 THEN '' ELSE ' ' || l.collname END
            || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
            WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0
            AND NOT a.attisdropped AND c.relname = ANY (\(names))
            """)
    }

    private static func keys(_ connection: any SQLConnection) throws(SQLFailure) -> Parts {
        try parts(
            connection,
            """
            SELECT 'key ' || c.relname || ' (' || (SELECT string_agg(a.attname, ', '
            ORDER BY a.attname COLLATE "C") FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum = ANY (o.conkey)) || ')'
            || coalesce(' of ' || f.relname, ''), o.contype::text
            FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_class f ON f.oid = o.confrelid
            WHERE n.nspname = current_schema() AND o.contype IN ('p', 'u', 'f')
            AND c.relname = ANY (\(names))
            """)
    }

    /// But those that a key has made.
    private static func indices(_ connection: any SQLConnection) throws(SQLFailure) -> Parts {
        try parts(
            connection,
            """
            SELECT 'index ' || i.relname, c.relname || ' (' || (SELECT string_agg(
            btrim(pg_catalog.pg_get_indexdef(i.oid, place, true), '"'), ', ' ORDER BY place)
            FROM generate_series(1, x.indnatts) AS place) || ')'
            || CASE WHEN x.indisunique THEN ' unique' ELSE '' END
            || CASE WHEN x.indpred IS NULL THEN '' ELSE ' in part' END
            FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
            JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relname = ANY (\(names))
            AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint o WHERE o.conindid = i.oid
            AND o.contype IN ('p', 'u', 'x'))
            """)
    }

    /// Words of our own: tables of others in the schema are theirs.
    static var names: String {
        let names = (StoredTable.all.map(\.name) + ["writer"]).map { "'\($0)'" }
        return "ARRAY[\(names.joined(separator: ", "))]"
    }

    static func parts(
        _ connection: any SQLConnection, _ query: String
    ) throws(SQLFailure) -> Parts {
        var parts: Parts = [:]
        try connection.query(query, []) { parts[$0.text(0)] = $0.text(1) }
        return parts
    }

    // MARK: - Numbers

    static func lastNumber(
        _ connection: any SQLConnection, _ table: String
    ) throws(SQLFailure) -> Int64 {
        try connection.first(
            """
            SELECT last_value FROM pg_catalog.pg_sequences WHERE schemaname = current_schema()
            AND format('%I.%I', schemaname, sequencename) = pg_get_serial_sequence($1, 'position')
            """, [.text(table)]
        ) { $0.integer(0) } ?? 0
    }

    static func continueAfter(
        _ number: Int64, _ connection: any SQLConnection, _ table: String
    ) throws(SQLFailure) {
        let newest = try connection.first("SELECT max(position) FROM \(table)") { $0.integer(0) }
        let last = max(number, newest ?? 0)
        guard last > 0 else { return }
        try connection.query(
            "SELECT setval(pg_get_serial_sequence($1, 'position')::regclass, $2::bigint)",
            [.text(table), .integer(last)]
        ) { _ in }
    }
}

extension PostgresStoreReader {
    /// Whatever is in the schema is looked at as far as it can be read.
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
