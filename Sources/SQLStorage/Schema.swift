/// The versions of the schema. A store is moved forward inside the transaction of its first write;
/// before that, it is read through a moved copy.
package struct Schema: Sendable {
    /// What makes version `n + 1` from version `n`; the first one makes a store from nothing.
    package typealias Version = @Sendable (SQLDialect) -> [String]

    package var versions: [Version]

    package init(versions: [Version]) { self.versions = versions }

    package static let current = Schema(versions: [SchemaOne.statements, SchemaTwo.statements])

    package var newest: Int { versions.count }

    /// Makes an empty store's tables, for comparing them with those of another.
    package func make(
        in connection: any SQLConnection, _ dialect: SQLDialect
    ) throws(SQLFailure) {
        try migrate(connection, dialect, from: 0)
    }

    /// Moves a store of the given version to the newest one. Within a marked transaction: what a
    /// migration changes is nobody's foreign change.
    func migrate(_ connection: any SQLConnection, _ dialect: SQLDialect, from version: Int)
        throws(SQLFailure)
    {
        guard version < newest else { return }
        for step in versions[version...] {
            for statement in step(dialect) { try connection.execute(statement) }
        }
        if version > 0 {
            try connection.run("UPDATE meta SET schema_version = $1", [.number(newest)])
            // What Muster left is from now on what the migration left.
            try connection.run("UPDATE recording SET serial = -1", [])
        }
    }
}

/// Version 1. Instants are RFC 3339 text; flags are 0 and 1; people are canonical addresses.
enum SchemaOne {
    static let statements: Schema.Version = { dialect in
        [dialect.prologue] + own(dialect) + catalogue(dialect) + people(dialect)
            + invitations(dialect) + log(dialect) + RecordedTable.all.flatMap(dialect.recorder)
    }

    private static func own(_ dialect: SQLDialect) -> [String] {
        let (text, integer) = (dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE meta (
              one \(integer) PRIMARY KEY CHECK (one = 1),
              store_id \(text) NOT NULL,
              schema_version \(integer) NOT NULL,
              serial \(integer) NOT NULL,
              test_clock \(integer) NOT NULL CHECK (test_clock IN (0, 1)),
              key_fingerprint \(text)
            ) \(dialect.table)
            """,
            // Holds a row only inside a transaction of Muster's own: nobody else ever sees one.
            "CREATE TABLE writer (run \(integer) PRIMARY KEY) \(dialect.table)",
            """
            CREATE TABLE settings (key \(text) PRIMARY KEY, value \(text) NOT NULL)
            \(dialect.keyedTable)
            """,
            """
            CREATE TABLE managed (
              project \(text) NOT NULL, kind \(text) NOT NULL, first \(text) NOT NULL,
              second \(text) NOT NULL, third \(text) NOT NULL,
              PRIMARY KEY (project, kind, first, second, third)
            ) \(dialect.keyedTable)
            """,
            """
            CREATE TABLE foreign_changes (
              position \(dialect.numberedKey),
              kind \(text) NOT NULL, first \(text) NOT NULL, second \(text) NOT NULL,
              third \(text) NOT NULL,
              operation \(text) NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
              before \(text), after \(text), at \(text) NOT NULL, who \(text),
              resolved \(integer)
            ) \(dialect.table)
            """,
            """
            CREATE INDEX foreign_changes_open ON foreign_changes (kind, first, second, third)
            WHERE resolved IS NULL
            """,
        ]
    }

    private static func catalogue(_ dialect: SQLDialect) -> [String] {
        let (text, integer) = (dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE permissions (name \(text) PRIMARY KEY, title \(text) NOT NULL)
            \(dialect.keyedTable)
            """,
            """
            CREATE TABLE roles (
              name \(text) PRIMARY KEY, title \(text) NOT NULL, description \(text) NOT NULL,
              application \(text) NOT NULL,
              sensitive \(integer) NOT NULL CHECK (sensitive IN (0, 1))
            ) \(dialect.keyedTable)
            """,
            """
            CREATE TABLE tenants (
              name \(text) PRIMARY KEY, title \(text) NOT NULL,
              environment \(text) NOT NULL CHECK (environment IN ('production', 'non-production'))
            ) \(dialect.keyedTable)
            """,
            """
            CREATE TABLE tenant_roles (
              tenant \(text) NOT NULL REFERENCES tenants (name) ON UPDATE CASCADE,
              role \(text) NOT NULL REFERENCES roles (name) ON UPDATE CASCADE,
              PRIMARY KEY (tenant, role)
            ) \(dialect.keyedTable)
            """,
            "CREATE INDEX tenant_roles_by_role ON tenant_roles (role)",
            """
            CREATE TABLE identities (
              code \(text) PRIMARY KEY,
              tenant \(text) NOT NULL REFERENCES tenants (name) ON UPDATE CASCADE,
              title \(text) NOT NULL,
              system \(integer) NOT NULL CHECK (system IN (0, 1))
            ) \(dialect.keyedTable)
            """,
            "CREATE INDEX identities_by_tenant ON identities (tenant)",
        ]
    }

