import AccessModel
import Glibc
import Planning
import SQLStorage
import SQLiteStorage
import Storage
import Support
import Testing

/// What readers can be asked, all of it: what they answer alike, no command tells apart.
private struct Everything: Equatable {
    var access: [String]
    var changes: [ForeignChange]
    var records: [ForeignRecord]
    var runs: [RunRecord]
    var audit: [AuditEntry] = []
    var outbox: [OutboxEntry]
    var identity: StoreIdentity
    var verification: AuditVerification
    var invitation: Invitation?

    init(_ store: any Store) async throws {
        var state = try await store.snapshot(project: "acme")
        changes = state.foreignChanges
        state.foreignChanges = []
        access = comparable(state)
        records = try await store.foreignRecords()
        runs = try await store.runs(limit: 1_000)
        for run in runs { audit += try await store.audit(.run(run.number)) }
        outbox = try await store.outbox()
        identity = try await store.identity()
        verification = try await store.verifyAudit(expecting: nil)
        invitation = try await store.invitation(tokenHash: hash("1"))
    }
}

/// From what to what.
private struct Way: Sendable, CustomTestStringConvertible {
    var from: Subject.Kind
    var to: Subject.Kind

    var testDescription: String { "\(from) to \(to)" }

    static let all = Subject.Kind.shared.flatMap { from in
        Subject.Kind.shared.map { Way(from: from, to: $0) }
    }
}

