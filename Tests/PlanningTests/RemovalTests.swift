import AccessModel
import Planning
import Support
import Testing

/// Removing, blocking, floors and guards.
@Suite("Removing") struct RemovalTests {
    @Test("R-20: removal is per tenant")
    func perTenant() {
        let world = World(store: "a", declared: "").tenant("stage", store: "a", declared: "a")
        #expect(world.outcome == ["removeAdmin production/a, undeclared"])
    }

    @Test("R-21: removing somebody who holds more needs invite_admins only, and is told")
    func holdsMore() {
        let world = World(store: "me{I}; a{P}; z{I,P,R}", declared: "me{I}; z{I,P,R}")
        #expect(
            world.outcome == [
                "removeAdmin production/a, undeclared", "deleteAccount account:a, lastMembership",
                "W251 production/a",
            ])
    }

    @Test("R-22: a role that goes is taken from undeclared members of an additive tenant too")
    func cascadesRole() {
        let world = World(actor: "operator").tenant(
            "production", store: "z{I,P,R}; a[r]", declared: "z{I,P,R}", offers: "r", lists: "",
            management: .additive)
        #expect(
            world.outcome == [
                "unassignRole production/a r, cascade",
                "disableRole tenant:production r, undeclared",
            ])
        #expect(world.plan.changes.map(\.dependsOn) == [[], [1]])
    }

    @Test("R-23: a declared block is told of where grants change")
    func declaredBlock() {
        let steady = World(store: "a B", declared: "a").person("a", blocked: true)
        #expect(steady.outcome == [])
        let changing = World(store: "a B", declared: "a{I}").person("a", blocked: true)
        #expect(changing.outcome == ["grantPermission production/a I", "W261 production/a"])
    }

    @Test("R-24: who is unblocked and given a permission replaces who goes")
    func unblockedReplacement() {
        let world = World(actor: "operator", store: "a{I}; b[r] B", declared: "b{I}[r]")
            .person("b", blocked: false)
        #expect(
            world.outcome == [
                "unblockAccount account:b", "grantPermission production/b I",
                "removeAdmin production/a, undeclared", "deleteAccount account:a, lastMembership",
            ])
    }

    @Test("R-23: blocking is the operator's; others are told that it differs")
    func blocking() {
        let declared = World(store: "a", declared: "a").person("a", blocked: true)
        #expect(declared.outcome == ["E223 account:a"])
        #expect(
            World(store: "a B", declared: "a").person("a", blocked: false).findings == [
                "E223 account:a", "W261 production/a",
            ])
        #expect(World(store: "a B", declared: "a").person("a", blocked: true).outcome == [])
        let new = World(store: "", declared: "a").person("a", blocked: true)
        #expect(new.findings == ["E223 account:a"])
    }

    @Test("R-23: the operator blocks and unblocks")
    func operatorBlocks() {
        func world(_ a: String, _ blocked: Bool) -> World {
            World(actor: "operator", store: "z{I,P,R}; \(a)", declared: "z{I,P,R}; a")
                .person("a", blocked: blocked)
        }
        #expect(world("a", true).outcome == ["blockAccount account:a"])
        #expect(world("a B", false).outcome == ["unblockAccount account:a"])
        #expect(world("a B", false).plan.changes.map(\.privileged) == [true])
        #expect(world("a", true).plan.changes.map(\.destructive) == [true])
        let new = World(actor: "operator", store: "", declared: "a").person("a", blocked: true)
        #expect(new.outcome == ["inviteAdmin production/a", "blockAccount account:a"])
        #expect(new.applied().outcome == [])
    }

    @Test("R-23: grants of a blocked admin change, without a mail")
    func blockedChanges() {
        let world = World(store: "a B", declared: "a[r]")
        #expect(world.outcome == ["assignRole production/a r", "W261 production/a"])
    }

    @Test("R-23: an unblocked account without a place goes")
    func unblockedOrphan() {
        let world = World(actor: "operator", store: "z{I,P,R}; a B", declared: "z{I,P,R}")
            .applied().person("a", blocked: false)
        #expect(
            world.outcome == [
                "unblockAccount account:a", "deleteAccount account:a, lastMembership",
            ])
        let again = World(actor: "operator", store: "z{I,P,R}; a B", declared: "z{I,P,R}").applied()
            .person("a", blocked: false)
            .with {
                $0.desired.memberships.append(
                    DesiredMembership(
                        tenant: TenantName("production"), email: .of("a"), grants: Grants()))
            }.sorted()
        #expect(again.outcome == ["unblockAccount account:a", "addAdmin production/a, join"])
    }

    @Test(
        "R-24: no step lowers the active delegated admins below the floor",
        arguments: [
            ("a{I}; b", "b", "E271 production/a"), ("a{I}; b", "a; b", "E271 production/a I"),
            ("a{I}; b{I} I", "b{I}", "E271 production/a"),
            ("a{I}; b{I} waits", "b{I}", "E271 production/a"),
        ])
    func floor(store: String, declared: String, expected: String) {
        let world = World(actor: "operator", store: store, declared: declared)
        #expect(world.findings == [expected])
    }

    @Test("R-24: a tenant's own floor; further below is refused too, and the old state a warning")
    func ownFloor() {
        let world = World(actor: "operator").tenant(
            "production", store: "a{I}; b{I}; c{I}", declared: "a{I}; b{I}", floor: 3)
        #expect(world.findings == ["E271 production/c", "E271 tenant:production"])
        let below = World(actor: "operator").tenant(
            "production", store: "a{I}; b{I}", declared: "a{I}", floor: 3)
        #expect(
            below.findings == [
                "E271 production/b", "E271 tenant:production", "W271 tenant:production",
            ])
        let old = World(actor: "operator").tenant(
            "production", store: "a{I}; b{I} I; c{I} I", declared: "a{I}; b{I}; c{I}", floor: 3)
        #expect(old.outcome == ["W271 tenant:production"])
    }

    @Test("R-24: the operator's block goes through with a warning")
    func blockUnderFloor() {
        let world = World(actor: "operator", store: "a{I,P,R}", declared: "a{I,P,R}")
            .person("a", blocked: true)
        #expect(world.outcome == ["blockAccount account:a", "W270 account:a"])
    }

    @Test("R-25: no step takes a permission's last active holder")
    func extinction() {
        func world(_ others: String) -> World {
            World(
                actor: "operator", store: "z{I}; a{I,P}; \(others)",
                declared: "z{I}; a{I}; \(others)")
        }
        #expect(world("b").findings == ["E272 production/a P"])
        #expect(world("b{P} B").findings == ["E272 production/a P", "W261 production/b"])
        #expect(world("b{P} I").findings == ["E272 production/a P"])
        #expect(world("b{P}").findings == [])
        #expect(world("b").with { $0.allow.permissionExtinction = true }.findings == [])
        let removed = World(actor: "operator", store: "z{I}; a{P}", declared: "z{I}")
        #expect(removed.findings == ["E272 production/a"])
    }

    @Test(
        "R-26: removals above the smaller of count and percent, one always",
        arguments: [
            (1, 1, nil), (3, 1, nil), (8, 2, nil), (8, 3, 1), (40, 5, nil), (40, 6, 1),
        ])
    func removals(present: Int, removed: Int, errors: Int?) {
        let names = (0..<present - 1).map { "a\(10 + $0)" }
        let world = World(
            store: names.joined(separator: ";"),
            declared: names.dropFirst(removed).joined(separator: ";"))
        #expect(world.findings.count { $0 == "E273 tenant:production" } == errors ?? 0)
        let allowed = world.with { $0.allow.removals = removed }
        #expect(!allowed.findings.contains("E273 tenant:production"))
        if errors != nil {
            let fewer = world.with { $0.allow.removals = removed - 1 }
            #expect(fewer.findings.contains("E273 tenant:production"))
        }
    }

    @Test("R-26: --allow-removals is about the total of all tenants and identities")
    func totalRemovals() {
        let world = World(actor: "operator", store: "z{I,P,R}; a; b", declared: "z{I,P,R}")
            .identity("plant", store: "c; d; e", declared: "c")
        #expect(world.findings == ["E273 identity:plant", "E273 tenant:production"])
        #expect(world.with { $0.allow.removals = 4 }.findings == [])
        #expect(
            world.with { $0.allow.removals = 3 }.findings == [
                "E273 identity:plant", "E273 tenant:production",
            ])
    }

    @Test("R-26: revocations per tenant")
    func revocations() {
        let world = World(store: "a[r,s]; b", declared: "a; b")
        // 5 grants in the store; half of them, rounded down, is 2.
        #expect(world.findings == [])
        let three = World(store: "a[r,s]; b[r]", declared: "a; b").with {
            $0.desired.project.guards.maxRevocations.count = 2
        }
        #expect(three.findings == ["E279 tenant:production"])
        #expect(three.with { $0.allow.revocations = 3 }.findings == [])
        #expect(three.with { $0.allow.revocations = 2 }.findings == ["E279 tenant:production"])
    }

    @Test("R-26: mails, counted per person")
    func mails() {
        let world = World(store: "", declared: "a; b").people("a b").with {
            $0.desired.project.guards.maxMails = 1
        }
        #expect(world.findings == ["E280 project"])
        #expect(world.with { $0.allow.mails = 2 }.findings == [])
        #expect(world.with { $0.allow.mails = 1 }.findings == ["E280 project"])
    }

    @Test("R-26: the actor does not stop being a delegated admin unasked")
    func selfRemoval() {
        let removed = World(store: "me{I,P,R}; z{I,P,R}", declared: "z{I,P,R}")
        #expect(removed.findings == ["E274 production/me"])
        #expect(removed.with { $0.allow.selfRemoval = true }.findings == [])
        let demoted = World(store: "me{P}; z{I,P,R}", declared: "me; z{I,P,R}")
        #expect(demoted.findings == ["E274 production/me P"])
    }

    @Test("R-26: a required admin is neither removed, blocked nor left without permissions")
    func requiredAdmin() {
        func world(_ declared: String, blocked: Bool? = nil) -> World {
            World(actor: "operator", store: "z{I,P,R}; b{I}", declared: "z{I,P,R}; \(declared)")
                .with { $0.desired.project.guards.requiredAdmins = [.of("b")] }
                .person("b", blocked: blocked)
        }
        #expect(world("").findings == ["E275 production/b"])
        #expect(world("b").findings == ["E275 production/b I"])
        #expect(world("b{I}", blocked: true).findings.contains("E275 account:b"))
        #expect(world("b{I}").findings == [])
    }

    @Test("R-26: an authoritative tenant with members and nobody declared")
    func nobodyDeclared() {
        let world = World(actor: "operator", store: "a{I}; b", declared: "")
        #expect(world.findings.contains("E276 tenant:production"))
        let additive = World(actor: "operator").tenant(
            "production", store: "a{I}", declared: "", management: .additive)
        #expect(additive.outcome == [])
        #expect(additive.notes == ["unmanaged production/a"])
    }

    @Test("R-27: what leaves the manifests stays, with a warning")
    func leaves() {
        let world = World(actor: "operator", store: "a{I}", declared: nil)
            .identity("plant", store: "b", declared: nil)
            .with {
                $0.observed.managed = [
                    .tenant(TenantName("production")), .identity(IdentityCode("plant")),
                    .role(RoleName("gone")), .role(RoleName("old")),
                ]
                $0.observed.roles[RoleName("old")] = Role(name: RoleName("old"))
            }
        #expect(
            world.outcome == ["W277 identity:plant", "W277 role:old", "W277 tenant:production"])
    }

    @Test("R-27: deleting needs the operator, and cascade while somebody is there")
    func deleting() {
        func world(_ actor: String, cascade: Bool) -> World {
            World(actor: actor).tenant(
                "production", store: "a{I}; b", declared: nil, presence: .absent(cascade: cascade))
        }
        #expect(world("operator", cascade: false).outcome == ["E278 tenant:production"])
        #expect(
            world("operator", cascade: true).outcome == [
                "removeAdmin production/a, cascade", "deleteAccount account:a, lastMembership",
                "removeAdmin production/b, cascade", "deleteAccount account:b, lastMembership",
                "deleteTenant tenant:production",
            ])
        #expect(world("me", cascade: true).findings.contains("E211 tenant:production"))
    }

    @Test(
        "R-27: a deleted tenant takes its identities; deletions are exempt from guards and floors")
    func cascade() {
        let world = World(actor: "operator").tenant(
            "production", store: "a{I,P,R}; b; c; d", declared: nil,
            presence: .absent(cascade: true)
        )
        .identity("plant", store: "u admin; v; w", declared: nil)
        .policy(.minHolders(.of("I"), count: 1))
        .with { $0.desired.project.guards.requiredAdmins = [.of("a")] }
        #expect(world.findings == [])
        #expect(world.steps.contains("deleteIdentity identity:plant, cascade"))
        #expect(world.steps.last == "deleteTenant tenant:production")
        let empty = World(actor: "operator")
            .tenant("production", store: "", declared: nil, presence: .absent(cascade: false))
            .identity("plant", store: "", declared: nil, presence: .absent(cascade: false))
        #expect(
            empty.outcome == ["deleteIdentity identity:plant", "deleteTenant tenant:production"])
    }

    @Test(
        "R-27: a role or permission with holders needs cascade; declared holders lose it themselves"
    )
    func deletingRole() {
        func world(cascade: Bool) -> World {
            World(actor: "operator").tenant(
                "production", store: "z{I,P,R}; a[r]; b[r]", declared: "z{I,P,R}; a", offers: "r",
                lists: "", management: .additive
            ).with { world in
                world.desired.roles = [
                    DesiredRole(
                        role: Role(name: RoleName("r")), presence: .absent(cascade: cascade))
                ]
                world.allow.revocations = 10
            }
        }
        #expect(world(cascade: false).findings.contains("E278 role:r"))
        #expect(
            world(cascade: true).outcome == [
                "unassignRole production/a r, undeclared", "unassignRole production/b r, cascade",
                "disableRole tenant:production r, undeclared", "deleteRole role:r",
            ])
        let permission = World(
            actor: "operator", store: "z{I,P,R}; a{I,billing}", declared: "z{I,P,R}; a{I}"
        ).with { world in
            let index = world.desired.permissions.firstIndex {
                $0.permission.name.text == "billing"
            }!
            world.desired.permissions[index].presence = .absent(cascade: true)
        }
        #expect(
            permission.outcome == [
                "revokePermission production/a#permission:billing, undeclared",
                "deletePermission permission:billing",
            ])
    }

    @Test("R-27: an identity moves to another tenant with its users")
    func movesIdentity() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .tenant("stage", store: "z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", of: "stage", storedOf: "production", store: "u", declared: "u")
        #expect(world.outcome == ["updateIdentity identity:plant"])
    }

    @Test("Additive leaves undeclared members alone; observe changes nothing")
    func management() {
        func world(_ management: Management) -> World {
            World().tenant(
                "production", store: "a[r]; b", declared: "a; c", offers: "r", lists: "r",
                management: management
            ).people("c")
        }
        #expect(
            world(.additive).outcome == [
                "unassignRole production/a r, undeclared",
                "inviteAdmin production/c, createAccount",
            ])
        #expect(world(.additive).notes == ["unmanaged production/b"])
        #expect(world(.additive).plan.summary.unmanaged == 1)
        #expect(world(.observe).outcome == [])
        #expect(
            world(.observe).notes == [
                "observed production/a r", "unmanaged production/b", "observed production/c",
            ])
        let bare = World().tenant("production", store: "", declared: "c", management: .observe)
        #expect(bare.outcome == [])
    }
}