    private static func people(_ dialect: SQLDialect) -> [String] {
        let (text, integer) = (dialect.text, dialect.integer)
        let flag = { (name: String) in "\(name) \(integer) NOT NULL CHECK (\(name) IN (0, 1))" }
        let member = """
            FOREIGN KEY (tenant, email) REFERENCES memberships (tenant, email)
            ON UPDATE CASCADE ON DELETE CASCADE
            """
        return [
            """
            CREATE TABLE accounts (
              email \(text) PRIMARY KEY, spelling \(text) NOT NULL,
              first_name \(text), last_name \(text), mobile \(text), language \(text),
              state \(text) NOT NULL CHECK (state IN ('Invited', 'Activated')),
              \(flag("blocked")), \(flag("automation"))
            ) \(dialect.keyedTable)
            """,
            """
            CREATE TABLE memberships (
              tenant \(text) NOT NULL REFERENCES tenants (name) ON UPDATE CASCADE,
              email \(text) NOT NULL REFERENCES accounts (email),
              \(flag("pending")),
              PRIMARY KEY (tenant, email)
            ) \(dialect.keyedTable)
            """,
            "CREATE INDEX memberships_by_email ON memberships (email)",
            """
            CREATE TABLE membership_permissions (
              tenant \(text) NOT NULL, email \(text) NOT NULL,
              permission \(text) NOT NULL REFERENCES permissions (name),
              PRIMARY KEY (tenant, email, permission), \(member)
            ) \(dialect.keyedTable)
            """,
            "CREATE INDEX membership_permissions_by_name ON membership_permissions (permission)",
            """
            CREATE TABLE membership_roles (
              tenant \(text) NOT NULL, email \(text) NOT NULL, role \(text) NOT NULL,
              PRIMARY KEY (tenant, email, role), \(member),
              FOREIGN KEY (tenant, role) REFERENCES tenant_roles (tenant, role) ON UPDATE CASCADE
            ) \(dialect.keyedTable)
            """,
            "CREATE INDEX membership_roles_by_role ON membership_roles (tenant, role)",
            """
            CREATE TABLE identity_users (
              identity \(text) NOT NULL REFERENCES identities (code) ON UPDATE CASCADE,
              email \(text) NOT NULL REFERENCES accounts (email),
              \(flag("admin")), roles \(text) NOT NULL, \(flag("enabled")), \(flag("pending")),
              PRIMARY KEY (identity, email)
            ) \(dialect.keyedTable)
            """,
            "CREATE INDEX identity_users_by_email ON identity_users (email)",
        ]
    }

    private static func invitations(_ dialect: SQLDialect) -> [String] {
        let (text, integer) = (dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE invitations (
              id \(text) PRIMARY KEY,
              position \(integer) NOT NULL UNIQUE,
              kind \(text) NOT NULL CHECK (kind IN ('membership', 'identityUser')),
              first \(text) NOT NULL, second \(text) NOT NULL,
              generation \(integer) NOT NULL CHECK (generation > 0),
              state \(text) NOT NULL CHECK (state IN
                ('live', 'accepted', 'declined', 'undeliverable', 'revoked', 'closed')),
              expires_at \(text) NOT NULL,
              automatic_resends \(integer) NOT NULL,
              token_hash \(text) NOT NULL UNIQUE
            ) \(dialect.table)
            """,
            """
            CREATE UNIQUE INDEX invitations_live ON invitations (kind, first, second)
            WHERE state = 'live'
            """,
            "CREATE INDEX invitations_by_scope ON invitations (kind, first, second, position)",
        ]
    }

    private static func log(_ dialect: SQLDialect) -> [String] {
        let (text, integer) = (dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE runs (
              number \(integer) PRIMARY KEY, kind \(text) NOT NULL, actor \(text) NOT NULL,
              at \(text) NOT NULL, project \(text) NOT NULL, system_user \(text) NOT NULL,
              host \(text) NOT NULL, ci \(text), git_commit \(text), plan \(text),
              changes \(integer) NOT NULL, letters \(integer) NOT NULL
            ) \(dialect.table)
            """,
            "CREATE INDEX runs_by_plan ON runs (plan) WHERE plan IS NOT NULL",
            """
            CREATE TABLE audit (
              sequence \(integer) PRIMARY KEY,
              run \(integer) NOT NULL REFERENCES runs (number),
              actor \(text) NOT NULL, address \(text) NOT NULL,
              kind \(text) NOT NULL, reason \(text), before \(text), after \(text),
              comment \(text), salt \(text) NOT NULL, digest \(text) NOT NULL,
              previous \(text) NOT NULL, hash \(text) NOT NULL
            ) \(dialect.table)
            """,
            """
            CREATE TABLE outbox (
              position \(dialect.numberedKey),
              id \(text) NOT NULL UNIQUE,
              run \(integer) NOT NULL REFERENCES runs (number),
              letter \(text) NOT NULL,
              attempts \(integer) NOT NULL, next_attempt \(text), last_error \(text),
              undeliverable \(integer) NOT NULL CHECK (undeliverable IN (0, 1)),
              sent_at \(text)
            ) \(dialect.table)
            """,
            "CREATE INDEX outbox_unsent ON outbox (position) WHERE sent_at IS NULL",
        ]
    }
}
