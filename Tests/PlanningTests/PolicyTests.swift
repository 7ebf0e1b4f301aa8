import AccessModel
import Planning
import Support
import Testing

/// What each policy rule refuses, and what it only warns of.
@Suite("Policies and access tests") struct PolicyTests {
    @Test(
        "Each rule refuses what is declared against it",
        arguments: [
            ("a[r,s]", PolicyRule.mutuallyExclusive([.of("r"), .of("s")]), "E291 production/a"),
            ("a[r]; b[r]", .maxHolders(.of("r"), count: 1), "E292 tenant:production"),
            ("a[r]; b", .minHolders(.of("r"), count: 2), "E293 tenant:production"),
            ("a@y.example", .allowedDomains(["x.example"]), "E294 production/a@y.example"),
            (
                "a", .requireExpiry(outsideDomains: ["acme.example"], within: nil),
                "E295 production/a"
            ),
            (
                "a until 2027-12-01",
                .requireExpiry(outsideDomains: ["acme.example"], within: 86_400 * 180),
                "E295 production/a"
            ),
            ("a", .requireReason(sensitiveOnly: false), "E296 production/a"),
        ])
    func declared(text: String, rule: PolicyRule, expected: String) {
        let world = World(actor: "operator", store: nil, declared: text).policy(rule)
        let findings = World.lines(of: desiredFindings(world.desired, at: world.now))
        #expect(findings.filter { $0 == expected }.count == 1)
        #expect(findings.allSatisfy { $0.hasPrefix(expected.prefix(4)) })
    }

    @Test(
        "Each rule is content with what keeps it",
        arguments: [
            ("a[r]; b[s]", PolicyRule.mutuallyExclusive([.of("r"), .of("s")])),
            ("a[r]; b", .maxHolders(.of("r"), count: 1)),
            ("a[r]; b[r] until 2026-11-30", .minHolders(.of("r"), count: 1)),
            ("a", .allowedDomains(["x.example"])),
            ("a", .requireExpiry(outsideDomains: ["x.example"], within: nil)),
            ("a until 2027-01-01", .requireExpiry(outsideDomains: [], within: 86_400 * 180)),
            ("a because cover", .requireReason(sensitiveOnly: false)),
            ("a[r]", .requireReason(sensitiveOnly: true)),
        ])
    func kept(text: String, rule: PolicyRule) {
        let world = World(actor: "operator", store: nil, declared: text).policy(rule)
        #expect(desiredFindings(world.desired, at: world.now) == [])
    }

    @Test("A sensitive role asks for a reason, and is privileged")
    func sensitive() {
        let world = World(store: "a", declared: "a[r]").policy(.requireReason(sensitiveOnly: true))
            .with {
                $0.desired.roles[0].role.sensitive = true
                $0.observed.roles[RoleName("r")]?.sensitive = true
            }
        #expect(world.outcome == ["assignRole production/a r", "E296 production/a"])
        #expect(world.plan.changes.map(\.privileged) == [true])
    }

    @Test("What only manifests tell is not asked of somebody who leaves")
    func leaving() {
        let world = World(
            actor: "operator", store: "a{I,P,R}; b", declared: "a{I,P,R} because cover"
        )
        .policy(.requireReason(sensitiveOnly: false))
        #expect(!world.findings.contains { $0.contains("296 production/b") })
        #expect(world.steps.contains { $0.contains("removeAdmin production/b") })
    }

    @Test("An old violation in the store is a warning, also where the plan mends it")
    func old() {
        let world = World(store: "a[r,s]", declared: "a[r]")
            .policy(.mutuallyExclusive([.of("r"), .of("s")]))
        #expect(world.outcome == ["unassignRole production/a s, undeclared", "W291 production/a"])
        #expect(world.applied().outcome == [])
    }

    @Test("A step that makes it no worse is not refused, one that does is")
    func worse() {
        // Undeclared members of an additive tenant hold the role, so the manifests break nothing.
        func world(_ declared: String) -> World {
            World().tenant(
                "production", store: "a[r]; b[r]; c", declared: declared, offers: "r s",
                lists: "r s", management: .additive
            ).policy(.maxHolders(.of("r"), count: 1))
        }
        #expect(world("c[s]").outcome == ["assignRole production/c s", "W292 tenant:production"])
        #expect(world("c[r]").outcome == ["assignRole production/c r", "E292 tenant:production"])
    }

