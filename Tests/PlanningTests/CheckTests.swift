import AccessModel
import Planning
import Support
import Testing

/// What `muster test` finds, on the manifests and on the store.
@Suite("Checks of policies and access tests") struct CheckTests {
    private let tenant = TenantName("production")

    /// `ok` or the code with its subject, a line for each check.
    private func lines(_ groups: [CheckGroup]) -> [String] {
        groups.flatMap(\.checks).map { check in
            check.passes ? "ok" : World.lines(of: check.failures).joined(separator: ", ")
        }
    }

    private func desired(_ world: World) -> [String] {
        lines(checks(of: world.desired, at: world.now))
    }

    private func live(_ world: World) -> [String] {
        lines(checks(of: world.desired, at: world.now, in: world.observed))
    }

    @Test(
        "Who holds a right in the store: maxHolders counts all, minHolders who is active and stays",
        arguments: [
            ("a[r]", "ok", "ok"), ("a[r]; b[r]", "E292 tenant:production", "ok"),
            ("a[r]; b[r] I", "E292 tenant:production", "ok"),
            ("a[r]; b[r] B", "E292 tenant:production", "ok"),
            ("a[r] I", "ok", "E293 tenant:production"), ("a[r] B", "ok", "E293 tenant:production"),
            ("a[r] waits", "ok", "E293 tenant:production"), ("c", "ok", "E293 tenant:production"),
            ("leaves[r]", "ok", "E293 tenant:production"), ("stays[r]", "ok", "ok"),
        ])
    func holders(store: String, max: String, min: String) {
        let world = World(
            actor: "operator", store: store,
            declared: "x[r]; leaves until 2026-12-06T10:00:00Z; stays until 2026-12-06T10:00:01Z"
        ).policy(.maxHolders(.of("r"), count: 1), .minHolders(.of("r"), count: 1))
        #expect(live(world) == [max, min])
        #expect(desired(world) == ["ok", "ok"])
    }

    @Test(
        "Each rule is judged on the store, whatever the manifests say",
        arguments: [
            ("a[r,s]", PolicyRule.mutuallyExclusive([.of("r"), .of("s")]), "E291 production/a"),
            ("a@y.example", .allowedDomains(["x.example"]), "E294 production/a@y.example"),
            (
                "a", .requireExpiry(outsideDomains: ["acme.example"], within: nil),
                "E295 production/a"
            ),
            ("a", .requireReason(sensitiveOnly: false), "E296 production/a"),
        ])
    func store(text: String, rule: PolicyRule, expected: String) {
        let world = World(
            actor: "operator", store: text, declared: "b[r] until 2027-01-01 because cover"
        ).policy(rule)
        #expect(live(world) == [expected])
        #expect(desired(world) == ["ok"])
        // What is declared of somebody in the store is what the store cannot tell.
        let told = World(
            actor: "operator", store: "a[r]", declared: "a[s] until 2027-01-01 because cover"
        ).policy(
            .requireReason(sensitiveOnly: false), .requireExpiry(outsideDomains: [], within: nil))
        #expect(live(told) == ["ok", "ok"])
    }

    @Test("A permission is counted as a role is")
    func permission() {
        let world = World(actor: "operator", store: "a{I}; b{I}", declared: "a{I}; b").policy(
            .maxHolders(.of("I"), count: 1), .minHolders(.of("I"), count: 2),
            .mutuallyExclusive([.of("I"), .of("r")]))
        #expect(live(world) == ["E292 tenant:production", "ok", "ok"])
        #expect(desired(world) == ["ok", "E293 tenant:production", "ok"])
    }

