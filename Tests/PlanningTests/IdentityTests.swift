import AccessModel
import Planning
import Support
import Testing

/// Identities, and who may change their users.
@Suite("Identities") struct IdentityTests {
    private func world(_ actor: String, _ store: String, _ declared: String) -> World {
        World(actor: actor, store: "z{I,P,R}", declared: "z{I,P,R}")
            .with { world in
                world.observed.memberships[TenantName("production")]?[.of("me")] = nil
                world.desired.memberships.removeAll { $0.email == .of("me") }
                world.observed.accounts[.of("me")] = nil
            }
            .identity("plant", store: store, declared: declared)
    }

    @Test("R-28: only its admins change an identity's users")
    func admins() {
        #expect(
            world("me", "me admin; a", "me admin; a admin").outcome
                == ["setIdentityAdmin identity:plant/a"])
        #expect(world("me", "me; a", "me; a admin").findings == ["E281 identity:plant"])
        #expect(
            world("me", "me admin off; a", "me admin; a admin").findings == ["E281 identity:plant"])
        #expect(world("z", "a", "a admin").findings == ["E281 identity:plant"])
    }

    @Test("R-29: admin there is admin here only")
    func hereOnly() {
        let other = world("me", "me admin", "me admin")
            .identity("other", store: "b admin", declared: "b admin; c")
        #expect(other.findings == ["E281 identity:other"])
    }

    @Test(
        "R-29: the last active admin stays",
        arguments: [
            ("a admin; b", "b", "E282 identity:plant/a"),
            ("a admin; b", "a; b", "E282 identity:plant/a"),
            ("a admin; b", "a admin off; b", "E282 identity:plant/a"),
            ("a admin; b admin I", "b admin", "E282 identity:plant/a"),
            ("a admin; b admin off", "b admin", "E282 identity:plant/a"),
        ])
    func lastAdmin(store: String, declared: String, expected: String) {
        #expect(world("operator", store, declared).findings == [expected])
    }

    @Test("R-29: a new admin comes before the old one goes")
    func handOver() {
        #expect(
            world("operator", "a admin; b", "a; b admin").outcome
                == [
                    "setIdentityAdmin identity:plant/b",
                    "unsetIdentityAdmin identity:plant/a, undeclared",
                ].map { $0.replacing(", undeclared", with: "") })
    }

    @Test("R-29: a new admin is set and enabled before the old one goes")
    func handOverToDisabled() {
        #expect(
            world("operator", "a admin; b off", "b admin")
                .with { world in
                    for index in world.desired.identityUsers.indices {
                        world.desired.identityUsers[index].enabled = true
                    }
                }
                .outcome
                == [
                    "setIdentityAdmin identity:plant/b", "enableIdentityUser identity:plant/b",
                    "removeIdentityUser identity:plant/a, undeclared",
                    "deleteAccount account:a, lastMembership",
                ])
    }

    @Test("R-32: enabled is within the identity and is taken as declared for a new user")
    func enabled() {
        #expect(
            world("operator", "", "a off").plan.changes.map(\.action).contains(
                .addIdentityUser(
                    IdentityCode("plant"), .of("a"),
                    NewIdentityUser(admin: false, roles: [], enabled: false), NewAccount())))
        #expect(world("operator", "", "a off").applied().outcome == [])
    }

    @Test("R-33: a system identity is not managed")
    func system() {
        func world(_ presence: Presence) -> World {
            World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
                .identity("plant", store: "a", declared: "", presence: presence, system: true)
        }
        #expect(world(.present).outcome == ["E283 identity:plant"])
        #expect(world(.absent(cascade: true)).outcome == ["E283 identity:plant"])
        let tenant = World(actor: "operator")
            .tenant("production", store: "", declared: nil, presence: .absent(cascade: true))
            .identity("plant", store: "a", declared: nil, system: true)
        #expect(tenant.outcome == ["E283 identity:plant"])
    }

    @Test("R-34: both a code and its earlier one are in the store")
    func code() {
        let both = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "", declared: "", formerly: "old")
            .identity("old", store: "", declared: nil)
        #expect(both.findings.contains("E284 identity:plant"))
    }

    @Test("Users of an additive identity stay, of an observed one nothing changes")
    func management() {
        func world(_ management: Management) -> World {
            World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
                .identity("plant", store: "a; b", declared: "a [x]; c", management: management)
        }
        #expect(
            world(.additive).outcome == [
                "setIdentityRoles identity:plant/a",
                "addIdentityUser identity:plant/c, createAccount",
            ])
        #expect(world(.additive).notes == ["unmanaged identity:plant/b"])
        #expect(world(.observe).outcome == [])
    }
}
