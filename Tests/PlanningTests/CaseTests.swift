import AccessModel
import Planning
import Support
import Testing

/// Whole cases, where several rules meet.
@Suite("The cases of the rules") struct CaseTests {
    @Test("1: a new admin is invited, and awaited after apply")
    func invites() {
        let world = World(store: "", declared: "a{I}[access_read]").people("a")
        #expect(world.outcome == ["inviteAdmin production/a, createAccount"])
        let after = world.applied()
        #expect(after.outcome == [])
        #expect(after.notes == ["awaiting production/a"])
        #expect(after.plan.summary.awaiting == 1)
    }

    @Test("2: without a mobile nothing is planned for a new admin")
    func needsMobile() {
        let world = World(store: "", declared: "a{I}[access_read]")
            .person("a", profile: Profile(firstName: "A", lastName: "Bee"))
        #expect(world.outcome == ["E231 production/a"])
    }

    @Test("3: who has an account elsewhere is added, and its details are its own")
    func adds() {
        let world = World(store: "", declared: "a{I}").tenant("stage", store: "a", declared: "a")
        #expect(world.outcome == ["addAdmin production/a, join"])
        let other = world.person("a", profile: Profile(firstName: "Anna", lastName: "Bee"))
        #expect(other.outcome == ["addAdmin production/a, join", "W232 account:a"])
    }

    @Test("4: a pending admin who gains a permission keeps the invitation")
    func grantsToPending() {
        let world = World(store: "a{I} I", declared: "a{I,P}")
        #expect(world.outcome == ["grantPermission production/a P"])
        let scope = Scope.membership(TenantName("production"), .of("a"))
        #expect(world.applied().observed.invitations[scope] == world.observed.invitations[scope])
        #expect(world.applied().outcome == [])
    }

