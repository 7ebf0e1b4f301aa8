/// Version 2: the audit is asked for one run and for one object; what Muster left is sealed, and
/// the recorder tells all fields of what others change. Who made a run is in the audit chain as a
/// salted digest; runs of version 1 have neither salt nor digest. Whoever sends
/// a letter claims it first.
enum SchemaTwo {
    static let statements: Schema.Version = { dialect in
        let (text, integer) = (dialect.text, dialect.integer)
        return [
            "CREATE INDEX audit_by_run ON audit (run)",
            "CREATE INDEX audit_by_address ON audit (address)",
            "ALTER TABLE runs ADD COLUMN salt \(text)",
            "ALTER TABLE runs ADD COLUMN digest \(text)",
            """
            CREATE TABLE seals (
              kind \(text) NOT NULL, scope \(text) NOT NULL, digest \(text) NOT NULL,
              PRIMARY KEY (kind, scope)
            ) \(dialect.keyedTable)
            """,
            """
            CREATE TABLE recording (
              one \(integer) PRIMARY KEY CHECK (one = 1), serial \(integer) NOT NULL,
              position \(integer) NOT NULL, history \(text) NOT NULL
            ) \(dialect.table)
            """,
            // Before the first seal.
            "INSERT INTO recording (one, serial, position, history) VALUES (1, -1, 0, '0-0')",
            "ALTER TABLE outbox ADD COLUMN outages \(integer) NOT NULL DEFAULT 0",
            "ALTER TABLE outbox ADD COLUMN claimant \(text)",
            "ALTER TABLE outbox ADD COLUMN claimed_until \(text)",
        ] + RecordedTable.all.flatMap { dialect.recorderRemoval($0) + dialect.recorder($0) }
    }
}
