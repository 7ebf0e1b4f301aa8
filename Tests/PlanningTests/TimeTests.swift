import AccessModel
import Planning
import Support
import Testing

/// Renames, time, drift, settings, selections.
@Suite("Time") struct TimeTests {
    @Test(
        "An expired membership is removed, in additive tenants too", arguments: Management.allCases)
    func expired(management: Management) {
        let world = World().tenant(
            "production", store: "a; b", declared: "a until 2026-11-22; b until 2026-11-23",
            management: management)
        #expect(
            world.outcome
                == (management == .observe
                    ? []
                    : [
                        "removeAdmin production/a, expired",
                        "deleteAccount account:a, lastMembership",
                    ]))
    }

    @Test("It ends at its instant, not before")
    func instant() {
        func world(_ text: String) -> [String] {
            World(store: "a", declared: "a until \(text)").steps
        }
        #expect(world("2026-11-22T10:00:01Z") == [])
        #expect(world("2026-11-22T10:00:00Z").first == "removeAdmin production/a, expired")
    }

    @Test("A person's end takes every place, a user's end only that")
    func person() {
        let world = World(actor: "operator", store: "z{I,P,R}; a", declared: "z{I,P,R}; a")
            .identity("plant", store: "a; b", declared: "a; b until 2026-01-01")
            .person("a", until: "2026-01-01")
        #expect(
            world.outcome == [
                "removeIdentityUser identity:plant/a, expired",
                "removeIdentityUser identity:plant/b, expired",
                "deleteAccount account:b, lastMembership", "removeAdmin production/a, expired",
                "deleteAccount account:a, lastMembership",
            ])
    }

    @Test("A person's end takes places of additive tenants that nobody declares, too")
    func personEverywhere() {
        let world = World().tenant(
            "production", store: "a[r]; b", declared: "", management: .additive)
        #expect(world.outcome == [])
        #expect(
            world.person("a", until: "2026-01-01").outcome == [
                "removeAdmin production/a, expired", "deleteAccount account:a, lastMembership",
            ])
        #expect(world.person("c", until: "2026-01-01").outcome == [])
        let deleted = world.person("a", until: "2026-01-01").with { world in
            for index in world.desired.roles.indices {
                world.desired.roles[index].presence = .absent(cascade: true)
            }
        }
        #expect(deleted.steps.filter { $0.contains("production/a") }.count == 1)
    }

    @Test("Who has expired and is not there is not invited")
    func neverCame() {
        #expect(World(store: "", declared: "a until 2026-01-01").people("a").outcome == [])
    }

    @Test("Expired removals do not count for the guard, and the floor still holds")
    func guards() {
        let names = (0..<8).map { "a\($0) until 2026-01-01" }.joined(separator: ";")
        let store = (0..<8).map { "a\($0)" }.joined(separator: ";")
        #expect(World(store: store, declared: names).findings == [])
        let last = World(actor: "operator", store: "a{I}; b", declared: "a{I} until 2026-01-01; b")
        #expect(last.findings == ["E271 production/a"])
    }

    @Test("--at moves the clock of the desired state and not the store's")
    func at() {
        let world = World(store: "a; b I", declared: "a until 2026-12-01; b")
        #expect(world.outcome == [])
        let later = world.with { $0.at = .of("2026-12-01") }
        #expect(
            later.outcome == [
                "removeAdmin production/a, expired", "deleteAccount account:a, lastMembership",
            ])
        #expect(later.plan.at == .of("2026-12-01"))
    }

    @Test("--expired does only what expiry asks for")
    func onlyExpired() {
        let world = World(
            store: "a; b; c[r]", declared: "a until 2026-01-01; c; d"
        ).people("d").with { $0.onlyExpired = true }
        #expect(
            world.outcome == [
                "removeAdmin production/a, expired", "deleteAccount account:a, lastMembership",
            ])
        #expect(!world.plan.complete)
    }

    @Test("--expired is held up by what its own steps break")
    func onlyExpiredGuarded() {
        let world = World(actor: "operator", store: "a{I}; b", declared: "a{I} until 2026-01-01; b")
            .with { $0.onlyExpired = true }
        #expect(world.findings == ["E271 production/a"])
    }

    @Test("W146: an access test that names who leaves, and all permissions that go with one")
    func willFail() {
        let tenant = TenantName("production")
        func findings(_ declared: String, _ expectations: AccessTest.Expectation...) -> [String] {
            let world = World(actor: "operator", store: nil, declared: declared)
                .identity("plant", store: nil, declared: "u admin until 2027-01-01; v admin")
                .with {
                    $0.desired.accessTests = [AccessTest(name: "t", expectations: expectations)]
                }
            return desiredFindings(world.desired, at: world.now)
                .map { "\($0.code) \($0.address): \($0.message)" }
        }
        #expect(
            findings(
                "a{I}[r] until 2027-06-30; b{I}",
                .holds(.of("a"), tenant, holds: [.of("r")], lacks: []),
                .holds(.of("a"), tenant, holds: [], lacks: [.of("P")]),
                .holders(tenant, .of("r"), [.of("a")]),
                .identityAdmins(IdentityCode("plant"), [.of("u"), .of("v")]))
                == [
                    "W146 production/a@x.example: "
                        + "when it expires on 2027-06-30T00:00:00Z, the access test t fails.",
                    "W146 production/a@x.example: "
                        + "when it expires on 2027-06-30T00:00:00Z, the access test t fails.",
                    "W146 identity:plant/u@x.example: "
                        + "when it expires on 2027-01-01T00:00:00Z, the access test t fails.",
                ])
        // One that fails already is told as that.
        #expect(
            findings("a[r] until 2027-06-30; b{I}", .holders(tenant, .of("r"), []))
                .map { $0.prefix(4) } == ["E299"])
        #expect(
            findings("a{I,P,R} until 2027-06-30; b{I}") == [
                "W146 production/a@x.example: when it expires on 2027-06-30T00:00:00Z, "
                    + "nobody holds assign_permissions, assign_roles on production."
            ])
    }

    @Test("W146 names the rule and the floor, and asks nothing of what is not managed")
    func willBreakWhere() {
        func findings(_ management: Management) -> [String] {
            let world = World(actor: "operator").tenant(
                "production", store: nil, declared: "a{I}[r] until 2027-06-30; b",
                management: management, floor: 1
            )
            .policy(.minHolders(.of("r"), count: 1))
            .with { $0.desired.project.guards.requiredAdmins = [.of("a")] }
            return desiredFindings(world.desired, at: world.now).flatMap { $0.related.map(\.text) }
        }
        #expect(
            findings(.authoritative) == ["project", "tenant:production", "policy:safety#rule:1"])
        #expect(findings(.additive) == ["project"])
        #expect(findings(.observe) == [])
    }

    @Test("W146: what an expiry will break")
    func willBreak() {
        func findings(_ declared: String, _ change: (inout World) -> Void = { _ in }) -> [String] {
            let world = World(actor: "operator", store: nil, declared: declared).with(change)
            return World.lines(of: desiredFindings(world.desired, at: world.now))
        }
        #expect(findings("a{I} until 2027-06-30; b") == ["W146 production/a"])
        #expect(findings("a{I} until 2027-06-30; b{I}") == [])
        #expect(findings("a{I,P} until 2027-06-30; b{I}") == ["W146 production/a"])
        #expect(
            findings("a{I} until 2027-06-30; b{I}") {
                $0.desired.project.guards.requiredAdmins = [.of("a")]
            } == ["W146 production/a"])
        #expect(
            findings("a[r] until 2027-06-30; b{I}[r]") {
                $0 = $0.policy(.minHolders(.of("r"), count: 2))
            } == ["W146 production/a"])
        let user = World(actor: "operator", store: nil, declared: "b{I}")
            .identity("plant", store: nil, declared: "u admin until 2027-01-01; v")
        #expect(
            World.lines(of: desiredFindings(user.desired, at: user.now)) == [
                "W146 identity:plant/u"
            ])
    }
}

