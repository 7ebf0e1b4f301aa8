/// Version 2: the audit is asked for one run and for one object.
enum SchemaTwo {
    static let statements: Schema.Version = { _ in
        [
            "CREATE INDEX audit_by_run ON audit (run)",
            "CREATE INDEX audit_by_address ON audit (address)",
        ]
    }
}
