internal import AccessModel
internal import FoundationEssentials
internal import Storage

// Rows by themselves and what they name. Within a transaction.
extension SQLSession {
    /// Rows that name one that is not there; whether the engine was asked to watch or not.
    func danglingRows(_ table: StoredTable) throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        for reference in table.references {
            let same = zip(reference.names, reference.columns)
                .map { "there.\($0) = here.\($1)" }.joined(separator: " AND ")
            let keys = table.key.map { "here.\($0.name)" }.joined(separator: ", ")
            try connection.query(
                """
                SELECT \(keys) FROM \(table.name) AS here WHERE NOT EXISTS
                (SELECT 1 FROM \(reference.table) AS there WHERE \(same)) ORDER BY \(keys)
                """, []
            ) { row in
                problems.append(.dangling(row: table.name(of: row), table: reference.table))
            }
        }
        return problems
    }

    /// Values that Muster does not write.
    func valueProblems() throws(SQLFailure) -> [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        for table in StoredTable.all {
            let checked = table.columns.enumerated().compactMap { place, column in
                Self.law(table.name, column).map { (place, column.name, $0) }
            }
            try connection.query(table.selection(in: schema.newest), []) { row in
                for (place, column) in table.columns.enumerated() {
                    if row.optionalText(place) == nil, !column.isOptional {
                        problems.append(
                            .value(row: table.name(of: row), what: "\(column.name) is empty"))
                    }
                    if !column.isNumber, !Self.isText(row, place) {
                        problems.append(
                            .value(row: table.name(of: row), what: "\(column.name) is no UTF-8"))
                    }
                }
                for (place, column, law) in checked {
                    guard let text = row.optionalText(place), !law(text) else { continue }
                    problems.append(
                        .value(row: table.name(of: row), what: "\(column) cannot be read"))
                }
            }
        }
        return problems
    }

    private static func isText(_ row: any SQLRow, _ place: Int) -> Bool {
        row.bytes(place).map { String(validating: $0, as: UTF8.self) != nil } ?? true
    }

    private typealias Law = (String) -> Bool

    /// What a column's values must be, where that is not any text or number.
    private static func law(_ table: String, _ column: StoredTable.Column) -> Law? {
        switch (table, column.name) {
        case (_, "blocked"), (_, "automation"), (_, "pending"), (_, "admin"), (_, "enabled"),
            (_, "sensitive"), (_, "system"), (_, "test_clock"), (_, "undeliverable"):
            { $0 == "0" || $0 == "1" }
        case ("accounts", "state"): { Account.State(rawValue: $0) != nil }
        case ("invitations", "state"): { Invitation.State(rawValue: $0) != nil }
        case ("invitations", "kind"): { ["membership", "identityUser"].contains($0) }
        case ("invitations", "generation"): { Int($0).map { $0 > 0 } ?? false }
        case ("tenants", "environment"): { TenantEnvironment(rawValue: $0) != nil }
        case ("runs", "kind"): { RunRecord.Kind(rawValue: $0) != nil }
        case ("managed", "kind"), ("foreign_changes", "kind"):
            { AddressKey.Kind(rawValue: $0) != nil }
        case ("foreign_changes", "operation"): { ["insert", "update", "delete"].contains($0) }
        case ("foreign_changes", "before"), ("foreign_changes", "after"):
            { (try? fields($0)) != nil }
        case (_, "at"), (_, "expires_at"), (_, "next_attempt"), (_, "sent_at"):
            { Instant(rfc3339: $0) != nil }
        case ("outbox", "letter"): { (try? letter($0, JSONDecoder())) != nil }
        case ("seals", "kind"): { AccessPart.Kind(rawValue: $0) != nil }
        case ("seals", "digest"), ("recording", "history"): { RowSum(text: $0) != nil }
        default: nil
        }
    }
}
