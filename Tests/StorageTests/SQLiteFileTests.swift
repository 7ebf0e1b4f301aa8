import AccessModel
import Glibc
import Planning
import SQLStorage
import SQLiteStorage
import Storage
import Testing

/// What an SQLite store makes of the files it finds.
@Suite("An SQLite store's file") struct SQLiteFileTests {
    private func error(_ path: String, isTracked: Bool = false) async -> StoreError? {
        let reader = SQLiteStoreReader(path: path, isTracked: { _ in isTracked })
        do {
            _ = try await reader.snapshot(project: "acme")
            return nil
        } catch {
            return error
        }
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("is made with mode 0600 in a folder of mode 0700, and nothing lies beside it")
    func made() async throws {
        let subject = Subject(.sqlite)
        let store = SQLiteStore(path: subject.folder + "/a/b/store.db")
        try await makeSmallWorld(store)
        #expect(mode(subject.folder + "/a/b/store.db") == 0o600)
        #expect(mode(subject.folder + "/a/b") == 0o700)
        #expect(mode(subject.folder + "/a") == 0o700)
        #expect(Subject.names(in: subject.folder + "/a/b") == ["store.db"])
    }

    @Test("is not there when its first commit fails")
    func failedCreation() async throws {
        let subject = Subject(.sqlite)
        await #expect(throws: StoreError.self) {
            try await subject.store.commit([change(.blockAccount(email("nobody")))])
        }
        #expect(Subject.names(in: subject.folder).isEmpty)
    }

    @Test("survives what an interrupted creation left")
    func leftovers() async throws {
        let subject = Subject(.sqlite)
        for name in ["/store.db.new", "/store.db.new-journal", "/store.db.lock"] {
            write("half a store", to: subject.folder + name)
        }
        try await makeSmallWorld(subject.store)
        #expect(Subject.names(in: subject.folder) == ["store.db", "store.db.lock"])
        let lock = try await subject.store.lock(
            holder: LockHolder(actor: "a", systemUser: "b", host: "c", process: 1, since: noon),
            timeout: 0)
        await lock.release()
    }

