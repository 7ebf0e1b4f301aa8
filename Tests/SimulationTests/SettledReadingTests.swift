import AccessModel
import Diagnostics
import Manifests
import Planning
import Reconciliation
import SQLiteStorage
import Storage
import Support
import Syntax
import Testing

/// Users on whom manifests and store agree are left out; `Tests/check-settled.py` shows in random
/// lives that nobody can tell.
@Suite("What is read of a store that is mostly as declared") struct SettledReadingTests {
    private let folder = TemporaryFolder()
    private let now = Instant.of("2026-11-22T10:00:00Z")

    private var store: SQLiteStore { SQLiteStore(path: folder.path + "/store.db") }

    private var context: RunContext { .ofOperator(at: now) }

    /// Ten identities of four users each.
    private func files(_ last: String = "d9") -> [SourceFile] {
        let project = """
            kind: Project
            name: acme
            invitations: { from: a@acme.example, acceptURL: https://acme.example/a }
            ---
            kind: Tenant
            name: t
            """
        let identities = (0..<10).map { number in
            let names = ["a", "b", "c"].map { "\($0)\(number)" }
            let users = (names + [number == 9 ? last : "d\(number)"]).map {
                "  - { email: \($0)@acme.example, roles: [x, y] }\n"
            }
            return SourceFile(
                path: "site\(number).yaml",
                bytes: Array(
                    "kind: Identity\ncode: io.s\(number)\ntenant: t\nusers:\n\(users.joined())".utf8
                ))
        }
        return [SourceFile(path: "muster.yaml", bytes: Array(project.utf8))] + identities
    }

    private func planned(_ loaded: LoadedManifests, on observed: ObservedState) -> PlanReport {
        report(
            loaded, observed: observed, options: PlanOptions(), context: context,
            manifests: .init(digest: "sha256:0", commit: nil, files: 1))
    }

    private func apply(_ files: [SourceFile]) async throws {
        let loaded = load(files, limits: Limits(), now: now)
        let report = planned(loaded, on: ObservedState())
        let order = Applier.Order(
            report: report, id: PlanDocument.id(of: report), loaded: loaded,
            desired: try #require(loaded.desired))
        _ = try await Applier(store: store, keys: FixedKey(), context: context).apply(order)
    }

    private func reading(
        _ files: [SourceFile], knowing known: RememberedFiles? = nil
    ) async throws -> SettledReading? {
        let manifests = try #require(
            CondensedManifests(
                files, limits: Limits(), now: now,
                knowing: known?.files(by: FileDigests(of: files)) ?? [:]))
        let survey = try #require(try await store.survey(project: "acme", knowing: nil))
        return try await SettledReading.of(
            manifests, survey, actor: .platformOperator, now: now, by: store)
    }

    @Test("has no user of identities that are as declared, but for the first who wait")
    func equal() async throws {
        try await apply(files())
        let reading = try #require(try await reading(files()))
        let settled = SettledUsers(users: 4, awaiting: 4, until: now.adding(days: 7))
        #expect(
            reading.observed.settled
                == Dictionary(
                    uniqueKeysWithValues: (2..<10).map { (IdentityCode("io.s\($0)"), settled) }))
        #expect(reading.observed.identityUsers.keys.sorted().map(\.text) == ["io.s0", "io.s1"])
        #expect(reading.observed.accounts.count == 8)
        #expect(reading.loaded.desired?.identityUsers.count == 8)
        let plan = planned(reading.loaded, on: reading.observed).plan
        #expect(plan.changes.isEmpty && plan.summary.awaiting == 40)
    }

    @Test("has the users of whom something else is declared, wherever they are, and the same plan")
    func different() async throws {
        try await apply(files())
        let files = files("a5")
        let reading = try #require(try await reading(files))
        // Whoever is looked at comes with all the places that there are: a5 is at home in io.s5.
        let codes = reading.observed.identityUsers.keys.sorted().map(\.text)
        #expect(codes == ["io.s0", "io.s1", "io.s5", "io.s9"])
        let snapshot = try await store.snapshot(project: "acme")
        let whole = planned(load(files, limits: Limits(), now: now), on: snapshot)
        let part = planned(reading.loaded, on: reading.observed)
        #expect(part.plan.changes == whole.plan.changes && !part.plan.changes.isEmpty)
        #expect(part.plan.summary == whole.plan.summary)
        #expect(part.plan.notes.prefix(7) == whole.plan.notes.prefix(7))
        let rest = SettledUsers(users: 3, awaiting: 3, until: now.adding(days: 7))
        #expect(reading.observed.settled[IdentityCode("io.s5")] == rest)
        #expect(reading.observed.settled[IdentityCode("io.s9")] == rest)
    }

    @Test("is the same with what an earlier look found the users to be")
    func remembered() async throws {
        try await apply(files())
        let survey = try #require(try await store.survey(project: "acme", knowing: nil))
        let remembered = RememberedSurvey(
            question: "which", store: StoreMark("mark"), entries: survey.entries)
        let found = try #require(RememberedSurvey(remembered.bytes))
        #expect(found.entries == survey.entries && found.question == "which")
        var damaged = remembered.bytes
        damaged[damaged.count / 2] ^= 1
        #expect(RememberedSurvey(damaged) == nil)
        let again = try #require(
            try await store.survey(project: "acme", knowing: found.entries))
        #expect(again.state.accounts.keys == survey.state.accounts.keys)
        #expect(again.state.identities == survey.state.identities)
        #expect(again.state.foreignChanges == survey.state.foreignChanges)
        #expect(again.entries == survey.entries && again.users == 40)
    }

    @Test("is the same with what files of the same bytes had been found to be")
    func rememberedFiles() async throws {
        try await apply(files())
        let read = try #require(CondensedManifests(files(), limits: Limits(), now: now))
        let remembered = RememberedFiles(
            question: "which", files: read.files, FileDigests(of: files()))
        let found = try #require(RememberedFiles(remembered.bytes))
        #expect(found.files == remembered.files && found.files.count == 10)
        #expect(found.question == "which")
        for place in 0..<remembered.bytes.count {
            var damaged = remembered.bytes
            damaged[place] ^= 1
            #expect(RememberedFiles(damaged) == nil)
        }
        #expect(RememberedFiles(Array(remembered.bytes.dropLast())) == nil)
        let files = files("a5")
        #expect(found.files(by: FileDigests(of: files)).count == 9)
        let (left, right) = (try await reading(files), try await reading(files, knowing: found))
        #expect(left?.loaded.desired == right?.loaded.desired)
        #expect(left?.observed.settled == right?.observed.settled)
        #expect(left?.observed.accounts.keys == right?.observed.accounts.keys)
    }

    @Test("is everything where most is to be read")
    func little() async throws {
        try await apply(files())
        let few = Array(files().prefix(4))
        #expect(try await reading(few) == nil)
    }
}
