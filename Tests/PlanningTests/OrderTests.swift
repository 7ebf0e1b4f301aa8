import AccessModel
import Planning
import Support
import Testing

/// Every edge, then the order among the ready.
@Suite("Order") struct OrderTests {
    @Test("1: parents before children, and the reverse for deletions")
    func parents() {
        let world = World(actor: "operator")
            .tenant("production", store: nil, declared: "a{billing}[r]", lists: "r")
            .identity("plant", store: nil, declared: "u").people("a")
            .with {
                $0.observed.roles = [:]
                $0.observed.permissions[PermissionName("billing")] = nil
            }
        #expect(
            world.outcome == [
                "createPermission permission:billing", "createRole role:r",
                "createTenant tenant:production", "createIdentity identity:plant",
                "addIdentityUser identity:plant/u, createAccount",
                "inviteAdmin production/a, createAccount",
            ])
        #expect(world.plan.changes.map(\.dependsOn) == [[], [], [2], [3], [4], [1, 2, 3]])
        #expect(world.applied().outcome == [])
    }

    @Test("1: a role is enabled before it is assigned")
    func enables() {
        let world = World(actor: "operator").tenant(
            "aaa", store: "a{I,P,R}; b", declared: "a{I,P,R}; b[r]", offers: "", lists: "r")
        #expect(world.outcome == ["enableRole tenant:aaa r", "assignRole aaa/b r"])
    }

    @Test("2: the loss of a grantor's membership waits for its grants")
    func grantorLeaves() {
        let world = World(store: "a; b{P,R}", declared: "a{R} by b")
        #expect(
            world.outcome == [
                "grantPermission production/a R by b", "removeAdmin production/b, undeclared",
                "deleteAccount account:b, lastMembership",
            ])
    }

    @Test("2: so does the grantor's loss of the right that is given")
    func grantorLosesGift() {
        let world = World(store: "a; b{P,R}", declared: "a{R} by b; b{P}")
        #expect(
            world.outcome == [
                "grantPermission production/a R by b",
                "revokePermission production/b R, undeclared",
            ])
    }

    @Test("4: for exclusive rights the loss comes before the gain")
    func exclusive() {
        let world = World(store: "a[z]", declared: "a[b]")
            .policy(.mutuallyExclusive([.of("z"), .of("b")]))
        #expect(
            world.outcome == [
                "unassignRole production/a z, undeclared", "assignRole production/a b",
            ])
        #expect(world.plan.changes.last?.dependsOn == [1])
    }

    @Test("4: at a limit of holders too")
    func limit() {
        let world = World(store: "a; b[r]", declared: "a[r]; b")
            .policy(.maxHolders(.of("r"), count: 1))
        #expect(
            world.outcome == [
                "unassignRole production/b r, undeclared", "assignRole production/a r",
            ])
        #expect(world.plan.changes.last?.dependsOn == [1])
    }

    @Test("4 against 5: a right that one may hold and one must hold has no order")
    func limitAgainstFloor() {
        let world = World(actor: "operator", store: "z{I}; a{P}; b", declared: "z{I}; a; b{P}")
            .policy(.maxHolders(.of("P"), count: 1))
        #expect(world.findings.filter { $0.hasPrefix("E230") }.count == 1)
    }

    @Test("5: an active replacement comes before the removal or demotion")
    func replacement() {
        let demoted = World(actor: "operator", store: "a{I,P,R}; b", declared: "a; b{I,P,R}").with {
            $0.allow.revocations = 3
        }
        // Each loss is ready as soon as its replacement is there, and goes before the next gain.
        #expect(
            demoted.outcome == [
                "grantPermission production/b P", "revokePermission production/a P, undeclared",
                "grantPermission production/b R", "revokePermission production/a R, undeclared",
                "grantPermission production/b I", "revokePermission production/a I, undeclared",
            ])
        let unblocked = World(actor: "operator", store: "a{I}; b{I} B", declared: "b{I}")
            .person("b", blocked: false)
        #expect(
            unblocked.outcome == [
                "unblockAccount account:b", "removeAdmin production/a, undeclared",
                "deleteAccount account:a, lastMembership",
            ])
        let bot = World(actor: "operator", store: "a{I}", declared: "bot{I}")
            .person("bot", automation: true)
        #expect(
            bot.outcome == [
                "inviteAdmin production/bot", "removeAdmin production/a, undeclared",
                "deleteAccount account:a, lastMembership",
            ])
        let waiting = World(actor: "operator", store: "a{I}", declared: "b{I}")
            .tenant("stage", store: "b{I}", declared: "b{I}")
            .with { $0.desired.project.invitations.acceptance = .required }
        #expect(waiting.findings == ["E271 production/a"])
    }

    @Test("5: for a policy's minimum too")
    func minimum() {
        let world = World(store: "a[r]; b", declared: "a; b[r]")
            .policy(.minHolders(.of("r"), count: 1))
        #expect(
            world.outcome == [
                "assignRole production/b r", "unassignRole production/a r, undeclared",
            ])
    }

    @Test("6: the actor's own changes are last, and assign_permissions the very last")
    func ownChanges() {
        let world = World(
            store: "me{I,P,R}[r]; z{I,P,R}; a[r]", declared: "me{I}; z{I,P,R}; a; zz"
        ).people("zz").with { $0.allow.revocations = 10 }
        #expect(
            world.outcome == [
                "unassignRole production/a r, undeclared",
                "inviteAdmin production/zz, createAccount",
                "unassignRole production/me r, undeclared",
                "revokePermission production/me R, undeclared",
                "revokePermission production/me P, undeclared",
            ])
    }

    @Test("7: the account goes after its last removal, wherever that is")
    func deleteLast() {
        let world = World(store: "a", declared: "").tenant("stage", store: "a", declared: "")
        #expect(
            world.outcome == [
                "removeAdmin production/a, undeclared", "removeAdmin stage/a, undeclared",
                "deleteAccount account:a, lastMembership",
            ])
        #expect(world.plan.changes.last?.dependsOn == [1, 2])
    }

    @Test("Ready steps: losses, then address by bytes, then the place in the closed list")
    func ready() {
        let world = World(store: "a[r]; b{I} I; c[r]; d-x I", declared: "b; c[s]; e; d-x; d")
            .people("d e")
            .person("b", profile: Profile(firstName: "Bee"))
            .with {
                $0.allow.removals = 10; $0.allow.revocations = 10
            }
        #expect(
            world.outcome == [
                "removeAdmin production/a, undeclared", "deleteAccount account:a, lastMembership",
                "revokePermission production/b I, undeclared",
                "unassignRole production/c r, undeclared",
                "updateProfile account:b", "assignRole production/c s",
                "inviteAdmin production/d, createAccount",
                "inviteAdmin production/e, createAccount",
            ])
    }

    @Test("Ready steps of one address go by the place in the closed list")
    func sameAddress() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "a off [x]; b admin", declared: "a admin on [y]; b admin")
        #expect(
            world.outcome == [
                "setIdentityAdmin identity:plant/a", "setIdentityRoles identity:plant/a",
                "enableIdentityUser identity:plant/a",
            ])
    }

    @Test("Byte order: a hyphen before a slash before letters, upper case before lower")
    func bytes() {
        let world = World(actor: "operator")
            .tenant("pro", store: "", declared: "a").tenant("pro-a", store: "", declared: "a")
            .tenant("proa", store: "", declared: "a").people("a")
        #expect(
            world.steps.map { $0.split(separator: " ")[1] } == ["pro-a/a,", "pro/a,", "proa/a,"])
    }
}
