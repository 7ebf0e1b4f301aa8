import AccessModel
import Planning
import Support
import Testing

/// Who may do what.
@Suite("Who acts") struct ActorTests {
    @Test(
        "R-01: the actor must be active and hold a permission there, said once per tenant",
        arguments: ["me{I,P,R} I", "me{I,P,R} B", "me[access_read]"])
    func activeActor(me: String) {
        let world = World(actor: "me").tenant(
            "production", store: me + "; z{I,P,R}; a[r]; b", declared: me + "; z{I,P,R}; a; b[r]",
            offers: "r access_read", lists: "r access_read")
        #expect(world.steps.contains("unassignRole production/a r, undeclared"))
        let errors = world.findings.filter { $0.hasPrefix("E") }
        #expect(errors == ["E210 tenant:production"])
    }

    @Test(
        "R-01: an actor who cannot act there is told so, and nothing else, of every step"
    )
    func oneReason() {
        let world = World(store: "me{I,P,R} I; z{I,P,R}", declared: "me{I,P,R}; z")
        #expect(world.steps.count == 3)
        #expect(world.findings == ["E210 tenant:production"])
    }

    @Test("R-01: an actor without an account can do nothing")
    func unknownActor() {
        let world = World(actor: "stranger", store: "z{I,P,R}; a{R}", declared: "z{I,P,R}; a")
        #expect(world.findings == ["E210 tenant:production"])
    }

    @Test(
        "R-02: each change needs its permission",
        arguments: [
            ("me{P,R}", "a{I} I expired", "a{I}", "E211 production/a"),
            ("me{P,R}", "a", "", "E211 production/a"),
            ("me{I,R}", "a{I}", "a", "E211 production/a I"),
            ("me{I,R}", "a", "a{I}", "E211 production/a I"),
            ("me{I,P}", "a", "a[r]", "E211 production/a r"),
            ("me{I,P}", "a[r]", "a", "E211 production/a r"),
        ])
    func permissionNeeded(me: String, store: String, declared: String, expected: String) {
        let world = World(actor: "me").tenant(
            "production", store: "\(me); z{I,P,R}; \(store)",
            declared: "\(me); z{I,P,R}; \(declared)", offers: "r", lists: "r")
        #expect(world.findings == [expected])
    }

    @Test("R-02: updating a pending profile needs invite_admins")
    func pendingProfile() {
        func world(_ me: String) -> World {
            World(store: "\(me); z{I,P,R}; a{I} I", declared: "\(me); z{I,P,R}; a{I}")
                .person("a", profile: Profile(firstName: "Anna", lastName: "Bee"))
        }
        #expect(world("me{I}").outcome == ["updateProfile account:a"])
        #expect(world("me{P,R}").outcome == ["updateProfile account:a", "E211 account:a"])
    }

    @Test("R-02: catalogue, tenants, identities and blocks are the operator's")
    func operators() {
        let world = World(store: "a{I}", declared: "a{I}")
            .tenant("stage", store: nil, declared: "")
            .identity("plant", store: nil, declared: "")
            .with { $0.desired.roles.append(DesiredRole(role: Role(name: RoleName("new")))) }
        #expect(world.findings.contains("E211 role:new"))
        #expect(world.findings.contains("E211 tenant:stage"))
        #expect(world.findings.contains("E211 identity:plant"))
    }

    @Test("R-03, R-06: possession is judged on the tenant of the change")
    func perTenant() {
        let world = World(store: "", declared: "")
            .tenant("stage", store: "me{P}; z{I,P,R}; a", declared: "me{P}; z{I,P,R}; a{R}")
        #expect(world.findings == ["E212 stage/a R"])
    }

