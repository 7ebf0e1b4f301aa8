/// Version 2: the audit is asked for one run and for one object, and who made a run is sealed by a
/// salted digest. Runs of version 1 have neither salt nor digest.
enum SchemaTwo {
    static let statements: Schema.Version = { dialect in
        [
            "CREATE INDEX audit_by_run ON audit (run)",
            "CREATE INDEX audit_by_address ON audit (address)",
            "ALTER TABLE runs ADD COLUMN salt \(dialect.text)",
            "ALTER TABLE runs ADD COLUMN digest \(dialect.text)",
        ]
    }
}
