import AccessModel
import Diagnostics
import Manifests
import Testing

@Suite("The desired state")
struct StateTests {
    @Test("the manifests of the contract load without a word")
    func contract() {
        let loaded = check(contractText, beside: ["muster.yaml": "kind: Project\nname: acme\n"])
        let state = loaded.desired
        #expect(state?.tenants.map(\.name.text) == ["production"])
        #expect(
            state?.memberships.map(\.email.canonical) == ["ann@acme.example", "bob@acme.example"])
        #expect(state?.identityUsers.map(\.admin) == [true, false])
        #expect(
            state?.policies.first?.rules == [
                .mutuallyExclusive([.role(RoleName("role_broker_read")), .role(RoleName("write"))]),
                .maxHolders(.permission(.assignPermissions), count: 3),
                .minHolders(.permission(.inviteAdmins), count: 2),
                .allowedDomains(["acme.example"]),
                .requireExpiry(outsideDomains: ["acme.example"], within: 180 * 86_400),
                .requireReason(sensitiveOnly: true),
            ])
        let production = TenantName("production")
        #expect(
            state?.accessTests.first?.expectations == [
                .holds(
                    email("breakglass@acme.example"), production,
                    holds: [.permission(.assignRoles), .permission(.inviteAdmins)], lacks: []),
                .holds(
                    email("joe@client.example"), production, holds: [],
                    lacks: [.role(RoleName("write"))]),
                .holders(production, .role(RoleName("write")), [email("ann@acme.example")]),
                .identityAdmins(IdentityCode("io.acme.plant1"), [email("joe@client.example")]),
            ])
    }

    @Test("whoever watches sees files and users while they are read")
    func watched() {
        let count = WorkCount()
        WorkCount.$watched.withValue(count) {
            _ = check(contractText, beside: ["muster.yaml": "kind: Project\nname: acme\n"])
        }
        #expect(count.counts == [.init(.files, done: 2, total: 2), .init(.users, done: 2)])
    }

    @Test("bundles expand into the membership's grants, and a right may come both ways")
    func bundles() {
        let loaded = check(
            """
            kind: Bundle
            name: support
            permissions: [assign_roles]
            roles: [write, read]
            ---
            kind: Members
            tenant: production
            admins:
              - email: ann@acme.example
                roles: [read]
                bundles: [support]
            """)
        #expect(
            loaded.desired?.memberships.first?.grants
                == Grants(
                    permissions: [.assignRoles], roles: [RoleName("read"), RoleName("write")]))
        let (tenant, ann) = (TenantName("production"), email("ann@acme.example"))
        #expect(loaded.place(of: .membership(tenant, ann)) == "a.yaml:9:12")
        #expect(loaded.place(of: .grant(tenant, ann, .role(RoleName("read")))) == "a.yaml:10:13")
        #expect(loaded.place(of: .grant(tenant, ann, .role(RoleName("write")))) == "a.yaml:11:15")
        #expect(
            loaded.place(of: .grant(tenant, ann, .permission(.assignRoles))) == "a.yaml:11:15")
        #expect(loaded.place(of: .grant(tenant, ann, .permission(.inviteAdmins))) == nil)
    }

    @Test("a tenant's identity admins are admins of each of its identities")
    func identityAdmins() {
        let loaded = check(
            """
            kind: Tenant
            name: plants
            identityAdmins: [zoe@acme.example, kim@acme.example]
            ---
            kind: Identity
            code: io.acme.a
            tenant: plants
            users: [{ email: kim@acme.example, roles: [x] }, { email: leo@acme.example }]
            ---
            kind: Identity
            code: io.acme.b
            tenant: plants
            """)
        let users = loaded.desired?.identityUsers ?? []
        #expect(
            users.map { "\($0.identity)/\($0.email) \($0.admin)" } == [
                "io.acme.a/kim@acme.example true", "io.acme.a/leo@acme.example false",
                "io.acme.a/zoe@acme.example true", "io.acme.b/kim@acme.example true",
                "io.acme.b/zoe@acme.example true",
            ])
        let code = IdentityCode("io.acme.a")
        #expect(loaded.place(of: .identityUser(code, email("kim@acme.example"))) == "a.yaml:8:18")
        #expect(loaded.place(of: .identityUser(code, email("zoe@acme.example"))) == "a.yaml:3:18")
    }

    @Test("everything that is declared has a place")
    func places() {
        let loaded = check(contractText, beside: ["muster.yaml": "kind: Project\nname: acme\n"])
        let tenant = TenantName("production")
        for (address, place) in [
            (Address.project, "muster.yaml:2:7"), (.permission(.inviteAdmins), "a.yaml:2:7"),
            (.role(RoleName("read")), "a.yaml:6:7"), (.tenant(tenant), "a.yaml:26:7"),
            (.availableRole(tenant, RoleName("write")), "a.yaml:31:24"),
            (.account(email("ann@acme.example")), "a.yaml:37:8"),
            (.membership(tenant, email("ann@acme.example")), "a.yaml:47:13"),
            (.identity(IdentityCode("io.acme.plant1")), "a.yaml:61:7"),
        ] {
            #expect(loaded.place(of: address) == place, "\(address)")
        }
        #expect(loaded.place(of: .policy("production-safety", rule: 2)) != nil)
        #expect(loaded.place(of: .accessTest("break-glass", expectation: 4)) != nil)
        #expect(loaded.place(of: .account(email("bob@acme.example"))) == nil)
    }

    @Test("the order of files, documents and lists changes nothing")
    func order() {
        let documents = contractText.split(separator: "---\n").map(String.init)
        let project = ["muster.yaml": "kind: Project\nname: acme\n"]
        let state = check(contractText, beside: project).desired
        let reversed = check(documents.reversed().joined(separator: "\n---\n"), beside: project)
        #expect(reversed.desired == state)
        var files = project
        for (index, document) in documents.enumerated() {
            files["\(9 - index % 10)\(index).yaml"] = document
        }
        #expect(Marked(files).loaded.desired == state)
    }

    @Test("rules and expectations that say nothing clear are refused")
    func unclear() {
        check(
            """
            kind: Policy
            name: p
            rules:
              - «E101»mutualyExclusive: [read, write]
              - mutuallyExclusive: «E102»[read]
              - mutuallyExclusive: [read, «E120»nothing]
              - mutuallyExclusive: [read, write, «E138»read]
              - maxHolders: { permission: assign_roles, count: «E102»x }
              - maxHolders: { permission: «E134»read, count: 1 }
              - minHolders: «E107»{ count: 3 }
              - minHolders: «E102»{ count: 3, role: read, permission: assign_roles }
              - «E107»{}
              - requireReason: «E102»true
              - allowedDomains: [«E102»"@acme.example"]
            ---
            kind: AccessTest
            name: t
            expect:
              - «E107»{ admin: a@acme.example, holds: [read] }
              - «E107»{ admin: a@acme.example, tenant: stage }
              - { tenant: stage, role: «E120»none, holders: [] }
              - { identity: «E137»io.none, admins: [] }
              - { identity: «E137»io.none, admins: [], «E101»tenant: stage }
            """)
    }
}

