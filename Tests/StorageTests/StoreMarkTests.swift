import AccessModel
import Glibc
import PostgresStorage
import SQLiteStorage
import Storage
import Support
import Testing

/// What may stand for a store that is not read again.
@Suite("The mark of an SQLite store") struct StoreMarkTests {
    private func mark(_ subject: Subject) async throws -> StoreMark? {
        // As long as it takes until another write has another time.
        usleep(30_000)
        return try await SQLiteStoreReader(path: subject.path).mark()
    }

    private func made() async throws -> Subject {
        let subject = Subject(.sqlite)
        try await makeSmallWorld(subject.store)
        return subject
    }

    @Test("stays as long as the store is only read, by anybody")
    func reading() async throws {
        let subject = try await made()
        let first = try #require(try await mark(subject))
        _ = try await subject.store.snapshot(project: "acme")
        try await subject.store.rehearse()
        _ = try subject.rows("SELECT count(*) FROM accounts")
        #expect(try await mark(subject) == first)
        #expect(try await subject.store.mark() == first)
    }

    @Test(
        "is another one after any write, whoever wrote and by whatever means",
        arguments: Stranger.allCases)
    func writing(_ stranger: Stranger) async throws {
        let subject = try await made()
        let first = try #require(try await mark(subject))
        try stranger.write(subject)
        let second = try await mark(subject)
        #expect(second != first)
        // A store with a log beside it has none at all.
        #expect((second == nil) == (stranger == .withOpenLog))
    }

    enum Stranger: String, CaseIterable {
        case anotherShell, unrecorded, sameRow, byteByByte, bytesBackInTime, anotherFile, setting
        case withOpenLog, withLog

        func write(_ subject: Subject) throws {
            let change = "UPDATE accounts SET first_name = 'Eve';"
            switch self {
            case .anotherShell: try subject.console(change)
            case .unrecorded:
                let kind = "SELECT 'DROP TRIGGER \"' || name || '\";' FROM sqlite_master"
                let drops = try subject.rows("\(kind) WHERE type = 'trigger'").joined()
                try subject.console(drops)
                #expect(try subject.rows("SELECT count(*) FROM foreign_changes") == ["0"])
            case .sameRow: try subject.console("UPDATE accounts SET email = email;")
            case .byteByByte, .bytesBackInTime:
                var before = stat()
                #expect(stat(subject.path, &before) == 0)
                let descriptor = open(subject.path, O_WRONLY)
                defer { close(descriptor) }
                // The same byte: the mark is not about what was written.
                var byte = StorageTests.bytes(subject.path)[Int(before.st_size) - 1]
                #expect(pwrite(descriptor, &byte, 1, before.st_size - 1) == 1)
                guard self == .bytesBackInTime else { return }
                let times = [before.st_atim, before.st_mtim]
                #expect(futimens(descriptor, times) == 0)
            case .anotherFile:
                #expect(rename(subject.path, subject.path + ".old") == 0)
                let copy = StorageTests.bytes(subject.path + ".old")
                StorageTests.write(copy, to: subject.path)
                chmod(subject.path, 0o600)
            case .setting: try subject.console("PRAGMA user_version = 7;")
            case .withLog: try subject.console("PRAGMA journal_mode = wal; \(change)")
            case .withOpenLog:
                try subject.console("PRAGMA journal_mode = wal;")
                try subject.console(
                    "\(change)\n.shell cp '\(subject.path)-wal' '\(subject.path)-log'")
                #expect(rename(subject.path + "-log", subject.path + "-wal") == 0)
            }
        }
    }

    @Test("is none of a store that was written to just now")
    func fresh() async throws {
        let subject = try await made()
        try subject.console("UPDATE accounts SET first_name = 'Eve';")
        let descriptor = open(subject.path, O_WRONLY)
        defer { close(descriptor) }
        let reader = SQLiteStoreReader(path: subject.path)
        _ = try await reader.snapshot(project: "acme")
        // Writing its last byte again changes the time alone.
        let bytes = StorageTests.bytes(subject.path)
        var last = bytes[bytes.count - 1]
        var hasNone = false
        // Whom a busy machine keeps waiting asks too late, and once more.
        for _ in 1...100 where !hasNone {
            #expect(pwrite(descriptor, &last, 1, off_t(bytes.count - 1)) == 1)
            hasNone = try await reader.mark() == nil
        }
        #expect(hasNone)
    }
}

@Suite(
    "The mark of a shared store",
    .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)))
struct SharedStoreMarkTests {
    @Test("stays while the store is only read, and is another one after any write")
    func mark() async throws {
        // The common server is written to all the time, by other tests.
        try await PostgresServer.withVictim {
            try shell([PostgresServer.restart, "fast"])
            try await markFollowsWrites(
                Subject(.postgres, at: PostgresServer.newVictimStore()))
        }
    }

    private func markFollowsWrites(_ subject: Subject) async throws {
        try await makeSmallWorld(subject.store)
        let reader = PostgresStoreReader(url: subject.url)
        var last: StoreMark?
        var isKept = false
        // The server itself writes now and then.
        for _ in 1...20 where !isKept {
            last = try await subject.store.mark()
            _ = try await subject.store.snapshot(project: "acme")
            _ = try subject.rows("SELECT count(*) FROM accounts")
            let marks = [try await subject.store.mark(), try await reader.mark()]
            isKept = marks.allSatisfy { $0 == last }
        }
        #expect(last != nil && isKept)
        for write in [
            "UPDATE accounts SET first_name = 'Eve'", "UPDATE accounts SET email = email",
            "ALTER TABLE roles DISABLE TRIGGER ALL", "TRUNCATE identity_users",
            "CREATE TABLE further (a int)", "COMMENT ON TABLE roles IS 'x'",
        ] {
            try subject.console(write)
            let now = try await subject.store.mark()
            #expect(now != last, "\(write)")
            last = now
        }
    }
}
