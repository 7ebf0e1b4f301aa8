import Diagnostics
import Manifests
import Syntax
import Testing

/// What strict readers are told of manifests that are right.
@Suite("Lint")
struct LintTests {
    /// Marks are expected of a strict reader alone.
    @discardableResult
    private func lint(
        _ text: String, beside others: [String: String] = clean,
        at location: SourceLocation = #_sourceLocation
    ) -> LoadedManifests {
        let marked = Marked(others.merging(["a.yaml": text]) { $1 })
        let strict = load(marked.files, limits: Limits(), now: now, strict: true)
        #expect(strict.said == marked.expected, sourceLocation: location)
        let lenient = load(marked.files, limits: Limits(), now: now)
        #expect(lenient.said.filter { $0.contains("W15") } == [], sourceLocation: location)
        return strict
    }

    private func members(_ fields: String) -> String {
        "kind: Members\ntenant: production\nadmins:\n  - { email: bob@acme.example, \(fields) }\n"
    }

    private let bundles = """
        kind: Bundle
        name: reader
        roles: [read]
        permissions: [invite_admins]
        ---
        kind: Bundle
        name: writer
        roles: [read, write]
        ---

        """

    @Test("a right in its own list and by a bundle, or by two bundles, is told once for each way")
    func doubleGrants() {
        let loaded = lint(
            bundles
                + members(
                    "permissions: [«W150»invite_admins], roles: [«W150»read], "
                        + "bundles: [reader, «W150»writer]"))
        #expect(
            loaded.sentences("W150") == [
                "production/bob@acme.example: has the permission `invite_admins` twice: in its own "
                    + "list and by the bundle `reader`. Remove it here, unless it shall stay when "
                    + "the bundle changes.",
                "production/bob@acme.example: has the role `read` twice: in its own list and by "
                    + "the bundle `reader`. Remove it here, unless it shall stay when the bundle "
                    + "changes.",
                "production/bob@acme.example: has `read` twice: by the bundles `reader` and "
                    + "`writer`. Leave out one of the bundles, or what they share.",
            ])
        lint(
            "kind: Bundle\nname: reader\nroles: [read]\n---\n"
                + members("roles: [write], bundles: [reader]"))
    }

    @Test("an identity's admin by its own word and by the tenant's list is told")
    func doubleAdmins() {
        let tenant = """
            kind: Tenant
            name: plants
            availableRoles: []
            identityAdmins: [joe@client.example]
            ---

            """
        lint(
            tenant + """
                kind: Identity
                code: io.acme.plant1
                tenant: plants
                users:
                  - { email: «W150»joe@client.example, admin: true }
                  - { email: kim@client.example, admin: true }
                ---
                kind: Identity
                code: io.acme.plant2
                tenant: plants
                users:
                  - { email: joe@client.example }

                """)
    }

    @Test("a bundle that no membership names is unused")
    func unusedBundle() {
        lint("kind: Bundle\nname: «W151»reader\nroles: [read]\n")
        lint("kind: Bundle\nname: reader\nroles: [read]\n---\n" + members("bundles: [reader]"))
    }

    @Test("a role or permission that nothing names is unused; one that is to go is not")
    func unusedRights() {
        let listed = [
            "muster.yaml": "kind: Project\nname: acme\n",
            "world.yaml": """
            kind: Role
            name: read
            ---
            kind: Tenant
            name: production
            availableRoles: [read]
            """,
        ]
        lint("kind: Role\nname: «W152»audit\n", beside: listed)
        lint("kind: Permission\nname: «W152»approve\n", beside: listed)
        lint("kind: Role\nname: audit\nstate: absent\n", beside: listed)
        lint(
            """
            kind: Role
            name: audit
            ---
            kind: Permission
            name: approve
            ---
            kind: Policy
            name: p
            rules:
              - mutuallyExclusive: [audit, approve]
            """, beside: listed)
        lint(
            """
            kind: Role
            name: audit
            ---
            kind: AccessTest
            name: t
            expect:
              - { tenant: production, role: audit, holders: [] }
            """, beside: listed)
        // A tenant that does not list its roles may offer any.
        lint("kind: Role\nname: audit\n")
    }

    @Test("an end that has come is told at its date")
    func pastEnds() {
        lint(members("roles: [read], expires: «W153»2026-11-21"))
        lint(members("roles: [read], expires: «W153»2026-11-22T10:00:00Z"))
        lint(
            "kind: Admin\nemail: bob@acme.example\nautomation: true\nexpires: «W153»2026-01-01\n"
                + "memberships:\n  - { tenant: production, roles: [read] }\n")
        lint(members("roles: [read], expires: 2027-11-21"))
    }

    @Test("where something is wrong, what is of no use waits")
    func errorsFirst() {
        lint("kind: Bundle\nname: reader\nroles: [«E120»nobodys]\n")
    }
}
