import AccessModel
import Diagnostics
import Manifests
import Syntax
import Testing

@Suite("Users that are written plainly")
struct PlainEntryTests {
    private static func load(_ users: String) -> LoadedManifests {
        let text = """
            kind: Tenant
            name: production
            ---
            kind: Identity
            code: io.plant
            tenant: production
            users:
            \(users)
            """
        let files = ["a.yaml": text, "muster.yaml": "kind: Project\nname: acme\n"]
        return Manifests.load(
            files.map { SourceFile(path: $0, bytes: Array($1.utf8)) }, limits: Limits(),
            now: Instant(seconds: 1_800_000_000))
    }

    /// What an entry comes to when it is read with care: an end that is long past changes no field
    /// but its own.
    private static func carefully(_ entry: String) -> String {
        entry.hasSuffix("}")
            ? entry.dropLast() + ", expires: 2001-01-01 }" : entry + "\n  expires: 2001-01-01"
    }

    @Test(
        "are what they are when they are read with care",
        arguments: [
            "- { email: joe@x.example }",
            "- { email: Joe@X.example, admin: true, enabled: false }",
            "- { email: \"joe@x.example\", roles: [b, a, \"c d\"], admin: false }",
            "- { email: joe@x.example, roles: [] }",
            "- { email: joe@x.example, roles: [\"null\", Admin] }",
            "- { email: joe@x.example, roles: [null] }",
            "- { email: joe@x.example, roles: [a, a] }",
            "- { email: joe@x.example, roles: [\"a,b\", \" c \", \"\"] }",
            "- { email: joe@x.example, roles: a }",
            "- { email: joe@x.example, roles: [[a], {b: c}, \u{E9}] }",
            "- { email: joe@x.example, roles: [\"\(String(repeating: "x", count: 201))\"] }",
            "- { email: joe@x.example, admin: \"true\" }",
            "- { email: joe@x.example, admin: yes, enabled: True }",
            "- { email: joe@x.example, admin: , enabled: ~ }",
            "- { email: joe@x.example, emial: a, state: Activated }",
            "- { email: joe@x.example, email: kim@x.example }",
            "- { email: mailto:joe@x.example }",
            "- { admin: true }",
            "- email: j\u{F8}@b\u{FC}cher.example\n  roles: [x]",
            "- email: joe@x.example\n  roles:\n  - x\n  - y",
        ])
    func plainly(_ entry: String) {
        let plain = Self.load(entry)
        let careful = Self.load(Self.carefully(entry))
        var users = careful.desired?.identityUsers ?? []
        for index in users.indices { users[index].expires = nil }
        #expect(plain.desired?.identityUsers == users)
        #expect(
            plain.diagnostics.map { [$0.code, $0.subject, $0.message] }
                == careful.diagnostics.map { [$0.code, $0.subject, $0.message] })
    }

    @Test("lists of the same labels are told apart from lists that only begin or join like them")
    func labels() {
        let lists = ["[a, bc]", "[ab, c]", "[abc]", "[a, b, c]", "[\"null\"]", "[bc, a]", "[]"]
        let users = lists.enumerated().map { "- { email: p\($0)@x.example, roles: \($1) }" }
        let twice = users + users.map { $0.replacing("email: p", with: "email: q") }
        let loaded = Self.load(twice.joined(separator: "\n"))
        let found = loaded.desired?.identityUsers.map { $0.roles.map(\.text) } ?? []
        let wanted = [
            ["a", "bc"], ["ab", "c"], ["abc"], ["a", "b", "c"], ["null"], ["a", "bc"], [],
        ]
        #expect(found == wanted + wanted)
        #expect(loaded.diagnostics.isEmpty)
    }
}