    @Test("R-03: a declared permission beyond the three needs possession too")
    func customPermission() {
        let world = World(store: "a; z{billing}", declared: "a{billing}; z{billing}")
        #expect(
            world.outcome == [
                "grantPermission production/a#permission:billing",
                "E212 production/a#permission:billing",
            ])
    }

    @Test("R-04: a role is given without holding it, and to oneself with a warning")
    func roles() {
        #expect(World(store: "a", declared: "a[r]").outcome == ["assignRole production/a r"])
        let own = World(store: "me{I,P,R}", declared: "me{I,P,R}[r]")
        #expect(own.outcome == ["assignRole production/me r", "W213 production/me r"])
    }

    @Test("R-05: an invitation with permissions needs them")
    func invitationWithGrants() {
        func world(_ me: String) -> World {
            World(store: "\(me); z{I,P,R}", declared: "\(me); z{I,P,R}; a{R}").people("a")
        }
        #expect(world("me{I,P,R}").findings == [])
        #expect(world("me{I,P}").findings == ["E212 production/a"])
        #expect(world("me{I,R}").findings == ["E211 production/a"])
        #expect(world("me{I}").findings == ["E211 production/a", "E212 production/a"])
        #expect(world("me{P,R}").findings == ["E211 production/a"])
    }

    @Test(
        "R-07: a role that the store does not offer is refused, and enabled by the operator"
    )
    func unavailableRole() {
        let mine = World().tenant(
            "production", store: "a", declared: "a[r]", offers: "", lists: "r")
        #expect(
            mine.outcome == [
                "assignRole production/a r", "E221 production/a r", "E222 tenant:production",
            ])
        let theirs = World(actor: "operator")
            .tenant("production", store: "a{I}", declared: "a{I}[r]", offers: "", lists: "r")
        #expect(
            theirs.outcome == [
                "enableRole tenant:production r", "assignRole production/a r",
            ])
        #expect(theirs.plan.changes.map(\.dependsOn) == [[], [1]])
    }

    @Test("R-08: for others the list is an assertion")
    func availability() {
        let world = World().tenant("production", store: "", declared: "", offers: "r s", lists: "r")
        #expect(world.outcome == ["E222 tenant:production"])
    }

    @Test(
        "R-11: a grantor who cannot act, or is no member",
        arguments: [
            ("b{I,P} I", "E214"), ("b{I,P} B", "E214"), ("b{I,P} waits", "E214"), ("", "E216"),
            ("b{I}", "E211"), ("b{P}", "E212"),
        ])
    func grantors(b: String, code: String) {
        let world = World(store: "a; \(b)", declared: "a{I} by b; \(b)")
        let errors = world.findings.filter { $0.hasPrefix("E") }
        #expect(errors == ["\(code) production/a I"])
        #expect(world.steps == ["grantPermission production/a I by b"])
    }

    @Test("A grantor narrows the operator and never widens the actor")
    func narrows() {
        let byOperator = World(
            actor: "operator", store: "z{I,P,R}; a; b{I}", declared: "z{I,P,R}; a{I} by b; b{I}")
        #expect(byOperator.findings == ["E211 production/a I"])
        let widened = World(
            store: "me{I}; a; b{I,P}", declared: "me{I}; a{I} by b; b{I,P}")
        #expect(widened.findings == ["E211 production/a I"])
    }

    @Test("Inviting and removing are the run's actor's, and the grants in it are the grantor's too")
    func invitationByGrantor() {
        let world = World(store: "b{R}", declared: "b{R}; a{I} by b").people("a")
        #expect(
            world.outcome == [
                "inviteAdmin production/a, createAccount", "E211 production/a", "E212 production/a",
            ])
        let plain = World(store: "b{R}", declared: "b{R}; a by b").people("a")
        #expect(plain.outcome == ["inviteAdmin production/a, createAccount"])
        let removal = World(store: "a{I}; b", declared: "b")
        #expect(removal.plan.changes.first?.actor == .person(.of("me")))
    }

    @Test("R-10: a grant stays when its grantor later loses authority")
    func grantStays() {
        let first = World(store: "a; b{I,P}", declared: "a{I} by b; b{I,P}").applied()
        let then = first.with {
            $0.desired.memberships.removeAll { $0.email == .of("b") }
        }
        #expect(
            then.outcome == [
                "removeAdmin production/b, undeclared", "deleteAccount account:b, lastMembership",
            ])
        #expect(then.applied().findings == [])
    }

    @Test(
        "R-03: nobody raises itself",
        arguments: [
            ("me", "me{I,P,R}", ["E210 tenant:production"]),
            ("me[r]", "me{I,P}[r]", ["E210 tenant:production"]),
            ("me{I}", "me{I,P}", ["E211 production/me P", "E212 production/me P"]),
            (
                "me{I}", "me{I,P,R}",
                [
                    "E211 production/me R", "E212 production/me R", "E211 production/me P",
                    "E212 production/me P",
                ]
            ),
            ("me{P}", "me{P,R}", ["E212 production/me R"]),
        ])
    func selfPromotion(store: String, declared: String, expected: [String]) {
        let world = World(actor: "me").tenant(
            "production", store: store + "; z{I,P,R}", declared: declared + "; z{I,P,R}")
        #expect(Set(world.findings) == Set(expected))
        #expect(world.findings.count == expected.count)
    }

    @Test("R-12: only the operator can begin on a tenant in which nobody holds anything")
    func bootstrap() {
        let world = World(actor: "me").tenant(
            "production", store: "me", declared: "me; a{I}"
        ).people("a")
        #expect(world.findings == ["E210 tenant:production"])
        let byOperator = World(actor: "operator").tenant("production", store: "", declared: "a{I}")
            .people("a")
        #expect(byOperator.outcome == ["inviteAdmin production/a, createAccount"])
    }

    @Test("An automation account is the operator's to make, and is active at once without a mail")
    func automation() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}; bot{I}")
            .person("bot", automation: true)
        #expect(world.outcome == ["inviteAdmin production/bot"])
        #expect(world.applied().outcome == [])
        #expect(world.applied().notes == [])
        #expect(world.applied().observed.accounts[.of("bot")]?.state == .activated)
        let mine = World(store: "", declared: "bot{I}").person("bot", automation: true)
        #expect(mine.findings == ["E211 production/bot"])
        let user = World(store: "", declared: "")
            .identity("plant", store: "me admin", declared: "me admin; bot")
            .person("bot", automation: true)
        #expect(user.findings == ["E211 identity:plant/bot"])
    }

    @Test(
        "R-42: a stranger's plan is the same whether or not the person has an account",
        arguments: [
            "a{I}", "a{I} I", "a{I} B", "a{I} bare", "a waits",
        ])
    func discretion(elsewhere: String) {
        func world(_ text: String) -> World {
            World(
                actor: "me", store: "me{P,R}; z{I,P,R}", declared: "me{P,R}; z{I,P,R}; a{R}"
            ).tenant("other", store: "\(text); q{I,P,R}; me", declared: nil)
                .person(
                    "a",
                    profile: Profile(firstName: "Anna", lastName: "Dee", mobile: "+31699999999")
                )
                .with { $0.observed.memberships[TenantName("other")]?[.of("me")] = nil }
        }
        let known = world(elsewhere).plan
        let unknown = world("").plan
        #expect(known == unknown)
        #expect(unknown.changes.map(\.kind) == [.inviteAdmin])
        #expect(World.lines(of: unknown.findings) == ["E211 production/a"])
    }
}