@Suite("A copy of a store") struct CopyTests {
    @Test("answers as the store does, and goes on as it would have", arguments: Way.all)
    private func same(_ way: Way) async throws {
        let (source, target) = (Subject(way.from), Subject(way.to))
        try await makeSoundWorld(source)
        try source.console(
            """
            UPDATE tenants SET title = 'é "quoted" \\ ''';
            INSERT INTO foreign_changes (kind, first, second, third, operation, at)
            VALUES ('role', 'x', '', '', 'delete', '2026-01-01T00:00:00.000Z');
            DELETE FROM foreign_changes WHERE first = 'x';
            """)
        let outcome = try source.copy(to: target)
        #expect(try await Everything(target.store) == Everything(source.store))
        let (before, after) = (try await source.check(), try await target.check())
        #expect(after == before && after.digest == outcome.digest)
        // The engine's numbers go on where they were, also after rows that are gone.
        for subject in [source, target] {
            try subject.console("UPDATE accounts SET blocked = 1 WHERE email LIKE 'ann%'")
            try await subject.store.commit([
                change(.assignRole("prod", email("ann"), "read")), .letter(letter("l3")),
            ])
        }
        let positions = try await (source.store.foreignRecords(), target.store.foreignRecords())
        #expect(positions.0.map(\.position) == positions.1.map(\.position))
        #expect(
            comparable(try await target.store.snapshot(project: "acme")).filter(isTimeless)
                == comparable(try await source.store.snapshot(project: "acme")).filter(isTimeless))
        #expect(try await target.store.outbox().map(\.letter.id) == ["l1", "l2", "l3"])
    }

    /// The engines' clocks ran on between two changes.
    private func isTimeless(_ line: String) -> Bool { !line.hasPrefix("ForeignChange") }

    @Test(
        "of random worlds, there and back, has every byte of the first one", arguments: 1...6,
        Subject.Kind.shared)
    func thereAndBack(seed: Int, _ kind: Subject.Kind) async throws {
        var dice = Dice(seed: seed)
        let (source, middle, back) = (Subject(.sqlite), Subject(kind), Subject(.sqlite))
        try await makeSoundWorld(source)
        for _ in 0..<12 {
            let sql = dice.pick([
                "UPDATE accounts SET first_name = hex(randomblob(3))",
                "UPDATE roles SET sensitive = 1 - sensitive", "DELETE FROM membership_permissions",
                "INSERT OR IGNORE INTO membership_roles VALUES ('prod','ann@acme.example','read')",
                "UPDATE identity_users SET roles = 'x,y'", "UPDATE settings SET value = '7'",
                "DROP TRIGGER IF EXISTS mine", "DELETE FROM seals WHERE kind = 'role'",
            ])
            if dice.pick([true, false]) {
                try source.console(sql + ";")
            } else {
                try await source.store.commit(
                    [
                        change(
                            .updateTenant(
                                "prod", before: TenantFields(name: "prod"),
                                after: TenantFields(name: "prod", title: "t\(dice.next())")))
                    ], managed: dice.pick([nil, [.role("read")]]))
            }
        }
        let first = try source.copy(to: middle)
        let second = try middle.copy(to: back)
        #expect(first.digest == second.digest && first.rows == second.rows)
        #expect(try await Everything(back.store) == Everything(source.store), "seed \(seed)")
        #expect(try await Everything(middle.store) == Everything(source.store), "seed \(seed)")
        #expect(try await back.check() == source.check(), "seed \(seed)")
    }

    @Test("is made where nothing is, and leaves what is there alone", arguments: Way.all)
    private func taken(_ way: Way) async throws {
        let (source, target) = (Subject(way.from), Subject(way.to))
        try await makeSoundWorld(source)
        try await makeSmallWorld(target.store)
        let before = try await Everything(target.store)
        #expect { try source.copy(to: target) } throws: { error in
            if case StoreError.taken = error { true } else { false }
        }
        #expect(try await Everything(target.store) == before)
    }

    @Test("touches nothing of the store that it is from")
    func untouched() async throws {
        let (source, target) = (Subject(.sqlite), Subject(.sqlite))
        try await makeSoundWorld(source)
        let before = bytes(source.path)
        chmod(source.path, 0o400)
        chmod(source.folder, 0o500)
        _ = try source.copy(to: target)
        #expect(bytes(source.path) == before)
        #expect(
            Subject.names(in: source.folder).filter { $0.hasPrefix("store.db") } == ["store.db"])
        chmod(source.folder, 0o700)
    }

    @Test("is not made of a store whose recorder is off, which it would hide")
    func hiding() async throws {
        for sql in ["DROP TRIGGER accounts_update", "INSERT INTO writer VALUES (1)"] {
            let (source, target) = (Subject(.sqlite), Subject(.sqlite))
            try await makeSoundWorld(source)
            try source.console(sql + ";")
            #expect { try source.copy(to: target) } throws: { error in
                if case StoreError.damaged = error { true } else { false }
            }
            #expect(Subject.names(in: target.folder) == [])
        }
    }

    @Test("tells of triggers of others, and leaves them", arguments: Subject.Kind.shared)
    func triggers(_ kind: Subject.Kind) async throws {
        let (source, target) = (Subject(.sqlite), Subject(kind))
        try await makeSoundWorld(source)
        try source.console("CREATE TRIGGER mine AFTER INSERT ON roles BEGIN SELECT 1; END;")
        #expect(try source.copy(to: target).leftTriggers == ["mine"])
        #expect(try await target.check().isGood)
    }

    @Test("of rows that do not fit leaves nothing", arguments: Subject.Kind.shared)
    func unfit(_ kind: Subject.Kind) async throws {
        let (source, target) = (Subject(.sqlite), Subject(kind))
        try await makeSoundWorld(source)
        try source.unwatched("DELETE FROM accounts WHERE email LIKE 'joe%'")
        #expect(throws: StoreError.self) { try source.copy(to: target) }
        await #expect(throws: StoreError.self) {
            _ = try await target.store.snapshot(project: "acme")
        }
        try source.console(
            "INSERT INTO accounts VALUES ('joe@acme.example', 'joe@acme.example', NULL, NULL, "
                + "NULL, NULL, 'Invited', 0, 0);")
        _ = try source.copy(to: target)
    }

    @Test("is refused under a clock that the store was not made under, from nothing and newer ones")
    func refused() async throws {
        let (source, target) = (Subject(.sqlite), Subject(.sqlite))
        #expect(throws: StoreError.absent(source.path)) { try source.copy(to: target) }
        try await makeSoundWorld(source)
        #expect(throws: StoreError.clock) { try source.copy(to: target, underTestClock: true) }
        try source.console("UPDATE meta SET schema_version = 9")
        #expect(throws: StoreError.newer(found: 9, known: Schema.current.versions.count)) {
            try source.copy(to: target)
        }
        #expect(Subject.names(in: target.folder) == [])
    }

    @Test("of an older version is of this one, and the store that it is from stays as it was")
    func older() async throws {
        var newer = Schema.current
        newer.versions.append { dialect in
            [
                "ALTER TABLE tenants ADD COLUMN colour \(dialect.text)",
                "UPDATE tenants SET title = title || '!'",
            ]
        }
        let (source, target) = (Subject(.sqlite), Subject(.sqlite))
        try await makeSoundWorld(source)
        let before = bytes(source.path)
        let outcome = try copyStore(
            from: SQLiteCopyEnd(path: source.path, schema: newer),
            to: SQLiteCopyEnd(path: target.path, schema: newer), underTestClock: false)
        #expect(outcome.movedFrom == newer.versions.count - 1)
        #expect(bytes(source.path) == before)
        let store = SQLiteStore(path: target.path, schema: newer)
        #expect(try await store.snapshot(project: "acme").tenants["prod"]?.title == "P!")
        #expect(try await store.snapshot(project: "acme").foreignChanges == [])
    }
}
