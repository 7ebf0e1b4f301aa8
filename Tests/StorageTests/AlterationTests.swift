import AccessModel
import Planning
import Storage
import Testing

/// Something that somebody does to a table's form, in the words of each engine.
private struct Alteration: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var server: String
    var file: String
    /// What the check says.
    var problems: [IntegrityProblem]
    /// What reading, and then writing, fails with; nothing where it goes on.
    var reading: String?
    var writing: String?

    /// - Parameter file: Where SQLite has other words: what it takes for what in a table's text.
    init(
        _ description: String, _ server: String, file: (table: String, old: String, new: String)?,
        _ problems: [IntegrityProblem], reading: String? = nil, writing: String? = nil
    ) {
        testDescription = description
        self.server = server
        self.file =
            file.map {
                """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_master SET sql = replace(sql, '\($0.old)', '\($0.new)')
                WHERE name = '\($0.table)'; PRAGMA schema_version = 4711;
                """
            } ?? server
        (self.problems, self.reading, self.writing) = (problems, reading, writing)
    }

    static let all = [
        Alteration(
            "a column that is written is gone", "ALTER TABLE runs DROP COLUMN ci", file: nil,
            [.missing("column runs.ci")], writing: "column runs.ci is gone ("),
        Alteration(
            "a column that is read is gone",
            "ALTER TABLE invitations DROP COLUMN automatic_resends", file: nil,
            [.missing("column invitations.automatic_resends")],
            reading: "column invitations.automatic_resends is gone ("),
        Alteration(
            "a column has another name", "ALTER TABLE settings RENAME COLUMN value TO worth",
            file: nil, [.missing("column settings.value"), .unexpected("column settings.worth")],
            reading: "column settings.value is gone; column settings.worth was not made by Muster",
            writing: "column settings.value is gone"),
        Alteration(
            "a table is gone", "DROP TABLE outbox", file: nil, [.missing("table outbox")]),
        Alteration(
            "a column was added", "ALTER TABLE tenants ADD COLUMN colour TEXT", file: nil,
            [.unexpected("column tenants.colour")]),
        Alteration(
            "an index is gone", "DROP INDEX invitations_live", file: nil,
            [.missing("index invitations_live")]),
        Alteration(
            "an index does not make rows differ",
            "DROP INDEX invitations_live; CREATE INDEX invitations_live ON invitations (kind)",
            file: nil, [.altered("index invitations_live")]),
        Alteration(
            "a constraint is gone", "ALTER TABLE accounts DROP CONSTRAINT accounts_blocked_check",
            file: ("accounts", " CHECK (blocked IN (0, 1))", ""),
            [.missing("check accounts (blocked)")]),
        Alteration(
            "a constraint allows more",
            """
            ALTER TABLE accounts DROP CONSTRAINT accounts_state_check;
            ALTER TABLE accounts ADD CHECK (state IN ('Invited', 'Activated', 'Gone'))
            """, file: ("accounts", "''Activated'')", "''Activated'', ''Gone'')"),
            [.altered("check accounts (state)")]),
        Alteration(
            "a constraint was added",
            "ALTER TABLE runs ADD CHECK (changes < 4) NOT VALID",
            file: ("runs", "letters INTEGER", "letters INTEGER CHECK (changes < 4)"),
            [.unexpected("check runs (changes)")],
            writing: "check runs (changes) was not made by Muster ("),
    ]
}

@Suite("A store whose tables somebody has changed") struct AlterationTests {
    @Test(
        "names what was changed, to the check and to whoever fails of it", arguments: Alteration.all
    )
    private func named(_ alteration: Alteration) async throws {
        for kind in Subject.Kind.shared {
            let subject = Subject(kind)
            try await makeSoundWorld(subject)
            let origin = try await subject.store.identity().origin
            try subject.console((kind == .sqlite ? alteration.file : alteration.server) + ";")
            let found = try await subject.check().findings.first { $0.check == .schema }
            #expect(Set(found?.problems ?? []) == Set(alteration.problems), "\(kind)")
            await expect(alteration.reading, kind) {
                _ = try await subject.store.snapshot(project: "acme")
            }
            await expect(alteration.writing, kind) {
                _ = try await subject.store.commit(
                    Commit(
                        run: makeRun(), base: origin,
                        steps: ["a", "b", "c", "d"].map {
                            change(.createRole(Role(name: RoleName($0))))
                        }))
            }
        }
    }

    private func expect(
        _ reason: String?, _ kind: Subject.Kind, _ body: () async throws -> Void
    ) async {
        do {
            try await body()
            #expect(reason == nil, "\(kind): nothing failed")
        } catch StoreError.damaged(_, let found) {
            #expect(reason.map { found.hasPrefix($0) } == true, "\(kind): \(found)")
        } catch {
            Issue.record("\(kind): \(error)")
        }
    }
}
