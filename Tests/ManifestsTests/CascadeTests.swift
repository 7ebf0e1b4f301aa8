import Diagnostics
import Manifests
import Syntax
import Testing

@Suite("One mistake is one finding, and no mistake hides another")
struct CascadeTests {
    @Test("the references of an entry with a bad key are looked up all the same")
    func looseReferences() {
        check(
            """
            kind: Admin
            email: «E104»ann@acme
            memberships:
              - tenant: «E133»prodution
                permissions: [«E134»invite_admin]
                roles: [«E120»raed]
                bundles: [«E135»x]
            ---
            kind: Members
            tenant: production
            admins: [{ email: «E104»bob, roles: [«E120»raed] }]
            ---
            kind: Tenant
            name: «E102»Test
            availableRoles: [«E120»raed]
            ---
            kind: Bundle
            name: «E102»b b
            roles: [«E120»raed]
            ---
            kind: Identity
            code: «E143»IO.x
            tenant: «E133»prodution
            ---
            kind: Policy
            name: «E102»p p
            tenants: [«E133»prodution]
            rules:
              - maxHolders: { role: «E120»raed, count: 1 }
              - minHolders: { role: «E120»wriet, count: «E102»x }
            """)
        check(
            """
            kind: AccessTest
            name: t
            expect:
              - { admin: «E104»ann, tenant: «E133»prodution, holds: [«E120»raed] }
            """)
    }

    @Test("a misspelt kind does not make its name unknown to others")
    func misspeltKind() {
        check(
            """
            kind: «E101»Roel
            name: extra
            ---
            «E107»name: other
            ---
            «E101»knd: Bundle
            name: team
            ---
            kind: Members
            tenant: other
            admins: [{ email: ann@acme.example, roles: [extra], bundles: [team] }]
            """)
    }

    @Test("an identity without a tenant is not unknown to its users")
    func identityWithoutTenant() {
        check(
            """
            «E107»kind: Identity
            code: io.acme
            ---
            kind: IdentityUsers
            identity: io.acme
            users: []
            """)
    }

    @Test("a misspelt field is not missing as well")
    func misspeltField() {
        check("kind: Members\n«E101»tennant: stage\nadmins: [{ «E101»emial: x@acme.example }]\n")
        check(
            """
            kind: AccessTest
            name: t
            expect:
              - { admin: a@acme.example, tenant: stage, «E101»hold: [read] }
              - { «E101»tenat: stage, role: read, holders: [] }
              - «E107»{}
              - «E107»{ admin: a@acme.example, tenant: stage }
            """)
        let loaded = check(
            "kind: Policy\nname: p\nrules:\n  - minHolders: { «E101»permision: x, count: 1 }\n"
                + "  - mutuallyExclusive: «E102»[read]\n")
        #expect(loaded.sentences("E102").first?.contains("fewer than two names") == true)
    }

    @Test("a name is given back as it could be written")
    func repairedNames() {
        let names = ["Prod_1", "' t1 '", "''"].map { name in
            Marked(clean.merging(["a.yaml": "kind: Tenant\nname: \(name)\n"]) { $1 }).loaded
                .sentences("E102").first ?? ""
        }
        #expect(names[0].contains("Write `prod-1`"))
        #expect(names[1].contains("Write `t1`"))
        #expect(names[2].contains("has an empty name."))
    }

    @Test("a document that was cut by its indentation lacks nothing")
    func cutDocument() {
        check("  kind: Role\n«E100»name: extra\n")
    }

    @Test("nothing is unknown, and nothing is empty, while some files could not be read")
    func unreadFiles() {
        let text = "kind: Members\ntenant: x\nadmins: [{ email: a@acme.example, roles: [rr] }]\n"
        let files = [
            SourceFile(path: "a.yaml", bytes: Array(text.utf8)),
            SourceFile(path: "muster.yaml", bytes: Array("kind: Project\nname: p\n".utf8)),
        ]
        #expect(load(files, limits: Limits(), now: now, hasUnread: true).diagnostics.isEmpty)
        #expect(load(files, limits: Limits(), now: now).said.count == 2)
        let alone = load([files[1]], limits: Limits(), now: now, hasUnread: true)
        #expect(alone.diagnostics.isEmpty)
    }

    @Test("a project without its kind is told once")
    func kindlessProject() {
        check("", beside: ["muster.yaml": "«E107»name: acme\n"])
        check("", beside: ["muster.yaml": "kind: «E101»Projct\nname: acme\n"])
        let file = SourceFile(path: "muster.yaml", bytes: Array("name: acme\n".utf8))
        #expect(loadProject(file, limits: Limits(), now: now).diagnostics.map(\.code) == ["E107"])
    }

    @Test("of two projects the one in muster.yaml is the first")
    func secondProject() {
        check("kind: Project\nname: «E131»other\n")
    }
}
