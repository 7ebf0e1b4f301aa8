import AccessModel
import Glibc
import Planning
import PostgresStorage
import SQLStorage
import Storage
import Support
import Testing

/// What only a server can do to a store.
@Suite(
    "A shared store",
    .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)))
struct PostgresTests {
    private let ann = email("ann")

    private func world() async throws -> Subject {
        let subject = Subject(.postgres)
        try await makeSmallWorld(subject.store)
        return subject
    }

    @Test("records the role and the program that changed it")
    func who() async throws {
        let subject = try await world()
        try subject.console(
            """
            SET application_name TO 'console of "Eve"'; UPDATE accounts SET blocked = 1
            WHERE email = 'ann@acme.example';
            """)
        let found = try await subject.store.snapshot(project: "").foreignChanges
        #expect(found.map(\.by) == ["muster (console of \"Eve\")"])
    }

    @Test("records rows that are cut away")
    func truncation() async throws {
        let subject = try await world()
        try subject.console("TRUNCATE identity_users")
        let found = try await subject.store.snapshot(project: "")
        #expect(found.foreignChanges.map(\.address) == [.identityUser("io.acme", email("joe"))])
        #expect(found.foreignChanges.first?.after == nil && found.origin?.serial == 2)
    }

    @Test("writes before and after as SQLite does, to the byte")
    func sameText() async throws {
        var texts: [[String]] = []
        for kind in Subject.Kind.shared {
            let subject = Subject(kind)
            try await makeSmallWorld(subject.store)
            try subject.console(
                #"""
                INSERT INTO roles VALUES ('odd', '"quoted" \ / é	tab
                line', 'a', '', 0);
                UPDATE accounts SET language = 'nl', first_name = NULL, blocked = 1
                WHERE email = 'ann@acme.example';
                UPDATE membership_roles SET role = 'write';
                """#)
            texts.append(
                try subject.rows(
                    "SELECT operation, before, after FROM foreign_changes ORDER BY position"))
        }
        #expect(texts[0].count == 4 && Set(texts).count == 1)
    }

    @Test("moves its serial once for a transaction of many rows, and not for one that fails")
    func serial() async throws {
        let subject = try await world()
        try subject.console(
            """
            BEGIN; UPDATE accounts SET blocked = 1; UPDATE tenants SET title = 'X'; COMMIT;
            BEGIN; UPDATE accounts SET blocked = 0; ROLLBACK;
            """)
        #expect(try await subject.store.snapshot(project: "").origin?.serial == 2)
    }

    // MARK: - What lies there

    @Test("is not begun among other tables, and not taken for absent when it may not be read")
    func otherTables() async throws {
        let other = Subject(.postgres)
        try other.console("CREATE SCHEMA \(other.schema); CREATE TABLE cats (name text)")
        await #expect {
            _ = try await other.store.commit(Commit(run: makeRun(), base: nil, steps: []))
        } throws: {
            if case StoreError.notAStore = $0 { true } else { false }
        }
        let typed = Subject(.postgres)
        try typed.console(
            "CREATE SCHEMA \(typed.schema); CREATE TYPE \(typed.schema).accounts AS ENUM ('x')")
        await #expect {
            _ = try await typed.store.commit(Commit(run: makeRun(), base: nil, steps: []))
        } throws: {
            if case StoreError.notAStore = $0 { true } else { false }
        }
        let empty = Subject(.postgres)
        try empty.console("CREATE SCHEMA \(empty.schema)")
        await #expect {
            _ = try await empty.store.snapshot(project: "")
        } throws: {
            if case StoreError.absent = $0 { true } else { false }
        }
        try await empty.store.commit([])
        #expect(try await empty.store.snapshot(project: "").origin?.id == "id-1")
    }

    @Test("that is newer is refused, and one that is older is moved by whoever may write")
    func versions() async throws {
        let subject = try await world()
        var newer = Schema.current
        newer.versions.append { dialect in
            ["ALTER TABLE tenants ADD COLUMN colour \(dialect.text)"]
        }
        let known = Schema.current.newest
        await #expect {
            _ = try await PostgresStoreReader(url: subject.url, schema: newer)
                .snapshot(project: "")
        } throws: {
            guard case StoreError.unreachable(_, let reason) = $0 else { return false }
            return reason.hasPrefix("its schema is version \(known)")
        }
        let moved = PostgresStore(url: subject.url, schema: newer)
        #expect(try await moved.snapshot(project: "").origin?.serial == 1)
        await #expect(throws: StoreError.newer(found: known + 1, known: known)) {
            try await subject.store.commit([])
        }
    }

    @Test("hides no rows behind a policy")
    func rowSecurity() async throws {
        let subject = try await world()
        let role = subject.schema + "_filtered"
        try subject.console(
            """
            CREATE ROLE \(role) LOGIN; GRANT USAGE ON SCHEMA \(subject.schema) TO \(role);
            GRANT SELECT ON ALL TABLES IN SCHEMA \(subject.schema) TO \(role);
            ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
            """)
        await #expect(throws: StoreError.self) {
            _ = try await PostgresStoreReader(url: subject.url(as: role)).snapshot(project: "")
        }
    }

    // MARK: - Roles

    @Test("is read by a role that only selects, written by one that may, and tells them apart")
    func roles() async throws {
        let subject = try await world()
        let (planner, applier, product) = (
            subject.schema + "_plan", subject.schema + "_apply", subject.schema + "_product"
        )
        try subject.console(
            """
            CREATE ROLE \(planner) LOGIN; CREATE ROLE \(applier) LOGIN;
            CREATE ROLE \(product) LOGIN;
            """)
        await #expect {
            _ = try await PostgresStoreReader(url: subject.url(as: planner)).identity()
        } throws: {
            guard case StoreError.unreachable(_, let reason) = $0 else { return false }
            return reason == "permission denied for schema \(subject.schema)"
        }
        try subject.console(
            """
            GRANT USAGE ON SCHEMA \(subject.schema) TO \(planner), \(applier), \(product);
            GRANT SELECT ON ALL TABLES IN SCHEMA \(subject.schema) TO \(planner);
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \(subject.schema)
              TO \(applier);
            GRANT SELECT, UPDATE ON accounts TO \(product);
            """)
        let reader = PostgresStoreReader(url: subject.url(as: planner))
        #expect(try await reader.snapshot(project: "").origin?.serial == 1)
        #expect(try await reader.verifyAudit(expecting: nil).broken == nil)
        await #expect(throws: StoreError.self) {
            try await PostgresStore(url: subject.url(as: planner)).commit([])
        }
        try await PostgresStore(url: subject.url(as: applier)).commit([
            change(.blockAccount(ann)), .letter(letter("a")),
        ])
        try shell([
            "psql", "-qX", subject.server(as: product), "-c",
            "UPDATE \(subject.schema).accounts SET blocked = 0 WHERE email = 'ann@acme.example'",
        ])
        let after = try await reader.snapshot(project: "")
        #expect(after.foreignChanges.map(\.by) == ["\(product) (psql)"])
        #expect(after.origin?.serial == 3)
    }

    @Test("tells every role who holds the lock, as far as the server shows it")
    func holder() async throws {
        let subject = try await world()
        let other = subject.schema + "_other"
        try subject.console(
            "CREATE ROLE \(other) LOGIN; GRANT USAGE ON SCHEMA \(subject.schema) TO \(other)")
        let holder = LockHolder(
            actor: "ann@acme.example", systemUser: "ops", host: "build7", process: 4711, since: noon
        )
        let lock = try await subject.store.lock(holder: holder, timeout: 0)
        await #expect(throws: StoreError.locked(holder)) {
            _ = try await PostgresStore(url: subject.url).lock(holder: holder, timeout: 0)
        }
        var shown = holder
        shown.systemUser = "role muster"
        shown.host = "a host that the server does not tell"
        await #expect(throws: StoreError.locked(shown)) {
            _ = try await PostgresStore(url: subject.url(as: other)).lock(
                holder: holder, timeout: 0)
        }
        await lock.release()
    }

    // MARK: - Failures

    @Test(
        "that cannot be reached says why, without a password",
        arguments: [
            "postgres://ann:hunter2@/x?host=/nowhere", "postgres://ann:hun/ter2@host/x",
            "postgres:///x?host=/nowhere&password=hunter2", "postgres://ann:hunter2@host:p/x",
            "postgres://ann:hunter2@/x?host=/nowhere&schema=a&schema=b",
            "postgres://ann:hunter2@/x?host=/nowhere&schema=pg_catalog",
            "postgres://ann:hun%ter2@host/x", "postgres://ann:hun@ter2@host/x",
            "postgres://ann:hunter2@/x?hunter2",
        ])
    func unreachable(_ url: String) async throws {
        await #expect {
            _ = try await PostgresStoreReader(url: url).identity()
        } throws: {
            guard case StoreError.unreachable(let place, let reason) = $0 else { return false }
            let text = place + reason
            return text.contains("***") && !text.contains("hun") && !text.contains("ter2")
        }
    }

    @Test(
        "whose URL has a parameter that libpq does not know names it, and those that it knows",
        arguments: [
            ("sslmod=require", "sslmod"), ("sslmode=require&Schema=x", "Schema"),
            ("ssl%6Dod=require", "sslmod"),
        ])
    func stranger(_ query: String, _ name: String) async throws {
        await #expect {
            _ = try await PostgresStoreReader(url: "postgres://ann:hunter2@/x?\(query)").identity()
        } throws: {
            guard case StoreError.unreachable(_, let reason) = $0 else { return false }
            return reason.hasPrefix("its parameter \(name) is not known; there are application_")
                && reason.contains(" schema, ") && reason.contains(" sslmode, ")
                && !reason.contains("hunter2")
        }
    }

    @Test(
        "names a server's failure as every engine's",
        arguments: [
            ("53100", StoreError.full("")), ("25006", .readOnly("")), ("40001", .locked(nil)),
            ("40P01", .locked(nil)), ("55P03", .locked(nil)),
            ("XX001", .damaged("", reason: "no")), ("23514", .failed("no")),
            ("42501", .unreachable("", reason: "no (PostgreSQL 42501): this role may not do that")),
            ("P0001", .failed("no (PostgreSQL P0001)")),
        ])
    func failures(_ state: String, _ expected: StoreError) async throws {
        let subject = try await world()
        try subject.console(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '\(state)'; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION fail();
            """)
        await #expect {
            try await subject.store.commit([change(.blockAccount(ann))])
        } throws: { error in
            switch (error as? StoreError, expected) {
            case (.full, .full), (.readOnly, .readOnly), (.damaged(_, "no"), .damaged): true
            case (.unreachable(_, let found), .unreachable(_, let expected)): found == expected
            case (let found?, _): found == expected
            default: false
            }
        }
        #expect(try await subject.store.snapshot(project: "").accounts[ann]?.blocked == false)
    }

    @Test("tells of a row that the server refuses nothing that is in it")
    func refusedRow() async throws {
        let subject = try await world()
        try subject.console("ALTER TABLE accounts ADD CHECK (automation > 1) NOT VALID")
        await #expect {
            try await subject.store.commit([change(.blockAccount(ann))])
        } throws: {
            guard case StoreError.damaged(_, let reason) = $0 else { return false }
            return reason.contains("violates check constraint") && !reason.contains("3161")
        }
    }