    @Test(
        "minHolders counts the active, not blocked, not expiring within 14 days",
        arguments: [
            "b[r] I", "b[r] B", "b[r] waits",
        ])
    func minHolders(b: String) {
        let world = World(store: "a[r]; \(b)", declared: "b[r]; a")
            .policy(.minHolders(.of("r"), count: 1))
        #expect(world.findings.contains("E293 tenant:production"))
    }

    @Test("minHolders: who leaves within 14 days is no holder in the store")
    func leavingSoon() {
        let world = World(store: "a[r]", declared: "a[r] until 2026-12-01")
            .policy(.minHolders(.of("r"), count: 1))
        #expect(world.findings.contains("W293 tenant:production"))
        #expect(!world.findings.contains { $0.hasPrefix("E") })
    }

    @Test("maxHolders counts pending and blocked ones")
    func maxHolders() {
        let world = World(store: "a[r] I; b[r] B; c", declared: "a[r]; b[r]; c[r]")
            .policy(.maxHolders(.of("r"), count: 2))
        #expect(world.findings == ["E292 tenant:production", "W261 production/b"])
    }

    @Test("A policy holds on its tenants only")
    func tenants() {
        let world = World(store: "a[r,s]", declared: "a[r,s]").with {
            $0.desired.policies = [
                Policy(
                    name: "p", tenants: [TenantName("stage")],
                    rules: [.mutuallyExclusive([.of("r"), .of("s")])])
            ]
        }
        #expect(world.outcome == [])
    }

    @Test("A block that breaks a policy goes through with a warning")
    func block() {
        let world = World(actor: "operator", store: "z{I,P,R}; a[r]", declared: "z{I,P,R}; a[r]")
            .person("a", blocked: true).policy(.minHolders(.of("r"), count: 1))
        #expect(world.outcome == ["blockAccount account:a", "W270 account:a"])
    }

    @Test("An access test that does not hold is E299")
    func tests() {
        let tenant = TenantName("production")
        func findings(_ expectation: AccessTest.Expectation) -> [String] {
            World(store: "a{I}[r]", declared: "a{I}[r]")
                .identity("plant", store: "u admin", declared: "u admin")
                .with { $0.actor = .platformOperator }.expecting(expectation).outcome
        }
        #expect(
            findings(.holds(.of("a"), tenant, holds: [.of("I"), .of("r")], lacks: [.of("P")])) == []
        )
        #expect(
            findings(.holds(.of("a"), tenant, holds: [.of("P")], lacks: [])) == [
                "E299 test:t#expect:1"
            ])
        #expect(
            findings(.holds(.of("a"), tenant, holds: [], lacks: [.of("r")])) == [
                "E299 test:t#expect:1"
            ])
        #expect(findings(.holders(tenant, .of("r"), [.of("a")])) == [])
        #expect(
            findings(.holders(tenant, .of("r"), [.of("a"), .of("b")])) == ["E299 test:t#expect:1"])
        #expect(findings(.holders(tenant, .of("r"), [])) == ["E299 test:t#expect:1"])
        #expect(findings(.identityAdmins(IdentityCode("plant"), [.of("u")])) == [])
        #expect(findings(.identityAdmins(IdentityCode("plant"), [])) == ["E299 test:t#expect:1"])
    }

    @Test("The judgement under the lock is the plan's own")
    func repeated() {
        let world = World(actor: "operator", store: "a{I}; b{I}", declared: "b{I}")
        #expect(world.plan.findings == [])
        let changes = world.plan.changes
        #expect(findings(repeating: changes, in: world.request) == [])
        // Somebody else removed b meanwhile: case 17.
        let meanwhile = world.with {
            $0.observed.memberships[TenantName("production")]?[.of("b")] = nil
        }
        #expect(
            World.lines(of: findings(repeating: changes, in: meanwhile.request))
                == ["E271 production/a"])
        let weaker = world.with {
            $0.observed.settings = ["guards.maxMails": "1"]; $0.actor = .person(.of("b"))
        }
        #expect(
            World.lines(of: findings(repeating: [], in: weaker.request)) == ["E224 project"])
    }
}
