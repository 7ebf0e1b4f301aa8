internal import AccessModel
package import SQLStorage

extension SQLDialect {
    /// SQLite 3.37 and later: strict types, tables in the order of their keys.
    package static let sqlite = SQLDialect(
        text: "TEXT", integer: "INTEGER", numberedKey: "INTEGER PRIMARY KEY AUTOINCREMENT",
        keyedTable: "STRICT, WITHOUT ROWID", table: "STRICT", beginReading: "BEGIN",
        beginWriting: "BEGIN IMMEDIATE", prologue: "PRAGMA application_id = \(applicationID)",
        movesSerialForEachRow: true,
        recorder: { SQLiteRecorder(table: $0).triggers },
        recorderRemoval: { table in
            SQLiteRecorder(table: table).named.map { "DROP TRIGGER IF EXISTS \($0.name)" }
        },
        recorderFaults: { (connection) throws(SQLFailure) in
            var found: [String: String] = [:]
            try connection.query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", []) {
                found[$0.text(0)] = $0.text(1)
            }
            return SQLiteRecorder.faults(in: found)
        },
        engineFaults: SQLiteIntegrity.engineFaults, schemaFaults: SQLiteIntegrity.schemaFaults,
        lastNumber: SQLiteIntegrity.lastNumber, continueAfter: SQLiteIntegrity.continueAfter)

    /// `Mstr`, at offset 68 of the file: tells a store from other databases.
    static let applicationID: Int64 = 0x4D73_7472
}

/// Triggers that write down what others do to a table, and move the serial.
///
/// They are quiet while `writer` holds a row, which is so only in a transaction of Muster's own.
private struct SQLiteRecorder {
    let table: RecordedTable

    var triggers: [String] {
        [
            trigger("INSERT", when: nil, [record("insert", key: "NEW", before: nil, after: "NEW")]),
            trigger("DELETE", when: nil, [record("delete", key: "OLD", before: "OLD", after: nil)]),
            trigger(
                "UPDATE", when: same,
                [record("update", key: "NEW", before: "OLD", after: "NEW")]),
            trigger(
                "UPDATE", when: "NOT (\(same))", suffix: "_key",
                [
                    record("delete", key: "OLD", before: "OLD", after: nil),
                    record("insert", key: "NEW", before: nil, after: "NEW"),
                ]),
        ] + guards
    }

    /// By their names.
    var named: [(name: String, text: String)] {
        triggers.map { text in
            (String(text.split(separator: " ", maxSplits: 3)[2]), text)
        }
    }

    /// - Parameter triggers: Those of the file, by name: the engine keeps their text as it was.
    static func faults(in triggers: [String: String]) -> [RecorderFault] {
        let made = RecordedTable.all.flatMap { SQLiteRecorder(table: $0).named }
        let names = Set(made.map(\.name))
        return made.compactMap { name, text in
            guard let found = triggers[name] else { return .missing(name) }
            return found == text ? nil : .altered(name)
        } + triggers.keys.filter { !names.contains($0) }.sorted().map { .unknown($0) }
    }

    private var same: String {
        table.key.map { "OLD.\($0) IS NEW.\($0)" }.joined(separator: " AND ")
    }

    private func trigger(
        _ event: String, when condition: String?, suffix: String = "", _ actions: [String]
    ) -> String {
        """
        CREATE TRIGGER \(table.name)_\(event.lowercased())\(suffix) AFTER \(event) ON \(table.name)
        WHEN NOT EXISTS (SELECT 1 FROM writer)\(condition.map { " AND \($0)" } ?? "")
        BEGIN
          \(actions.joined(separator: ";\n  "));
          UPDATE meta SET serial = serial + 1;
        END
        """
    }

    private func record(
        _ operation: String, key row: String, before: String?, after: String?
    ) -> String {
        let names = (0..<3).map { $0 < table.key.count ? "\(row).\(table.key[$0])" : "''" }
        return """
            INSERT INTO foreign_changes (kind, first, second, third, operation, before, after, at)
            VALUES ('\(table.kind.rawValue)', \(names.joined(separator: ", ")), '\(operation)',
            \(fields(before)), \(fields(after)), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
            """
    }

    private func fields(_ row: String?) -> String {
        guard let row else { return "NULL" }
        let pairs = table.columns.map { column in
            let value = "\(row).\(column.name)"
            return column.isFlag
                ? "'\(column.field)', CASE \(value) WHEN 0 THEN 'false' ELSE 'true' END"
                : "'\(column.field)', \(value)"
        }
        return "json_object(\(pairs.joined(separator: ", ")))"
    }

    /// SQLite checks foreign keys only for those who ask; a console does not. So that it cannot
    /// leave half of something, what foreign keys would refuse or take along is done here too.
    private var guards: [String] {
        switch table.name {
        case "memberships":
            [
                """
                CREATE TRIGGER memberships_cascade AFTER DELETE ON memberships BEGIN
                  DELETE FROM membership_permissions
                  WHERE tenant = OLD.tenant AND email = OLD.email;
                  DELETE FROM membership_roles WHERE tenant = OLD.tenant AND email = OLD.email;
                END
                """
            ]
        case "accounts":
            [
                refusal("email", of: "memberships", "email"),
                refusal("email", of: "identity_users", "email"),
            ]
        case "tenants":
            [
                refusal("name", of: "memberships", "tenant"),
                refusal("name", of: "identities", "tenant"),
            ]
        case "identities": [refusal("code", of: "identity_users", "identity")]
        default: []
        }
    }

    private func refusal(_ key: String, of other: String, _ column: String) -> String {
        """
        CREATE TRIGGER \(table.name)_keep_\(other) BEFORE DELETE ON \(table.name)
        WHEN EXISTS (SELECT 1 FROM \(other) WHERE \(column) = OLD.\(key))
        BEGIN SELECT RAISE(ABORT, '\(other) refer to it'); END
        """
    }
}
