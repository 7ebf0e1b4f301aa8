/// What a store keeps, table by table, for those who look at all of it alike: the check, the
/// digest, the copy. `StoredTableTests` holds this against what the schema makes.
package struct StoredTable: Sendable {
    package struct Column: Hashable, Sendable {
        package var name: String
        package var isNumber = false
        package var isOptional = false
        package var isUnique = false
        /// The version of the schema that has it first.
        package var since = 1
    }

    /// Columns that name a row of another table.
    package struct Reference: Hashable, Sendable {
        package var columns: [String]
        package var table: String
        package var names: [String]
    }

    package var name: String
    package var since = 1
    package var columns: [Column]
    /// How many of the columns are the key; they come first.
    var keyed = 1
    /// The engine numbers the rows.
    package var isNumbered = false
    package var references: [Reference] = []

    package var key: ArraySlice<Column> { columns.prefix(keyed) }

    /// The columns of a store of an older version.
    func columns(in version: Int) -> [Column] { columns.filter { $0.since <= version } }

    /// All rows in the order of the key, which is the same in every engine.
    func selection(in version: Int) -> String {
        """
        SELECT \(columns(in: version).map(\.name).joined(separator: ", ")) FROM \(name)
        ORDER BY \(key.map(\.name).joined(separator: ", "))
        """
    }

    func insertion(in version: Int) -> SQLBatch {
        SQLBatch(
            into: name, columns(in: version).map { .init($0.name, isNumber: $0.isNumber) })
    }

    /// A row as the values of an insertion.
    func values(_ row: any SQLRow, in version: Int) -> [SQLValue] {
        columns(in: version).enumerated().map { place, column in
            guard let text = row.optionalText(place) else { return .null }
            return column.isNumber ? .integer(row.integer(place)) : .text(text)
        }
    }

    /// What a row's key says, for people.
    func name(of row: any SQLRow) -> String {
        let names = (0..<keyed).map { row.text($0) }
        return "\(name) \(names.joined(separator: "/"))"
    }
}

extension StoredTable {
    /// Whoever is named comes before whoever names it. `writer` is not kept: it has a row only
    /// while Muster writes.
    package static let all: [StoredTable] =
        own + catalogue + people + [
            table("runs", "number#", "kind", "actor", "at", "project", "system_user", "host", "ci?")
                .with(
                    "git_commit?", "plan?", "changes#", "letters#", "salt?2", "digest?2"),
            table("audit", "sequence#", "run#", "actor", "address", "kind", "reason?", "before?")
                .with("after?", "comment?", "salt", "digest", "previous", "hash")
                .naming("run", of: "runs", "number"),
            table(
                "invitations", "id", "position#!", "kind", "first", "second", "generation#",
                "state", "expires_at", "automatic_resends#", "token_hash!"),
            table("outbox", "position#", "id!", "run#", "letter", "attempts#", "next_attempt?")
                .with(
                    "last_error?", "undeliverable#", "sent_at?", "outages#2", "claimant?2",
                    "claimed_until?2"
                ).numbered
                .naming("run", of: "runs", "number"),
            table("foreign_changes", "position#", "kind", "first", "second", "third", "operation")
                .with("before?", "after?", "at", "who?", "resolved#?").numbered,
            table("seals", key: 2, since: 2, "kind", "scope", "digest"),
            table("recording", since: 2, "one#", "serial#", "position#", "history"),
        ]

    private static let own = [
        table(
            "meta", "one#", "store_id", "schema_version#", "serial#", "test_clock#",
            "key_fingerprint?"),
        table("settings", "key", "value"),
        table("managed", key: 5, "project", "kind", "first", "second", "third"),
    ]

    private static let catalogue = [
        table("permissions", "name", "title"),
        table("roles", "name", "title", "description", "application", "sensitive#"),
        table("tenants", "name", "title", "environment"),
        table("tenant_roles", key: 2, "tenant", "role")
            .naming("tenant", of: "tenants", "name").naming("role", of: "roles", "name"),
        table("identities", "code", "tenant", "title", "system#")
            .naming("tenant", of: "tenants", "name"),
    ]

    private static let people = [
        table("accounts", "email", "spelling", "first_name?", "last_name?", "mobile?", "language?")
            .with("state", "blocked#", "automation#"),
        table("memberships", key: 2, "tenant", "email", "pending#")
            .naming("tenant", of: "tenants", "name").naming("email", of: "accounts", "email"),
        table("membership_permissions", key: 3, "tenant", "email", "permission")
            .naming("tenant email", of: "memberships", "tenant email")
            .naming("permission", of: "permissions", "name"),
        table("membership_roles", key: 3, "tenant", "email", "role")
            .naming("tenant email", of: "memberships", "tenant email")
            .naming("tenant role", of: "tenant_roles", "tenant role"),
        table("identity_users", key: 2, "identity", "email", "admin#", "roles", "enabled#")
            .with("pending#")
            .naming("identity", of: "identities", "code").naming("email", of: "accounts", "email"),
    ]

    /// - Parameter columns: `name`, with `#` for a number, `?` for one that may be empty, `!`
    ///   for one that differs in all rows, and the version that has it first, where that is not the
    ///   table's.
    private static func table(
        _ name: String, key: Int = 1, since: Int = 1, _ columns: String...
    ) -> StoredTable {
        StoredTable(
            name: name, since: since, columns: columns.map { Column(parsing: $0, since) },
            keyed: key)
    }

    private func with(_ columns: String...) -> StoredTable {
        var table = self
        table.columns += columns.map { Column(parsing: $0, since) }
        return table
    }

    private var numbered: StoredTable {
        var table = self
        table.isNumbered = true
        return table
    }

    /// - Parameters:
    ///   - columns: Their names, with spaces between them.
    ///   - names: Those of the other table, in the same order.
    private func naming(
        _ columns: String, of other: String, _ names: String
    ) -> StoredTable {
        func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
        var table = self
        table.references.append(
            Reference(columns: words(columns), table: other, names: words(names)))
        return table
    }
}

extension StoredTable.Column {
    fileprivate init(parsing text: String, _ since: Int) {
        name = String(text.prefix { $0.isLetter || $0 == "_" })
        let marks = text.dropFirst(name.count)
        isNumber = marks.contains("#")
        isOptional = marks.contains("?")
        isUnique = marks.contains("!")
        self.since = Int(marks.filter(\.isNumber)) ?? since
    }
}
