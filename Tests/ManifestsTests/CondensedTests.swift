import AccessModel
import Diagnostics
import Manifests
import Support
import Syntax
import Testing

/// Plain users of identities are kept as rosters; whoever asks for them has them after all.
@Suite("Condensed manifests")
struct CondensedTests {
    private static let now = Instant(seconds: 1_800_000_000)
    private static let entries = [
        "- { email: NAME@x.example }",
        "- { email: NAME@x.example, roles: [b, a, \"c d\"] } # as written",
        "- { email: \"NAME@x.example\", roles: [], enabled: true, admin: false }",
        "- email: 'NAME@x.example'\n  roles:\n  - x\n  - \"y\"",
        "- { roles: [a, \"c d\", b], email: NAME@x.example }",
        "- { email: NAME@X.example }",
        "- { email: NAME@x.example, admin: true, roles: [x] }",
        "- { email: NAME@x.example, enabled: false }",
        "- { email: NAME@x.example, expires: 2030-01-01 }",
        "- { email: NAME@x.example, roles: [admin] }",
        "- { email: NAME@x.example, roles: [\"null\", no, 12] }",
        "- { email: NAME@x.example, roles: &some [a, b] }",
        "- { <<: { roles: [z] }, email: NAME@x.example }",
        "- { email: \"\\x70NAME@x.example\" }",
    ]
    private static let mistakes = [
        "- { email: NAME@x.example, roles: [null] }", "- { email: NAME@x.example, roles: [a, a] }",
        "- { email: NAME@x.example, emial: a }", "- { email: NAME, admin: yes }", "- NAME",
        "- { email: p0@x.example }", "- { email: NAME@x.example, email: b@x.example }",
        "- { email: NAME@x.example", "- { email: NAME@x.example, roles: [\"a,b\"] }",
    ]

    private static func files(_ dice: inout some RandomNumberGenerator, _ all: [String])
        -> [SourceFile]
    {
        var text = ["kind: Tenant\nname: t"]
        for number in 0..<4 {
            var names = (0..<6).map { "p\(Int.random(in: 0..<90, using: &dice))q\($0)" }
            names.shuffle(using: &dice)
            let users = names.map { name in
                (all.randomElement(using: &dice) ?? "").replacing("NAME", with: name)
            }
            let management = ["", "management: additive\n"].randomElement(using: &dice) ?? ""
            text.append(
                """
                kind: Identity
                code: io.s\(number)
                tenant: t
                \(Int.random(in: 0..<4, using: &dice) == 0 ? management : "")users:
                \(users.joined(separator: "\n"))
                title: Site \(number)
                """)
        }
        let project = "kind: Project\nname: acme\n"
        let parts = [
            text[...2].joined(separator: "\n---\n"), text[3...].joined(separator: "\n---\n"),
        ]
        return ([project] + parts).enumerated().map {
            SourceFile(path: $0 == 0 ? "muster.yaml" : "a\($0).yaml", bytes: Array($1.utf8))
        }
    }

    private static func condensed(
        _ files: [SourceFile], knowing known: [String: CondensedFile] = [:]
    ) -> CondensedManifests? {
        CondensedManifests(
            files, limits: Limits(), now: now, digest: { "\($0)" }, knowing: known)
    }

    private static func load(_ files: [SourceFile]) -> LoadedManifests {
        Manifests.load(files, limits: Limits(), now: now)
    }

    @Test(
        "have everybody, as a roster or by name, and say the same once all are restored",
        arguments: 0..<200)
    func same(_ seed: Int) throws {
        var dice = Dice(seed: seed)
        let files = Self.files(&dice, Self.entries)
        let whole = Self.load(files)
        let desired = try #require(whole.desired)
        #expect(!whole.hasErrors)
        var condensed = try #require(Self.condensed(files))
        let part = try #require(condensed.desired())
        let everybody = Set(desired.identityUsers.map(\.email.canonical))
        let rosters = condensed.rosters(of: Set(condensed.users.keys)).values.flatMap(\.emails)
        #expect(Set(rosters).union(part.identityUsers.map(\.email.canonical)) == everybody)
        #expect(rosters.count + part.identityUsers.count == desired.identityUsers.count)
        let some = Set(desired.identityUsers.map(\.email).filter { _ in Bool.random(using: &dice) })
        condensed.restore(some)
        let found = try #require(condensed.desired()).identityUsers
        #expect(some.isSubset(of: found.map(\.email)))
        #expect(Set(found).isSubset(of: desired.identityUsers))
        condensed.restore(Set(desired.identityUsers.map(\.email)))
        let restored = try #require(condensed.loaded())
        #expect(restored.desired == desired)
        #expect(restored.diagnostics == whole.diagnostics)
        for user in desired.identityUsers {
            let address = Address.identityUser(user.identity, user.email)
            #expect(restored.provenance[address] == whole.provenance[address])
        }
    }

