import AccessModel
import Diagnostics
import Manifests
import Planning
import Reconciliation
import Support
import Syntax
import Testing

@Suite("Edits of manifests as people write them") struct AdoptionShapeTests {
    private static let head = """
        kind: Project
        name: p
        ---
        kind: Role
        name: r1
        ---
        kind: Role
        name: r2
        ---

        """

    /// What the file says after the store of this world is adopted, and what is left to do.
    private func adopted(_ text: String, _ world: World) throws -> (text: String, left: [String]) {
        let bytes = Array((Self.head + text).utf8)
        let loaded = load(
            [SourceFile(path: "muster.yaml", bytes: bytes)], limits: Limits(), now: world.now)
        try #require(loaded.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        let adoption = try Reconciliation.adoption(
            of: world.observed, into: loaded, now: world.now, isManifest: { _ in true }
        ).get()
        let after = adoption.files.first { $0.path == "muster.yaml" }?.after ?? bytes
        return (
            String(String(decoding: after, as: UTF8.self).dropFirst(Self.head.count)),
            adoption.left.map { "\($0.address): \($0.source?.line ?? 0)" }
        )
    }

    private func world(_ store: String) -> World {
        World(actor: "operator").tenant("t", store: store, declared: nil, offers: "r1 r2")
    }

    @Test("A grant is added to the list as it is written: in brackets, on lines, or not at all")
    func grants() throws {
        let text = """
            kind: Tenant
            name: t
            ---
            kind: Members   # ours
            tenant: t
            admins:
              - email: a@x.example
                roles: [r1]   # in brackets
              - email: b@x.example
                roles:
                - r1   # on lines
                # the end
              - { email: c@x.example, permissions: [invite_admins] }
            # after all
            """
        let expected = """
            kind: Tenant
            name: t
            ---
            kind: Members   # ours
            tenant: t
            admins:
              - email: a@x.example
                roles: [r1, r2]   # in brackets
              - email: b@x.example
                roles:
                - r1   # on lines
                - r2
                # the end
              - { email: c@x.example, permissions: [invite_admins], roles: [r2] }
              - { email: d@x.example, roles: [r1] }
            # after all
            """
        let result = try adopted(text, world("a[r1,r2]; b[r1,r2]; c{I}[r2]; d[r1]"))
        #expect(result.text == expected)
        #expect(result.left == [])
    }

    @Test("Lines end as the file's lines do, and a last line without an end gets one")
    func lineEnds() throws {
        let text = "kind: Tenant\r\nname: t\r\n---\r\nkind: Members\r\ntenant: t\r\nadmins: []"
        let result = try adopted(
            text.replacing("\r\n", with: "\n"), world("a[r1]"))
        #expect(
            result.text
                == "kind: Tenant\nname: t\n---\nkind: Members\ntenant: t\nadmins:\n"
                + "  - { email: a@x.example, roles: [r1] }")
        let edit = TextEdit(6..<6, "c\n")
        #expect([edit].applied(to: Array("a\r\nb\r\n".utf8)) == Array("a\r\nb\r\nc\r\n".utf8))
        #expect([edit].applied(to: Array("a\nb  c".utf8)) == Array("a\nb  c\nc\n".utf8))
    }

    @Test("A list that two places share by an alias is left to a person, with its line")
    func aliases() throws {
        let text = """
            kind: Tenant
            name: t
            ---
            kind: Members
            tenant: t
            admins:
              - { email: a@x.example, roles: &both [r1] }
              - { email: b@x.example, roles: *both }
            """
        let result = try adopted(text, world("a[r1,r2]; b[r1]"))
        #expect(result.text == text)
        #expect(result.left == ["t/a@x.example#role:r2: 16"])
    }

    @Test("What a merge key brings is left to a person")
    func mergeKeys() throws {
        let text = """
            kind: Tenant
            name: t
            ---
            kind: Members
            tenant: t
            admins:
              - &a { email: a@x.example, roles: [r1] }
              - { <<: *a, email: b@x.example }
            """
        let result = try adopted(text, world("a[r1]; b[r1,r2]"))
        #expect(result.text == text)
        #expect(result.left.count == 1)
    }

    @Test("A grant of a bundle that somebody took away is left to a person")
    func bundles() throws {
        let text = """
            kind: Tenant
            name: t
            ---
            kind: Bundle
            name: both
            roles: [r1, r2]
            ---
            kind: Members
            tenant: t
            admins:
              - email: a@x.example
                bundles: [both]
            """
        let world = world("a[r1]").altered(
            .grant(TenantName("t"), .of("a"), .of("r2")), from: [:], to: nil)
        let result = try adopted(text, world)
        #expect(result.text == text)
        #expect(result.left == ["t/a@x.example#role:r2: 21"])
    }

    @Test("An entry that somebody took away goes with its lines; what is not applied yet stays")
    func removal() throws {
        let text = """
            kind: Tenant
            name: t
            ---
            kind: Members
            tenant: t
            admins:
              # the first
              - email: a@x.example
                roles: [r1]
                expires: 2027-01-31
              # the second
              - email: b@x.example
                roles: [r1]
              - email: pending@x.example
                roles: [r1]
            """
        let expected = """
            kind: Tenant
            name: t
            ---
            kind: Members
            tenant: t
            admins:
              # the first
              # the second
              - email: b@x.example
                roles: [r1]
              - email: pending@x.example
                roles: [r1]
            """
        let world = world("b[r1]").altered(
            .membership(TenantName("t"), .of("a")), from: [:], to: nil)
        #expect(try adopted(text, world).text == expected)
    }
}