    @Test("is made by one of two; the other one is stale")
    func race() async throws {
        let subject = Subject(.sqlite)
        let commit = Commit(run: makeRun(), base: nil, newStoreID: "n", steps: [])
        _ = try await subject.store.commit(commit)
        await #expect(throws: StoreError.stale) {
            _ = try await SQLiteStore(path: subject.path).commit(commit)
        }
    }

    @Test("is refused when others can write it, or git tracks it")
    func insecure() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        chmod(subject.path, 0o660)
        #expect(
            await error(subject.path)
                == .insecure(subject.path, reason: "its group can write it"))
        chmod(subject.path, 0o602)
        #expect(
            await error(subject.path) == .insecure(subject.path, reason: "everyone can write it"))
        chmod(subject.path, 0o640)
        #expect(await error(subject.path) == nil)
        #expect(await error(subject.path, isTracked: true) == .trackedByGit(subject.path))
    }

    @Test("is named for what it is when it is no store")
    func notAStore() async throws {
        let subject = Subject(.sqlite)
        #expect(await error(subject.path) == .absent(subject.path))
        #expect(
            await error(subject.folder) == .notAStore(subject.folder, reason: "it is not a file"))
        write("", to: subject.path)
        #expect(await error(subject.path) == .notAStore(subject.path, reason: "it is empty"))
        write("kind: Project\n", to: subject.path)
        #expect(
            await error(subject.path)
                == .notAStore(subject.path, reason: "it is no SQLite database"))
        unlink(subject.path)
        try console(subject.path, "CREATE TABLE t (x)")
        chmod(subject.path, 0o600)
        #expect(
            await error(subject.path)
                == .notAStore(subject.path, reason: "it is an SQLite database of something else"))
    }

    @Test("is refused at every length but its own")
    func cut() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        let whole = bytes(subject.path)
        for length in stride(from: 1, to: whole.count, by: 997) + [whole.count - 1] {
            write(Array(whole.prefix(length)), to: subject.path)
            let found = await error(subject.path)
            guard case .notAStore = found else {
                Issue.record("\(length) of \(whole.count): \(String(describing: found))")
                continue
            }
        }
    }

    @Test("is refused when a flipped byte breaks its structure")
    func damaged() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        let whole = bytes(subject.path)
        // Page type, number of cells and first cell pointer of each page's own header.
        for page in stride(from: 4_096, to: whole.count, by: 4_096) where whole[page] != 0 {
            for place in [0, 3, 4] {
                var other = whole
                other[page + place] ^= 0xFF
                write(other, to: subject.path)
                let found = await error(subject.path)
                #expect(found != nil, "byte \(place) of the page at \(page)")
            }
        }
    }

    @Test("is read where neither it nor its folder can be written")
    func readOnly() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        chmod(subject.path, 0o400)
        chmod(subject.folder, 0o500)
        #expect(await error(subject.path) == nil)
        #expect(Subject.names(in: subject.folder) == ["store.db"])
        chmod(subject.folder, 0o700)
    }

    @Test("is as it was before a write that was killed")
    func interrupted() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        let whole = comparable(try await subject.store.snapshot(project: "acme"))
        let copy = subject.folder + "/copy.db"
        try console(
            subject.path,
            """
            PRAGMA cache_size = 1;
            BEGIN;
            UPDATE accounts SET first_name = hex(randomblob(9000));
            UPDATE roles SET title = hex(randomblob(9000));
            .system cp \(subject.path) \(copy)
            .system cp \(subject.path)-journal \(copy)-journal
            ROLLBACK;
            """)
        #expect(bytes(copy) != bytes(subject.path))
        chmod(copy, 0o600)
        chmod(copy + "-journal", 0o600)
        let reader = SQLiteStoreReader(path: copy)
        #expect(comparable(try await reader.snapshot(project: "acme")) == whole)
        #expect(!Subject.names(in: subject.folder).contains("copy.db-journal"))
    }

    @Test("that another connection writes for long is locked, in our words")
    func busy() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        let reader = SQLiteStoreReader(path: subject.path, patience: 50)
        try console(
            subject.path,
            """
            BEGIN EXCLUSIVE;
            .system touch \(subject.path).held; sleep 0.7
            ROLLBACK;
            """, until: subject.path + ".held")
        await #expect(throws: StoreError.locked(nil)) {
            _ = try await reader.snapshot(project: "acme")
        }
    }

    private var known: Int { Schema.current.versions.count }

    @Test("of a newer version is refused without a write")
    func newer() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        try console(subject.path, "UPDATE meta SET schema_version = 7")
        let before = bytes(subject.path)
        #expect(await error(subject.path) == .newer(found: 7, known: known))
        await #expect(throws: StoreError.newer(found: 7, known: known)) {
            _ = try await SQLiteStore(path: subject.path).commit(
                Commit(run: makeRun(), base: .init(id: "id-1", serial: 1), steps: []))
        }
        #expect(bytes(subject.path) == before)
    }

    @Test("of an older version is read as it is, and moved by the first write")
    func older() async throws {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        var schema = Schema.current
        schema.versions.append { _ in
            [
                "ALTER TABLE tenants ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'",
                "UPDATE tenants SET title = title || '!'",
            ]
        }
        let before = bytes(subject.path)
        let reader = SQLiteStoreReader(path: subject.path, schema: schema)
        #expect(try await reader.snapshot(project: "acme").tenants["prod"]?.title == "P!")
        #expect(bytes(subject.path) == before)
        let store = SQLiteStore(path: subject.path, schema: schema)
        try await store.commit([change(.blockAccount(email("ann")))])
        #expect(try await store.snapshot(project: "acme").tenants["prod"]?.title == "P!")
        #expect(try await store.snapshot(project: "acme").foreignChanges.isEmpty)
        #expect(await error(subject.path) == .newer(found: known + 1, known: known))
    }
}