@Suite("Renames") struct RenameTests {
    @Test(
        "The old address keeps its access until the new one is active",
        arguments: [
            Management.authoritative, .additive,
        ])
    func admin(management: Management) {
        let world = World().tenant(
            "production", store: "old{I}", declared: "new{I}", management: management
        ).person("new", formerly: "old")
        #expect(world.outcome == ["inviteAdmin production/new, createAccount"])
        #expect(world.notes == ["renaming production/old"])
        let pending = world.applied()
        #expect(pending.outcome == [])
        #expect(pending.notes == ["awaiting production/new", "renaming production/old"])
        let active = pending.accepting("new")
        #expect(
            active.outcome == [
                "removeAdmin production/old, renamed", "deleteAccount account:old, lastMembership",
            ])
        #expect(active.applied().outcome == [])
    }

    @Test("Without formerly, a removal and an invitation of the same name are pointed out")
    func sameName() {
        let world = World(store: "old", declared: "new").person("new", profile: .of("old"))
        #expect(
            world.outcome == [
                "removeAdmin production/old, undeclared",
                "deleteAccount account:old, lastMembership",
                "inviteAdmin production/new, createAccount", "W235 production/new",
            ])
    }

    @Test("An identity's user is renamed the same way")
    func user() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "old", declared: "new").person("new", formerly: "old")
        #expect(world.outcome == ["addIdentityUser identity:plant/new, createAccount"])
        #expect(
            world.applied().accepting("new").outcome == [
                "removeIdentityUser identity:plant/old, renamed",
                "deleteAccount account:old, lastMembership",
            ])
    }

    @Test(
        "Tenant, identity and role are renamed in one change each, without a mail or a right lost")
    func things() {
        let world = World(actor: "operator")
            .tenant("new", store: nil, declared: "a{I}[r2]; b", lists: "r2", formerly: "old")
            .tenant("old", store: "a{I}[r1]; b", declared: nil, offers: "r1")
            .identity("plant2", of: "new", store: nil, declared: "u", formerly: "plant1")
            .identity("plant1", of: "old", store: "u", declared: nil)
            .with { world in
                world.desired.roles = [
                    DesiredRole(
                        role: Role(name: RoleName("r2"), title: "Two"), formerly: [RoleName("r1")])
                ]
                world.observed.roles[RoleName("r2")] = nil
            }
        #expect(
            world.outcome == [
                "updateIdentity identity:plant2, renamed", "updateRole role:r2, renamed",
                "updateTenant tenant:new, renamed",
            ])
        #expect(
            world.plan.changes[1].action
                == .updateRole(
                    RoleName("r2"), before: RoleFields(name: RoleName("r1"), title: ""),
                    after: RoleFields(name: RoleName("r2"), title: "Two")))
        #expect(world.applied().outcome == [])
        #expect(world.with { $0.actor = .person(.of("a")) }.findings.contains("E211 tenant:new"))
    }

    @Test("A name that was left is free for another")
    func nameReused() {
        let world = World(actor: "operator")
            .tenant("b", store: nil, declared: "x{I}", formerly: "a")
            .tenant("a", store: "x{I}", declared: nil)
        #expect(world.outcome == ["updateTenant tenant:b, renamed"])
    }
}

