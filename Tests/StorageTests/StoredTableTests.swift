import SQLStorage
import Testing

@Suite("The list of tables") struct StoredTableTests {
    @Test("has every table and column that the schema makes, and nothing else")
    func columns() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        let made = try subject.rows(
            """
            SELECT m.name, p.name, p.type, p."notnull" OR p.pk > 0, p.pk FROM sqlite_master m
            JOIN pragma_table_info(m.name) p WHERE m.type = 'table'
            AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'writer'
            """)
        let listed = StoredTable.all.flatMap { table in
            table.columns.enumerated().map { place, column in
                [
                    table.name, column.name, column.isNumber ? "INTEGER" : "TEXT",
                    column.isOptional ? "0" : "1", place < table.key.count ? "\(place + 1)" : "0",
                ].joined(separator: "\u{1F}")
            }
        }
        #expect(listed.sorted() == made.sorted())
    }

    @Test("has every reference, key by key, and a table after those that it refers to")
    func references() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        let made = try subject.rows(
            """
            SELECT m.name, f."table", f."from", f."to" FROM sqlite_master m
            JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
            """)
        var before: Set<String> = []
        var listed: [String] = []
        for table in StoredTable.all {
            for reference in table.references {
                #expect(before.contains(reference.table))
                for (column, name) in zip(reference.columns, reference.names) {
                    listed.append(
                        [table.name, reference.table, column, name].joined(separator: "\u{1F}"))
                }
            }
            before.insert(table.name)
        }
        #expect(listed.sorted() == made.sorted())
    }
}