    @Test(
        "does once more what the server undid for another's sake, also at the end",
        arguments: ["40001", "40P01"],
        ["TRIGGER", "CONSTRAINT TRIGGER"])
    func retried(_ state: String, _ kind: String) async throws {
        let subject = try await world()
        let isLate = kind == "CONSTRAINT TRIGGER"
        // A sequence remembers what a transaction that was undone has done.
        try subject.console(
            """
            CREATE SEQUENCE turns;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('turns') < 3 THEN RAISE EXCEPTION 'no' USING ERRCODE = '\(state)'; END IF;
            RETURN NEW; END $$;
            CREATE \(kind) fail \(isLate ? "AFTER" : "BEFORE") INSERT ON audit
            \(isLate ? "DEFERRABLE INITIALLY DEFERRED" : "")
            FOR EACH ROW EXECUTE FUNCTION fail();
            """)
        try await subject.store.commit([change(.blockAccount(ann))])
        #expect(try subject.rows("SELECT last_value FROM turns") == ["3"])
        #expect(try await subject.store.snapshot(project: "").accounts[ann]?.blocked == true)
        #expect(try await subject.store.verifyAudit(expecting: nil).entries == 7)
    }

    @Test("waits for another writer, and not for ever")
    func waiting() async throws {
        let subject = try await world()
        let mark = subject.folder + "/mark"
        try subject.console(
            """
            BEGIN; UPDATE accounts SET blocked = 1;
            \\! touch \(mark)
            SELECT pg_sleep(3); COMMIT;
            """, until: mark)
        let hasty = PostgresStore(url: subject.url, patience: 100)
        await #expect(throws: StoreError.locked(nil)) {
            try await hasty.recordDelivery([.init(letter: "a", at: noon, result: .sent)])
        }
        try await subject.store.recordDelivery([.init(letter: "a", at: noon, result: .sent)])
        #expect(try await subject.store.snapshot(project: "").accounts[ann]?.blocked == true)
    }

    @Test("does not know what became of a commit whose answer was lost; asked again, it does")
    func outcomeUnknown() async throws {
        let subject = try await world()
        try subject.console(
            """
            CREATE SEQUENCE turns;
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('turns') < 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
            RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER die AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION die();
            """)
        await #expect {
            try await subject.store.commit([change(.blockAccount(ann))])
        } throws: {
            if case StoreError.outcomeUnknown = $0 { true } else { false }
        }
        #expect(try await subject.store.snapshot(project: "").accounts[ann]?.blocked == false)
        try await subject.store.commit([change(.blockAccount(ann))])
        #expect(try await subject.store.snapshot(project: "").accounts[ann]?.blocked == true)
    }

    @Test("goes on after its connection was ended between two calls")
    func reconnected() async throws {
        let subject = try await world()
        try subject.endSessions()
        #expect(try await subject.store.snapshot(project: "").origin?.serial == 1)
        try subject.endSessions()
        try await subject.store.recordDelivery([.init(letter: "a", at: noon, result: .sent)])
        try subject.endSessions()
        let base = try await PostgresStoreReader(url: subject.url).identity().origin
        _ = try await subject.store.commit(
            Commit(run: makeRun(), base: base, steps: [change(.blockAccount(ann))]))
        #expect(try await subject.store.snapshot(project: "").origin?.serial == 2)
    }
}