    @Test("say the same when files are known that had been read before", arguments: 0..<200)
    func known(_ seed: Int) throws {
        var dice = Dice(seed: seed)
        let before = Self.files(&dice, Self.entries)
        let known = try #require(Self.condensed(before)).files
        // Another file stands before them now, and one of them may be another one.
        var files = before
        files.append(SourceFile(path: "a.yaml", bytes: Array("kind: Tenant\nname: u".utf8)))
        if Bool.random(using: &dice) {
            let other = Self.files(&dice, Self.entries)[1]
            files[1] = SourceFile(path: other.path, bytes: other.bytes)
        }
        let same = known.filter { path, _ in
            let bytes = files.first { $0.path == path }?.bytes
            return bytes == before.first { $0.path == path }?.bytes
        }
        var read = try #require(Self.condensed(files))
        var remembered = try #require(Self.condensed(files, knowing: same))
        #expect(remembered.files == read.files)
        #expect(remembered.users.mapValues(\.count) == read.users.mapValues(\.count))
        #expect(remembered.users.mapValues(\.summary) == read.users.mapValues(\.summary))
        #expect(remembered.desired() == read.desired())
        let everybody = Self.load(files).desired?.identityUsers.map(\.email) ?? []
        let some = Set(everybody.filter { _ in Int.random(in: 0..<8, using: &dice) == 0 })
        read.restore(some)
        remembered.restore(some)
        #expect(remembered.desired() == read.desired())
        let (left, right) = (read.loaded(), remembered.loaded())
        #expect(left?.diagnostics == right?.diagnostics)
        for user in read.desired()?.identityUsers ?? [] {
            let address = Address.identityUser(user.identity, user.email)
            #expect(
                right?.provenance.declarations(of: address)
                    == left?.provenance.declarations(of: address))
            #expect(
                right?.provenance.adminDeclarations(of: user.identity, user.email)
                    == left?.provenance.adminDeclarations(of: user.identity, user.email))
        }
        let codes = Set(read.users.keys)
        #expect(
            remembered.rosters(of: codes).mapValues(\.emails)
                == read.rosters(of: codes).mapValues(\.emails))
    }

    @Test("know nothing of a file that other files, or time, may make something of")
    func unknown() throws {
        let project = SourceFile(
            path: "muster.yaml", bytes: Array("kind: Project\nname: acme".utf8))
        let texts = [
            "users: [{ email: a@x.example }]",
            "users: [{ email: a@x.example, expires: 2030-01-01 }]",
            "users: [{ email: a@x.example }]\nformerly: [io.b]",
            "users: [{ email: a@x.example }]\nmanagement: observe",
            "state: absent",
            "users: [{ email: a@x.example }]\n---\nkind: Tenant\nname: t",
        ]
        let answers = try texts.map { text in
            let bytes = Array("kind: Identity\ncode: io.a\ntenant: t\n\(text)".utf8)
            let files = [project, SourceFile(path: "a.yaml", bytes: bytes)]
            return try #require(Self.condensed(files)).files["a.yaml"] != nil
        }
        #expect(answers == [true, false, false, false, false, false])
    }

    @Test("are good for nothing where something is wrong", arguments: 0..<200)
    func wrong(_ seed: Int) throws {
        var dice = Dice(seed: seed)
        let files = Self.files(&dice, Self.entries + Self.mistakes + Self.mistakes)
        let whole = Self.load(files)
        let condensed = Self.condensed(files)
        #expect((condensed?.loaded() == nil) == whole.hasErrors)
    }

    @Test("are good for nothing where one address may be taken for another")
    func alike() {
        let pairs = [("bill@x.example", "bi11@x.example"), ("bill@x.example", "bill@x.example")]
        let answers = pairs.map { first, second in
            let text = """
                kind: Project
                name: acme
                ---
                kind: Tenant
                name: t
                ---
                { kind: Identity, code: io.a, tenant: t, users: [{ email: \(first) }] }
                ---
                { kind: Identity, code: io.b, tenant: t, users: [{ email: \(second) }] }
                """
            let file = SourceFile(path: "muster.yaml", bytes: Array(text.utf8))
            return Self.condensed([file])?.loaded() != nil
        }
        #expect(answers == [false, true])
    }
}
