internal import AccessModel
internal import SQLStorage

/// Functions and triggers that write down what others do to a table, and move the serial.
///
/// They are quiet while `writer` holds a row, which is so only in a transaction of Muster's own.
/// They act with their owner's rights: who may change access need not be able to write the record.
struct PostgresRecorder {
    let table: RecordedTable
    let schema: String

    /// A function and the trigger that calls it; both have the same name.
    private struct Part {
        var name: String
        var event: String
        var level: String
        var body: String
        /// `event` and `level` as the catalogue has them: the bits of `pg_trigger.tgtype`.
        var type: Int64
    }

    private var parts: [Part] {
        [
            // Before the first row is locked, so that nobody waits for each other in a circle.
            Part(
                name: "\(table.name)_turn",
                event: "BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE", level: "STATEMENT",
                body: source("PERFORM 1 FROM meta FOR UPDATE;"), type: 2 + 4 + 8 + 16 + 32),
            Part(
                name: "\(table.name)_record", event: "AFTER INSERT OR UPDATE OR DELETE",
                level: "ROW", body: source(recording), type: 1 + 4 + 8 + 16),
            Part(
                name: "\(table.name)_truncated", event: "BEFORE TRUNCATE", level: "STATEMENT",
                body: source(truncation), type: 2 + 32),
        ]
    }

    var statements: [String] {
        parts.flatMap { part in
            [
                """
                CREATE FUNCTION \(part.name)() RETURNS trigger LANGUAGE plpgsql
                SECURITY DEFINER SET search_path TO \(schema), pg_temp
                AS $muster$\(part.body)$muster$
                """,
                """
                CREATE TRIGGER \(part.name) \(part.event) ON \(table.name)
                FOR EACH \(part.level) EXECUTE FUNCTION \(part.name)()
                """,
            ]
        }
    }

    var removal: [String] {
        parts.flatMap { part in
            [
                "DROP TRIGGER IF EXISTS \(part.name) ON \(table.name)",
                "DROP FUNCTION IF EXISTS \(part.name)()",
            ]
        }
    }

    /// What of it is missing, altered or switched off, and triggers of others on a store's tables.
    static func faults(
        in connection: any SQLConnection, schema: String
    ) throws(SQLFailure) -> [RecorderFault] {
        var found: [String: [String]] = [:]
        try connection.query(
            """
            SELECT t.tgname, t.tgtype, p.prosrc, c.relname, t.tgenabled IN ('O', 'A')
            AND t.tgqual IS NULL AND t.tgattr::text = '' AND p.prosecdef
            AND p.proconfig IS NOT NULL
            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND n.nspname = current_schema()
            """, []
        ) { row in found[row.text(0)] = (1..<5).map(row.text) }
        var faults: [RecorderFault] = []
        for table in RecordedTable.all {
            for part in PostgresRecorder(table: table, schema: schema).parts {
                let made = [String(part.type), part.body, table.name, "t"]
                guard let there = found.removeValue(forKey: part.name) else {
                    faults.append(.missing(part.name))
                    continue
                }
                if there != made { faults.append(.altered(part.name)) }
            }
        }
        return faults + found.keys.sorted().map { .unknown($0) }
    }

    private func source(_ body: String) -> String {
        """

        BEGIN
          IF EXISTS (SELECT 1 FROM writer) THEN RETURN NULL; END IF;
          \(body)
          RETURN NULL;
        END
        """
    }

    private var recording: String {
        """
        IF TG_OP = 'UPDATE' AND \(same) THEN
            \(record("update", key: "NEW", before: "OLD", after: "NEW"));
          ELSE
            IF TG_OP <> 'INSERT' THEN
              \(record("delete", key: "OLD", before: "OLD", after: nil));
            END IF;
            IF TG_OP <> 'DELETE' THEN
              \(record("insert", key: "NEW", before: nil, after: "NEW"));
            END IF;
          END IF;
          \(moveSerial)
        """
    }

    /// Once in a transaction: a serial that moved for each of a million rows would leave a million
    /// versions of its row.
    private let moveSerial = """
        UPDATE meta SET serial = serial + 1 WHERE xmin <> pg_current_xact_id()::xid;
        """

    private var truncation: String {
        """
        \(record("delete", key: "gone", before: "gone", after: nil)) FROM \(table.name) AS gone;
          IF FOUND THEN
            \(moveSerial)
          END IF;
        """
    }

    private var same: String {
        table.key.map { "OLD.\($0) = NEW.\($0)" }.joined(separator: " AND ")
    }

    private func record(
        _ operation: String, key row: String, before: String?, after: String?
    ) -> String {
        let names = (0..<3).map { $0 < table.key.count ? "\(row).\(table.key[$0])" : "''" }
        return """
            INSERT INTO foreign_changes
            (kind, first, second, third, operation, before, after, at, who)
            SELECT '\(table.kind.rawValue)', \(names.joined(separator: ", ")), '\(operation)',
            \(fields(before)), \(fields(after)),
            to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            session_user || coalesce(
            ' (' || nullif(current_setting('application_name', true), '') || ')', '')
            """
    }

    /// The same JSON, to the byte, as SQLite's triggers write.
    private func fields(_ row: String?) -> String {
        guard let row else { return "NULL" }
        let pairs = table.columns.map { column in
            let value = "\(row).\(column.name)"
            let json =
                column.isFlag
                ? "CASE \(value) WHEN 0 THEN '\"false\"' ELSE '\"true\"' END"
                : "coalesce(to_json(\(value))::text, 'null')"
            return "'\"\(column.field)\":' || \(json)"
        }
        return pairs.isEmpty ? "'{}'" : "'{' || \(pairs.joined(separator: " || ',' || ")) || '}'"
    }
}
