import AccessModel
import Glibc
import Planning
import PostgresStorage
import SQLStorage
import SQLiteStorage
import Storage
import Support
import Testing

/// Stores that have lived, and were moved to a server and back.
///
/// `MUSTER_SEEDS=N` sets how many worlds; a failure names the seed.
@Suite("The laws of copying") struct CopyLawTests {
    private static let seeds =
        getenv("MUSTER_SEEDS").flatMap { Int(String(cString: $0)) }.map { max(1, $0 / 3) } ?? 20

    @Test(
        "Random worlds: a store has one past in memory, on a file, on a server and back on a file")
    func laws() async throws {
        var (letters, foreign) = (0, 0)
        for seed in 1...Self.seeds {
            let folder = TemporaryFolder()
            let (path, end) = (folder.path + "/store.db", folder.path + "/back.db")
            let memory = MemoryStore(hash: SHA256Digest.hexadecimal)
            let file = SQLiteStore(path: path)
            var life = AppliedLife(seed: seed, stores: [memory, file])
            for _ in 0..<2 { #expect(try await life.turn() == [], "seed \(seed)") }
            guard try await life.snapshot(file).origin != nil else { continue }
            let name = life.desired.project.name
            #expect(try await Past(memory, name) == Past(file, name), "seed \(seed)")
            try await live(on: file, at: path, folder.path, &life)

            let there = try copied(from: path, to: end, by: folder.path + "/middle.db")
            let server = there.server
            let back = SQLiteStore(path: end)
            let past = try await Past(file, name)
            #expect(try await Past(server, name) == past, "seed \(seed)")
            #expect(try await Past(back, name) == past, "seed \(seed)")
            #expect(there.digests.count == 1, "seed \(seed)")
            let check = try await SQLiteStoreReader(path: end).check(expecting: nil)
            #expect(check.isGood && check.digest == there.digests.first, "seed \(seed)")
            life.stores = [file, server, back]
            for actor in [Actor.platformOperator, .person(.of("me"))] {
                #expect(try await life.plans(as: actor).count == 1, "seed \(seed)")
            }
            #expect(try await life.exports().count == 1, "seed \(seed)")
            letters += past.outbox.count
            foreign += past.records.count
        }
        #expect(letters > Self.seeds && foreign > Self.seeds)
    }

    /// What becomes of a store besides applies: letters go, and others write.
    private func live(
        on store: SQLiteStore, at path: String, _ folder: String, _ life: inout AppliedLife
    ) async throws {
        let results: [DeliveryRecord.Result] = [
            .sent, .failed(reason: "no \"route\"\n\\ é", retryAt: life.now, outage: true),
            .undeliverable(reason: "no such user"),
        ]
        for entry in try await store.outbox() where life.maker.dice.chance(50) {
            guard let result = results.randomElement(using: &life.maker.dice) else { continue }
            try await store.recordDelivery([
                .init(letter: entry.letter.id, at: life.now, result: result)
            ])
        }
        let words = life.maker.dice.some(
            of: [
                "UPDATE accounts SET first_name = '\"é\" \\ ' || email",
                "UPDATE tenants SET title = 'By ''hand'''",
                "UPDATE identity_users SET roles = 'x,y'",
                "DELETE FROM membership_roles WHERE role = 'r1'",
                "DELETE FROM membership_permissions", "UPDATE accounts SET blocked = 1 - blocked",
                "INSERT INTO roles VALUES ('odd', '漢', '', 'a b', 1)",
            ], 40)
        let run = try ProcessRun.of(
            [
                "sqlite3", "-bail", path,
                "UPDATE roles SET title = 'x';" + words.joined(separator: ";"),
            ],
            in: folder, input: "", environment: ["PATH": "/usr/bin:/bin"], scratch: folder)
        try #require(run.exit == 0, "\(run)")
    }

    /// By way of a server, where there is one.
    private func copied(
        from path: String, to end: String, by middle: String
    ) throws -> (server: any Store, digests: Set<String>) {
        let (first, last) = (SQLiteCopyEnd(path: path), SQLiteCopyEnd(path: end))
        guard PostgresServer.isThere else {
            let between = SQLiteCopyEnd(path: middle)
            let there = try copyStore(from: first, to: between, underTestClock: false)
            let back = try copyStore(from: between, to: last, underTestClock: false)
            return (SQLiteStore(path: middle), [there.digest, back.digest])
        }
        let url = PostgresServer.newStore()
        let between = PostgresCopyEnd(url: url)
        let there = try copyStore(from: first, to: between, underTestClock: false)
        let back = try copyStore(from: between, to: last, underTestClock: false)
        return (PostgresStore(url: url), [there.digest, back.digest])
    }
}

/// All that a store can be asked.
private struct Past: Equatable {
    var access: [String]
    var invitations: [String]
    var settings: [String: String]
    var managed: Set<Address>
    var records: [ForeignRecord]
    var runs: [RunRecord]
    var audit: [AuditEntry] = []
    var outbox: [OutboxEntry]
    var figures: OutboxFigures
    var identity: StoreIdentity
    var damage: AuditVerification.Break?

    init(_ store: some Store, _ project: String) async throws {
        let state = try await store.snapshot(project: project)
        access = state.lines
        invitations = state.invitations.map { "\($0)" }.sorted()
        (settings, managed) = (state.settings, state.managed)
        records = try await store.foreignRecords()
        runs = try await store.runs(limit: 1_000)
        for run in runs { audit += try await store.audit(.run(run.number)) }
        outbox = try await store.outbox()
        figures = try await store.outboxFigures()
        identity = try await store.identity()
        damage = try await store.verifyAudit(expecting: nil).broken
    }
}
