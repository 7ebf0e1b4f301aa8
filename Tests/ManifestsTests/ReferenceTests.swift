import Diagnostics
import Manifests
import Testing

@Suite("What documents say of each other")
struct ReferenceTests {
    private func membership(_ fields: String, in tenant: String = "production") -> String {
        "kind: Admin\nemail: bot@acme.example\nautomation: true\n"
            + "memberships:\n  - tenant: \(tenant)\n    \(fields)\n"
    }

    @Test("an unknown role is refused with the near one suggested")
    func unknownRole() {
        let loaded = check(membership("roles: [«E120»raed]"))
        #expect(
            loaded.sentences("E120") == [
                "production/bot@acme.example: names the unknown role `raed`. Did you mean `read`?"
            ])
        check("kind: Tenant\nname: t1\navailableRoles: [«E120»none]\n")
        check(membership("roles: [read]"))
    }

    @Test("a role that the tenant does not have points at the tenant's list")
    func unavailableRole() {
        let loaded = check(
            "kind: Role\nname: extra\n---\n" + membership("roles: [«E121»extra]"))
        let note = loaded.diagnostics.first?.notes.first
        #expect(note?.span.map { loaded.sources.location(of: $0).line } == 10)
        check("kind: Role\nname: extra\n---\n" + membership("roles: [extra]", in: "stage"))
    }

    @Test("a role of a bundle that the tenant does not have is shown at the bundle's name")
    func unavailableRoleOfBundle() {
        check(
            "kind: Role\nname: extra\n---\nkind: Bundle\nname: b\nroles: [extra, read]\n---\n"
                + membership("bundles: [«E121»b]"))
    }

    @Test("unknown tenants are refused wherever they are named")
    func unknownTenant() {
        check(membership("roles: [read]", in: "«E133»prodution"))
        check("kind: Members\ntenant: «E133»x\nadmins: []\n")
        check("kind: Identity\ncode: io.acme\ntenant: «E133»x\n")
        check("kind: Policy\nname: p\ntenants: [«E133»x]\nrules: []\n")
    }

    @Test("unknown permissions are refused, and three always exist")
    func unknownPermission() {
        check(membership("permissions: [«E134»invite_admin]"))
        check(membership("permissions: [invite_admins, assign_roles, assign_permissions]"))
        check("kind: Permission\nname: audit\n---\n" + membership("permissions: [audit]"))
    }

    @Test("unknown bundles and identities are refused")
    func unknownBundle() {
        check(membership("bundles: [«E135»x]"))
        check("kind: IdentityUsers\nidentity: «E137»io.acme\nusers: []\n")
        check(
            "kind: Identity\ncode: io.acme\ntenant: stage\n---\n"
                + "kind: IdentityUsers\nidentity: io.acme\nusers: []\n")
    }

    @Test("what is declared absent cannot be referred to")
    func absent() {
        check(
            "kind: Role\nname: old\nstate: absent\n---\n"
                + membership("roles: [«E120»old]", in: "stage"))
        check(
            "kind: Tenant\nname: old\nstate: absent\ncascade: true\n---\n"
                + membership("roles: [read]", in: "«E133»old"))
        check(
            "kind: Identity\ncode: io.old\ntenant: stage\nstate: absent\n---\n"
                + "kind: IdentityUsers\nidentity: «E137»io.old\nusers: []\n")
        // Two lines more delete an identity: its own users need not be taken out by hand.
        check(
            "kind: Identity\ncode: io.old\ntenant: stage\nstate: absent\n"
                + "users: [{ email: joe@client.example }]\n")
    }

    @Test("a permission that always exists cannot be absent; cascade needs absent")
    func presence() {
        check("kind: Permission\nname: invite_admins\nstate: «E102»absent\n")
        check("kind: Tenant\nname: t1\ncascade: «E102»true\n")
        check("kind: Tenant\nname: t1\nstate: «E102»gone\n")
    }

    @Test("a key is declared once, and both places are shown")
    func twice() {
        let loaded = check("kind: Role\nname: x\n---\nkind: Role\nname: «E131»x\n")
        let note = loaded.diagnostics.first?.notes.first?.span
        #expect(note.map { loaded.sources.location(of: $0).line } == 2)
        for (kind, key, value) in [
            ("Tenant", "name", "t1"), ("Bundle", "name", "b"), ("Permission", "name", "p"),
            ("Admin", "email", "a@acme.example"),
        ] {
            let first = "kind: \(kind)\n\(key): "
            check("\(first)\(value)\n---\n\(first)«E131»\(value)\n")
        }
        check(
            "kind: Project\nname: «E131»a\n",
            beside: ["muster.yaml": "kind: Project\nname: b\n---\nkind: Role\nname: r\n"])
    }

    @Test("letter case and normal form make no second person")
    func sameAddress() {
        check("kind: Admin\nemail: Ann@X.example\n---\nkind: Admin\nemail: «E131»ann@x.example\n")
        check(
            "kind: Admin\nemail: andr\u{E9}@x.example\n---\n"
                + "kind: Admin\nemail: «E131»andre\u{301}@x.example\n")
        check(
            "kind: Admin\nemail: a@b\u{FC}cher.example\n---\n"
                + "kind: Admin\nemail: «E131»a@xn--bcher-kva.example\n")
    }

    @Test("a membership is declared once, from either side")
    func membershipTwice() {
        check(
            membership("roles: [read]")
                + "---\nkind: Members\ntenant: production\n"
                + "admins: [{ email: «E131»bot@acme.example, roles: [read] }]\n")
    }

    @Test("a user is declared once in an identity, over all documents")
    func userTwice() {
        check(
            """
            kind: Identity
            code: io.acme
            tenant: stage
            users: [{ email: joe@client.example }]
            ---
            kind: IdentityUsers
            identity: io.acme
            users: [{ email: «E131»JOE@client.example }, { email: kim@client.example }]
            """)
    }

    @Test("an earlier name is not declared itself, nor claimed twice")
    func formerly() {
        check("kind: Tenant\nname: t1\nformerly: [«E131»stage]\n")
        check("kind: Role\nname: a\nformerly: [x]\n---\nkind: Role\nname: b\nformerly: [«E131»x]\n")
        check(
            "kind: Admin\nemail: new@x.example\nformerly: [«E131»old@x.example]\n---\n"
                + "kind: Admin\nemail: old@x.example\n")
        check("kind: Admin\nemail: new@x.example\nformerly: [old@x.example]\n")
    }

    @Test("an entry stands once in a list")
    func entryTwice() {
        check(membership("roles: [read, write, «E138»read]"))
        check("kind: Tenant\nname: t1\nidentityAdmins: [a@x.example, «E138»A@x.example]\n")
    }

    @Test("a project of nothing but its settings is refused")
    func onlyProject() {
        let loaded = Marked(["muster.yaml": "«E110»kind: Project\nname: a\n"])
        #expect(loaded.loaded.said == loaded.expected)
        #expect(loaded.loaded.desired != nil)
    }

    @Test("without a project there is no desired state")
    func noProject() {
        let loaded = Marked(["muster.yaml": "«E107»kind: Role\nname: r\n"])
        #expect(loaded.loaded.said == loaded.expected)
        #expect(loaded.loaded.desired == nil)
    }

    @Test("what a broken file may declare is not called unknown")
    func brokenFile() {
        let files = clean.merging([
            "b.yaml": "kind: Role\nname: extra\n---\nkind: Role\nname: [\n",
            "c.yaml": membership("roles: [extra, raed]", in: "stage"),
        ]) { $1 }
        let loaded = Marked(files).loaded
        #expect(loaded.sentences("E120").count == 1)
        #expect(loaded.diagnostics.contains { $0.code == "E100" })
    }
}