    @Test("5: an expired invitation is sent again")
    func resends() {
        let world = World(store: "a{I} I expired", declared: "a{I}")
        #expect(
            world.outcome == ["resendInvitation production/a, invitationExpired, createAccount"])
        #expect(
            world.plan.changes.map(\.action) == [
                .resendInvitation(.membership(TenantName("production"), .of("a")), generation: 1)
            ])
        #expect(world.applied().outcome == [])
    }

    @Test("6: an expired invitation that nobody wants any more goes without a mail")
    func removesExpired() {
        let world = World(store: "a{I} I expired", declared: "")
        #expect(
            world.outcome == [
                "removeAdmin production/a, undeclared", "deleteAccount account:a, lastMembership",
            ])
    }

    @Test("7: who was removed and is declared again gets only what is declared")
    func invitesAgain() {
        let removed = World(store: "a{I,P}[access_read]", declared: "").applied()
        #expect(removed.observed.accounts[.of("a")] == nil)
        let again = removed.people("a").with {
            $0.desired.memberships.append(
                DesiredMembership(
                    tenant: TenantName("production"), email: .of("a"),
                    grants: Grants(permissions: [.inviteAdmins])))
        }.sorted()
        #expect(again.outcome == ["inviteAdmin production/a, createAccount"])
        let place = again.applied().observed.membership(of: .of("a"), in: TenantName("production"))
        #expect(place == Membership(grants: Grants(permissions: [.inviteAdmins]), pending: true))
    }

    @Test("8: roles in an invitation need assign_roles")
    func needsAssignRoles() {
        let world = World(store: "me{I}; z{I,P,R}", declared: "me{I}; z{I,P,R}; a[access_read]")
            .people("a")
        #expect(
            world.outcome == ["inviteAdmin production/a, createAccount", "E211 production/a"])
    }

    @Test("9: a grant by somebody who loses the right in the same plan comes first")
    func grantBeforeLoss() {
        let world = World(store: "a; b{P,R}", declared: "a{R} by b; b{R}")
        #expect(
            world.outcome == [
                "grantPermission production/a R by b",
                "revokePermission production/b P, undeclared",
            ])
    }

    @Test("10: a grant that gives the grantor its authority comes first")
    func authorityFirst() {
        let world = World(store: "a; b{I}", declared: "a{I} by b; b{I,P}")
        #expect(
            world.outcome == [
                "grantPermission production/b P", "grantPermission production/a I by b",
            ])
        let invited = World(store: "a; b{I} I", declared: "a{I} by b; b{I,P}")
        #expect(
            invited.outcome == [
                "grantPermission production/b P", "grantPermission production/a I by b",
                "E214 production/a I",
            ])
    }

    @Test("11: two who take the same right from each other have no order")
    func cycle() {
        let world = World(store: "b{I,P}; c{I,P}", declared: "b{I} by c; c{I} by b")
        #expect(
            world.outcome == [
                "revokePermission production/b P by c, undeclared",
                "revokePermission production/c P by b, undeclared", "E230 production/b P",
            ])
        let message = world.plan.findings.first?.message ?? ""
        #expect(message.contains("production/b@x.example#permission:assign_permissions"))
        #expect(message.contains("production/c@x.example#permission:assign_permissions"))
    }

    @Test("12: nobody gives or takes what they do not have")
    func possession() {
        let keeper = "z{I,P,R}"
        #expect(
            World(store: "me{P}; a; \(keeper)", declared: "me{P}; a{R}; \(keeper)").outcome
                == ["grantPermission production/a R", "E212 production/a R"])
        #expect(
            World(store: "me{P}; a{R}; \(keeper)", declared: "me{P}; a; \(keeper)").outcome
                == ["revokePermission production/a R, undeclared", "E213 production/a R"])
        #expect(
            World(store: "me{I}; \(keeper)", declared: "me{I,R}; \(keeper)").outcome
                == [
                    "grantPermission production/me R", "E211 production/me R",
                    "E212 production/me R",
                ])
    }

    @Test("13: a hand-over adds first; without an account it waits for two applies")
    func handOver() {
        let world = World(actor: "operator", store: "x{I,P,R}", declared: "y{I,P,R}")
            .tenant("stage", store: "y{I}; z{I}", declared: "y{I}; z{I}")
        #expect(
            world.outcome == [
                "addAdmin production/y, join", "removeAdmin production/x, undeclared",
                "deleteAccount account:x, lastMembership",
            ])
        let new = World(actor: "operator", store: "x{I,P,R}", declared: "y{I,P,R}").people("y")
        #expect(new.findings == ["E271 production/x"])
        let both = World(actor: "operator", store: "x{I,P,R}", declared: "x{I,P,R}; y{I,P,R}")
            .people("y").applied().accepting("y")
        #expect(both.outcome == [])
        let last = both.with { $0.desired.memberships.removeAll { $0.email == .of("x") } }
        #expect(
            last.outcome == [
                "removeAdmin production/x, undeclared", "deleteAccount account:x, lastMembership",
            ])
    }

    @Test("14: moving to another tenant keeps the account")
    func moves() {
        let world = World(store: "", declared: "b{I}").tenant("stage", store: "b{I}", declared: "")
        #expect(
            world.outcome == ["addAdmin production/b, join", "removeAdmin stage/b, undeclared"])
        // The other way round the removal is the smaller address, and still waits.
        let back = World(store: "b{I}", declared: "").tenant("stage", store: "", declared: "b{I}")
        #expect(
            back.outcome == ["addAdmin stage/b, join", "removeAdmin production/b, undeclared"])
    }

    @Test("15: the account stays for a user of an identity, and goes once when all is gone")
    func lastPlace() {
        let stays = World(actor: "operator", store: "a; z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "a", declared: "a")
        #expect(stays.outcome == ["removeAdmin production/a, undeclared"])
        let goes = World(actor: "operator", store: "a; z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "a; u", declared: "u")
        #expect(
            goes.outcome == [
                "removeIdentityUser identity:plant/a, undeclared",
                "removeAdmin production/a, undeclared", "deleteAccount account:a, lastMembership",
            ])
        #expect(goes.plan.changes.last?.dependsOn == [1, 2])
    }

    @Test("16: the last active delegated admin stays while another is blocked")
    func lastActive() {
        let removed = World(actor: "operator", store: "a{I}; b{I} B", declared: "b{I}")
        #expect(removed.findings == ["E271 production/a", "W261 production/b"])
        let demoted = World(actor: "operator", store: "a{I}; b{I} B", declared: "a; b{I}")
        #expect(demoted.findings == ["E271 production/a I", "W261 production/b"])
    }

    @Test("18: a role that goes is unassigned first")
    func disablesRole() {
        let world = World(actor: "operator").tenant(
            "production", store: "a{I,P,R}[access_read]; b[access_read]", declared: "a{I,P,R}; b",
            offers: "access_read", lists: "")
        #expect(
            world.outcome == [
                "unassignRole production/a access_read, undeclared",
                "unassignRole production/b access_read, undeclared",
                "disableRole tenant:production access_read, undeclared",
            ])
    }

    @Test("19: a tenant that leaves the manifests stays; six of ten is too many")
    func absence() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
        let gone = World(store: "a{I}", declared: nil).with {
            $0.observed.managed = [.tenant(TenantName("production"))]
        }
        #expect(gone.outcome == ["W277 tenant:production"])
        let many = World(
            store: names.joined(separator: ";"), declared: names.suffix(3).joined(separator: ";"))
        #expect(many.observed.memberships[TenantName("production")]?.count == 10)
        #expect(many.findings == ["E273 tenant:production"])
        #expect(many.plan.summary.remove == 12)
    }

    @Test("20: a blocked account is kept without a place, and cannot be invited")
    func blockedStays() {
        let world = World(store: "a{I} B", declared: "")
        #expect(world.outcome == ["removeAdmin production/a, undeclared"])
        let after = world.applied()
        #expect(after.observed.accounts[.of("a")]?.blocked == true)
        let again = after.people("a").with {
            $0.desired.memberships.append(
                DesiredMembership(
                    tenant: TenantName("production"), email: .of("a"), grants: Grants()))
        }.sorted()
        #expect(again.outcome == ["E262 production/a"])
    }

    @Test("21: another spelling of the same address is no difference")
    func spelling() {
        let world = World(store: "ann{I}", declared: "ann{I}").with {
            $0.observed.accounts[.of("ann")]?.email = EmailAddress(
                canonical: "ann@x.example", spelling: "Ann@X.Example")
        }
        #expect(world.outcome == [])
    }

    @Test("22: an address that reads like one in the store is refused")
    func collision() {
        let world = World(store: "mike{I}", declared: "mike{I}; m\u{131}ke{I}").people("m\u{131}ke")
        #expect(world.outcome == ["E236 production/m\u{131}ke"])
    }

    @Test("23: enabled is managed only where it is declared")
    func enabled() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
        #expect(world.identity("plant", store: "a off", declared: "a").outcome == [])
        #expect(
            world.identity("plant", store: "a off", declared: "a on").outcome
                == ["enableIdentityUser identity:plant/a"])
        #expect(
            world.identity("plant", store: "a", declared: "a off").outcome
                == ["disableIdentityUser identity:plant/a"])
    }

    @Test("24: informational roles are set, without a mail and without privilege")
    func labels() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "a [reader]", declared: "a [reader, Writer]")
        #expect(world.outcome == ["setIdentityRoles identity:plant/a"])
        #expect(world.plan.changes.map(\.privileged) == [false])
        #expect(
            world.plan.changes.map(\.action) == [
                .setIdentityRoles(
                    IdentityCode("plant"), .of("a"), before: [Label("reader")],
                    after: [Label("Writer"), Label("reader")])
            ])
    }
}