private let contractText = """
    kind: Permission
    name: invite_admins
    title: Invite/remove admins
    ---
    kind: Role
    name: read
    title: Read access
    description: Read-only overview of applications, scopes and mobile apps.
    application: access
    sensitive: false
    ---
    kind: Role
    name: role_broker_read
    ---
    kind: Role
    name: write
    state: present
    sensitive: true
    ---
    kind: Bundle
    name: support-engineer
    permissions: []
    roles: [role_broker_read, read]
    ---
    kind: Tenant
    name: production
    formerly: []
    title: Production
    environment: production
    management: authoritative
    availableRoles: [read, write, role_broker_read]
    minDelegatedAdmins: 2
    identityAdmins: []
    state: present
    ---
    kind: Admin
    email: ann@acme.example
    formerly: []
    firstName: Ann
    lastName: Bee
    mobile: "+31612345678"
    language: en
    blocked: false
    automation: false
    expires: 2027-06-30
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles: [write]
        bundles: [support-engineer]
        expires: 2027-03-31
        grantedBy: ops@acme.example
        reason: Primary on-call
    ---
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [read], expires: 2027-01-31 }
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    title: Plant 1
    management: authoritative
    users:
      - { email: joe@client.example, admin: true, roles: [facility-manager] }
      - { email: kim@client.example, enabled: true, expires: 2027-01-31 }
    ---
    kind: IdentityUsers
    identity: io.acme.plant1
    users: []
    ---
    kind: Policy
    name: production-safety
    tenants: [production]
    rules:
      - mutuallyExclusive: [write, role_broker_read]
      - maxHolders: { permission: assign_permissions, count: 3 }
      - minHolders: { permission: invite_admins, count: 2 }
      - allowedDomains: [ACME.example]
      - requireExpiry: { outsideDomains: [acme.example], within: 180d }
      - requireReason: { sensitive: true }
    ---
    kind: AccessTest
    name: break-glass
    expect:
      - { admin: breakglass@acme.example, tenant: production, holds: [invite_admins, assign_roles] }
      - { admin: joe@client.example, tenant: production, lacks: [write] }
      - { tenant: production, role: write, holders: [ann@acme.example] }
      - { identity: io.acme.plant1, admins: [joe@client.example] }

    """
