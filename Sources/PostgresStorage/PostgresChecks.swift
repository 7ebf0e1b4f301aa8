internal import SQLStorage

// `CHECK` constraints: the server writes their conditions in its own way, so that the column and
// its values are compared.
extension PostgresIntegrity {
    static func checks(_ schema: Schema) -> Parts {
        var checks: Parts = [:]
        for version in schema.versions {
            for statement in version(.postgres(schema: "", patience: 0)) {
                for (name, values) in CheckedColumns.all(in: statement) {
                    checks[name] = values.joined(separator: ", ")
                }
            }
        }
        return checks
    }

    static func checks(_ connection: any SQLConnection) throws(SQLFailure) -> Parts {
        var checks: Parts = [:]
        try connection.query(
            """
            SELECT c.relname, coalesce(string_agg(a.attname, ', ' ORDER BY a.attnum), ''),
            pg_catalog.pg_get_constraintdef(o.oid)
            FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a
            ON a.attrelid = c.oid AND a.attnum = ANY (o.conkey)
            WHERE n.nspname = current_schema() AND o.contype = 'c'
            AND c.relname = ANY (\(names)) GROUP BY c.relname, o.oid ORDER BY o.oid
            """, []
        ) { row in
            let name = CheckedColumns.name(row.text(0), row.text(1))
            let values = CheckedColumns.values(of: row.text(2)).joined(separator: ", ")
            // A second one about a column is somebody's.
            checks[name] = checks[name].map { "\($0); \(values)" } ?? values
        }
        return checks
    }
}
