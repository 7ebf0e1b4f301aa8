package import AccessModel
package import Storage

/// Where engines differ. Everything else is one SQL.
package struct SQLDialect: Sendable {
    /// Types of columns.
    package var text: String
    package var integer: String
    /// A key that the engine numbers.
    package var numberedKey: String
    /// After the closing parenthesis of a table that is read in the order of its key.
    package var keyedTable: String
    /// After that of any other table.
    package var table: String
    /// Begins a transaction that reads one state.
    package var beginReading: String
    /// Begins one that no other writer can get between.
    package var beginWriting: String
    /// Marks a new database as a store, before its tables are made.
    package var prologue: String
    /// The recorder moves the serial for each row that others change, or once in a transaction.
    package var movesSerialForEachRow: Bool
    /// Makes the statements that record what others do to a table.
    package var recorder: @Sendable (RecordedTable) -> [String]
    /// Makes those that take them away, as far as they are there.
    package var recorderRemoval: @Sendable (RecordedTable) -> [String]
    /// Compares what records in this database with what `recorder` makes: what is missing, altered
    /// or switched off, and triggers of others on the recorded tables; by name.
    package var recorderFaults: @Sendable (any SQLConnection) throws(SQLFailure) -> [RecorderFault]
    /// The engine's own check of what it keeps, in its own words; empty where it is content.
    package var engineFaults: @Sendable (any SQLConnection) throws(SQLFailure) -> [String]
    /// Compares tables, columns, keys and indices of this database with what a schema makes.
    package var schemaFaults:
        @Sendable (any SQLConnection, Schema) throws(SQLFailure) -> [IntegrityProblem]
    /// The highest number that the engine gave to a row of a table that it numbers, from 0.
    package var lastNumber: @Sendable (any SQLConnection, String) throws(SQLFailure) -> Int64
    /// Makes it go on after a number, and after the rows that are there.
    package var continueAfter:
        @Sendable (Int64, any SQLConnection, String) throws(SQLFailure) -> Void

    package init(
        text: String, integer: String, numberedKey: String, keyedTable: String, table: String,
        beginReading: String, beginWriting: String, prologue: String,
        movesSerialForEachRow: Bool, recorder: @escaping @Sendable (RecordedTable) -> [String],
        recorderRemoval: @escaping @Sendable (RecordedTable) -> [String],
        recorderFaults:
            @escaping @Sendable (any SQLConnection) throws(SQLFailure) -> [RecorderFault],
        engineFaults: @escaping @Sendable (any SQLConnection) throws(SQLFailure) -> [String],
        schemaFaults:
            @escaping @Sendable (any SQLConnection, Schema) throws(SQLFailure)
            -> [IntegrityProblem],
        lastNumber:
            @escaping @Sendable (any SQLConnection, String) throws(SQLFailure) -> Int64,
        continueAfter:
            @escaping @Sendable (Int64, any SQLConnection, String) throws(SQLFailure) -> Void
    ) {
        self.text = text
        self.integer = integer
        self.numberedKey = numberedKey
        self.keyedTable = keyedTable
        self.table = table
        self.beginReading = beginReading
        self.beginWriting = beginWriting
        self.prologue = prologue
        self.movesSerialForEachRow = movesSerialForEachRow
        self.recorder = recorder
        self.recorderRemoval = recorderRemoval
        self.recorderFaults = recorderFaults
        self.engineFaults = engineFaults
        self.schemaFaults = schemaFaults
        self.lastNumber = lastNumber
        self.continueAfter = continueAfter
    }
}

/// A table of access, as the recorder of foreign changes sees it.
package struct RecordedTable: Sendable {
    package struct Column: Sendable {
        package var name: String
        /// As `ForeignChange` names it.
        package var field: String
        package var isFlag: Bool
    }

    package var name: String
    /// The kind of address that its rows have.
    package var kind: AddressKey.Kind
    package var key: [String]
    /// Empty: only that the row exists is told.
    package var columns: [Column]

    static func table(
        _ name: String, _ kind: AddressKey.Kind, key: [String],
        _ columns: KeyValuePairs<String, String> = [:], flags: [String] = []
    ) -> RecordedTable {
        RecordedTable(
            name: name, kind: kind, key: key,
            columns: columns.map { Column(name: $0, field: $1, isFlag: flags.contains($0)) })
    }

    package static let all: [RecordedTable] = [
        table("permissions", .permission, key: ["name"], ["title": "title"]),
        table(
            "roles", .role, key: ["name"],
            [
                "title": "title", "description": "description", "application": "application",
                "sensitive": "sensitive",
            ], flags: ["sensitive"]),
        table(
            "tenants", .tenant, key: ["name"], ["title": "title", "environment": "environment"]),
        table("tenant_roles", .availableRole, key: ["tenant", "role"]),
        accounts,
        table(
            "memberships", .membership, key: ["tenant", "email"], ["pending": "pending"],
            flags: ["pending"]),
        table("membership_permissions", .permissionGrant, key: ["tenant", "email", "permission"]),
        table("membership_roles", .roleGrant, key: ["tenant", "email", "role"]),
        table(
            "identities", .identity, key: ["code"],
            ["tenant": "tenant", "title": "title", "system": "system"], flags: ["system"]),
        identityUsers,
    ]

    static let accounts = table(
        "accounts", .account, key: ["email"],
        [
            "spelling": "spelling", "first_name": "firstName", "last_name": "lastName",
            "mobile": "mobile", "language": "language", "state": "state", "blocked": "blocked",
            "automation": "automation",
        ], flags: ["blocked", "automation"])

    static let identityUsers = table(
        "identity_users", .identityUser, key: ["identity", "email"],
        ["admin": "admin", "roles": "roles", "enabled": "enabled", "pending": "pending"],
        flags: ["admin", "enabled", "pending"])
}