    @Test("Each rule has its own line, also where the same rule stands twice")
    func twice() {
        let world = World(actor: "operator", store: "a[r]; b[r]", declared: "a[r]; b[r]").policy(
            .maxHolders(.of("r"), count: 2), .maxHolders(.of("r"), count: 1),
            .maxHolders(.of("r"), count: 1))
        #expect(
            desired(world) == ["ok", "E292 tenant:production", "E292 tenant:production"])
        #expect(live(world) == desired(world))
    }

    @Test("Access tests count everybody who is a member, and say who is not active")
    func expectations() {
        let world = World(actor: "operator", store: "a{I}[r] I; b[r] B", declared: "a{I}[r]; b[r]")
            .identity("plant", store: "u admin waits; v admin", declared: "u admin; v")
            .expecting(
                .holds(.of("a"), tenant, holds: [.of("I")], lacks: [.of("P")]),
                .holds(.of("nobody"), tenant, holds: [], lacks: [.of("I")]),
                .holders(tenant, .of("r"), [.of("a"), .of("b")]),
                .identityAdmins(IdentityCode("plant"), [.of("u")]))
        #expect(desired(world) == ["ok", "ok", "ok", "ok"])
        #expect(live(world) == ["ok", "ok", "ok", "E299 test:t#expect:4"])
        let onStore = checks(of: world.desired, at: world.now, in: world.observed)
        #expect(
            onStore.flatMap(\.checks).map(\.remarks) == [
                ["a@x.example has not accepted yet"], [],
                ["a@x.example has not accepted yet", "b@x.example is blocked"],
                ["u@x.example has not accepted yet"],
            ])
        #expect(
            checks(of: world.desired, at: world.now).flatMap(\.checks).map(\.remarks) == [
                [], ["nobody@x.example is declared nowhere"], [], [],
            ])
    }

    @Test("A test says all that is otherwise")
    func both() {
        let world = World(actor: "operator", store: nil, declared: "a[r]")
            .expecting(.holds(.of("a"), tenant, holds: [.of("I")], lacks: [.of("r")]))
        #expect(
            checks(of: world.desired, at: world.now).flatMap(\.checks).flatMap(\.failures)
                .map(\.message)
                == ["a@x.example does not hold invite_admins, and holds r on production."])
    }

    @Test(
        "In the store a renamed tenant is the same, a deleted one exempt, another project's alien")
    func places() {
        let rule = PolicyRule.maxHolders(.of("r"), count: 0)
        let renamed = World(actor: "operator").tenant("old", store: "a[r]", declared: nil)
            .tenant("new", store: nil, declared: "", formerly: "old").policy(rule)
        #expect(live(renamed) == ["E292 tenant:new"])
        let deleted = World(actor: "operator")
            .tenant("old", store: "a[r]", declared: nil, presence: .absent(cascade: true))
            .policy(rule)
        #expect(live(deleted) == ["ok"])
        let alien = World(actor: "operator").tenant("other", store: "a[r]", declared: nil)
            .policy(rule)
        #expect(live(alien) == ["ok"])
        let forgotten = alien.with { $0.observed.managed = [.tenant(TenantName("other"))] }
        #expect(live(forgotten) == ["E292 tenant:other"])
    }

    @Test("A policy without rules is a group without checks, and lines say what is expected")
    func words() {
        let world = World(actor: "operator", store: nil, declared: "a").with {
            $0.desired.policies = [
                Policy(name: "empty", rules: []),
                Policy(
                    name: "safety", tenants: [tenant],
                    rules: [
                        .mutuallyExclusive([.of("r"), .of("I")]),
                        .maxHolders(.of("r"), count: 3), .minHolders(.of("I"), count: 1),
                        .requireExpiry(outsideDomains: ["x.example"], within: 36 * 3_600),
                    ]),
            ]
        }
        let groups = checks(of: world.desired, at: world.now)
        #expect(groups.map(\.checks.count) == [0, 4])
        #expect(
            groups.flatMap(\.checks).map(\.expected) == [
                "nobody holds two of r, invite_admins on production",
                "at most 3 people hold r on production",
                "at least 1 person holds invite_admins on production",
                "members from outside of x.example expire within 36 hours on production",
            ])
    }
}
