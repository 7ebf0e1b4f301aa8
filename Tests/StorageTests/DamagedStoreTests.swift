import AccessModel
import Glibc
import SQLStorage
import SQLiteStorage
import Storage
import Support
import Testing

/// A thousand copies of a sound store, each damaged in one way.
@Suite("Damaged stores") struct DamagedStoreTests {
    /// What a digest or an invariant covers; the rest (letters, expiry of invitations, names of
    /// settled records, the key's fingerprint) is what it is.
    private static let covered = [
        "SELECT serial FROM meta", "SELECT * FROM settings", "SELECT * FROM managed",
        "SELECT * FROM permissions", "SELECT * FROM roles", "SELECT * FROM tenants",
        "SELECT * FROM tenant_roles", "SELECT * FROM accounts", "SELECT * FROM memberships",
        "SELECT * FROM membership_permissions", "SELECT * FROM membership_roles",
        "SELECT * FROM identities", "SELECT * FROM identity_users", "SELECT * FROM runs",
        "SELECT * FROM audit", "SELECT * FROM seals", "SELECT * FROM recording",
        "SELECT position, operation, before, after, at, who, resolved FROM foreign_changes",
    ]

    @Test("are never accepted where an invariant or a digest is touched")
    func neverSilent() async throws {
        let original = Subject(.sqlite)
        try await makeSoundWorld(original)
        let whole = bytes(original.path)
        let head = try await original.store.verifyAudit(expecting: nil).head
        let good = try await original.check(expecting: head)
        #expect(good.isGood)
        let rows = try original.rows(Self.covered.joined(separator: ";\n"))
        var accepted = 0
        var touched = 0
        for seed in 1...1_000 {
            var dice = Dice(seed: seed)
            let copy = Subject(.sqlite)
            try damage(copy, whole, &dice)
            guard bytes(copy.path) != whole else { continue }
            touched += 1
            let report: IntegrityReport
            do {
                report = try await copy.check(expecting: head)
            } catch StoreError.newer {
                continue
            } catch StoreError.unreachable {
                continue
            }
            guard report.isGood, report.digest != good.digest else { continue }
            accepted += 1
            #expect(
                try copy.rows(Self.covered.joined(separator: ";\n")) == rows, "seed \(seed)")
        }
        #expect(touched > 950 && accepted < 200)
    }

    private func damage(_ copy: Subject, _ whole: [UInt8], _ dice: inout Dice) throws {
        var bytes = whole
        switch Int.random(in: 0..<10, using: &dice) {
        case 0:
            bytes.removeLast(Int.random(in: 1..<whole.count, using: &dice))
            write(bytes, to: copy.path)
        case 1...6:
            // Of bytes that are in use: most of a page is nothing.
            var place = Int.random(in: bytes.indices, using: &dice)
            while bytes[place] == 0 { place = Int.random(in: bytes.indices, using: &dice) }
            for _ in 0..<Int.random(in: 1...3, using: &dice) {
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
                place = min(place + 1, bytes.count - 1)
            }
            write(bytes, to: copy.path)
        default:
            write(bytes, to: copy.path)
            let tables = [
                "accounts", "memberships", "membership_permissions", "membership_roles", "roles",
                "tenants", "tenant_roles", "identities", "identity_users", "permissions", "audit",
                "runs", "seals", "recording", "settings", "managed", "foreign_changes",
            ]
            let table = dice.pick(tables)
            let number = Int.random(in: 0...9, using: &dice)
            try copy.unwatched(
                """
                DELETE FROM \(table) WHERE (\(Self.key(of: table))) = (SELECT \(Self.key(of: table))
                FROM \(table) LIMIT 1 OFFSET \(number) % (SELECT max(1, count(*)) FROM \(table)))
                """)
        }
    }

    private static func key(of table: String) -> String {
        StoredTable.all.first { $0.name == table }!.key.map(\.name).joined(separator: ", ")
    }
}