@Suite("Drift, settings and selections") struct ScopeTests {
    private let tenant = TenantName("production")

    @Test("A change whose only cause is another's hand says drift")
    func drift() {
        let revoked = World(store: "a", declared: "a{I}").altered(
            .grant(tenant, .of("a"), .permission(.inviteAdmins)), from: [:], to: nil)
        #expect(revoked.outcome == ["grantPermission production/a I, drift"])
        let granted = World(store: "a[r]", declared: "a").altered(
            .grant(tenant, .of("a"), .role(RoleName("r"))), from: nil, to: [:])
        #expect(granted.outcome == ["unassignRole production/a r, drift"])
        let added = World(store: "a", declared: "").altered(
            .membership(tenant, .of("a")), from: nil, to: [:])
        #expect(added.steps.first == "removeAdmin production/a, drift")
        let other = World(store: "a", declared: "a{I}").altered(
            .grant(tenant, .of("a"), .permission(.assignRoles)), from: [:], to: nil)
        #expect(other.outcome == ["grantPermission production/a I"])
    }

    @Test("Drift of a field counts where the manifest wants the value that was there")
    func driftOfField() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .altered(.tenant(tenant), from: ["title": ""], to: ["title": "Hacked"])
            .with { $0.observed.tenants[tenant]?.title = "Hacked" }
        #expect(world.outcome == ["updateTenant tenant:production, drift"])
        let edited = world.with { $0.desired.tenants[0].title = "Other" }
        #expect(edited.outcome == ["updateTenant tenant:production"])
    }

    @Test("Other settings than last applied: W224 for the operator, E224 for everyone else")
    func settings() {
        func world(_ actor: String) -> World {
            World(actor: actor, store: "z{I,P,R}", declared: "z{I,P,R}").applied().with {
                $0.desired.project.guards.maxRemovals.count = 50
                $0.desired.project.delivery = "smtp://mail.x.example"
                $0.desired.project.invitations.acceptURL = "https://x.example"
            }
        }
        #expect(world("operator").outcome == ["W224 project", "W224 project", "W224 project"])
        #expect(world("me").outcome == ["E224 project", "E224 project", "E224 project"])
        #expect(world("operator").plan.findings.first?.code == "W224")
        #expect(world("operator").applied().outcome == [])
    }

    @Test("A policy or access test that was in force and is gone is W279")
    func rulesGone() {
        let world = World(store: "a", declared: "a")
            .policy(.allowedDomains(["x.example"]))
            .expecting(.holds(.of("a"), tenant, holds: [], lacks: [.of("I")])).applied()
        #expect(world.outcome == [])
        let gone = world.with {
            $0.desired.policies = []
            $0.desired.accessTests = []
        }
        #expect(gone.outcome == ["W279 project", "W279 project"])
    }

    @Test("--tenant and --identity select changes; what is wrong elsewhere becomes a note")
    func selection() {
        let world = World(store: "a", declared: "a[r]; new")
            .tenant("stage", store: "me{I}; z{I,P,R}; b", declared: "me{I}; z{I,P,R}; b[r]; bare")
            .people("new")
        let production = world.with { $0.selection.tenants = [tenant] }
        #expect(
            production.outcome == [
                "assignRole production/a r", "inviteAdmin production/new, createAccount",
            ])
        #expect(production.notes == ["outOfScope stage/b r", "outOfScope stage/bare"])
        #expect(!production.plan.complete)
        #expect(world.plan.complete)
        let stage = world.with { $0.selection.tenants = [TenantName("stage")] }
        #expect(
            stage.outcome == ["assignRole stage/b r", "E211 stage/b r", "E231 stage/bare"])
    }

    @Test("A selected removal keeps the account that lives elsewhere")
    func selectedRemoval() {
        let world = World(store: "a", declared: "").tenant("stage", store: "a", declared: "")
        let production = world.with { $0.selection.tenants = [tenant] }
        #expect(production.outcome == ["removeAdmin production/a, undeclared"])
    }

    @Test("--identity selects its users")
    func selectedIdentity() {
        let world = World(actor: "operator", store: "a{I}; b", declared: "a{I}; b[r]")
            .identity("plant", store: "", declared: "u")
            .with { $0.selection.identities = [IdentityCode("plant")] }
        #expect(world.outcome == ["addIdentityUser identity:plant/u, createAccount"])
    }
}
