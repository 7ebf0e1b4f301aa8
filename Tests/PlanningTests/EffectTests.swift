import AccessModel
import Planning
import Support
import Testing

@Suite("What a plan comes to for people") struct EffectTests {
    /// `a on tenant:production gains membership, permission:invite_admins`
    private func lines(
        _ changes: [Change], actor: Actor = .platformOperator,
        earlierRemovals: [Address: EarlierRemoval] = [:]
    ) -> [String] {
        effects(of: changes, actor: actor, earlierRemovals: earlierRemovals).map { effect in
            var line = "\(effect.person) on \(effect.place.text)"
                .replacing("@x.example", with: "")
            if !effect.gains.isEmpty {
                line += " gains " + effect.gains.map(\.text).joined(separator: ", ")
            }
            if !effect.loses.isEmpty {
                line += " loses " + effect.loses.map(\.text).joined(separator: ", ")
            }
            if effect.toItself { line += " to itself" }
            if let past = effect.comesBack { line += " back after run \(past.run)" }
            return line + " \(effect.steps)"
        }
    }

    private func changes(_ actions: Action..., actor: Actor = .platformOperator) -> [Change] {
        actions.enumerated().map { index, action in
            Change(id: index + 1, action: action, actor: actor, reason: .declared)
        }
    }

    private let production = TenantName("production")
    private let plant = IdentityCode("io.acme.plant1")
    private let read = RoleName("access_read")

    @Test("what one gains and loses in a place is told together, with its steps")
    func together() {
        let world = World(store: "a{I,P}[r]; b{I}", declared: "a{I}[r,s]; c[r]").people("c")
        #expect(
            lines(world.plan.changes, actor: world.actor) == [
                "a on tenant:production gains role:s loses permission:assign_permissions [1, 4]",
                "b on tenant:production loses membership, permission:invite_admins [2]",
                "b on account loses account [3]",
                "c on tenant:production gains membership, role:r [5]",
            ])
    }

    @Test("what one step gives and another takes is no effect, nor is a letter or a new name")
    func net() {
        let a = EmailAddress.of("a")
        let steps = changes(
            .grantPermission(production, a, .inviteAdmins), .assignRole(production, a, read),
            .revokePermission(production, a, .inviteAdmins),
            .updateProfile(a, before: Profile(firstName: "A"), after: Profile(firstName: "B")),
            .resendInvitation(.membership(production, a), generation: 1),
            .disableIdentityUser(plant, a), .enableIdentityUser(plant, a),
            .updateRole(
                read, before: RoleFields(name: RoleName("read")), after: RoleFields(name: read)))
        #expect(lines(steps) == ["a on tenant:production gains role:access_read [1, 2, 3]"])
    }

    @Test("a grantor who gains by its own grant is named, and so is the actor")
    func toItself() {
        let a = EmailAddress.of("a")
        let b = EmailAddress.of("b")
        let own = changes(.assignRole(production, a, read), actor: .person(a))
        #expect(lines(own) == ["a on tenant:production gains role:access_read to itself [1]"])
        let other = changes(.assignRole(production, b, read), actor: .person(a))
        #expect(
            lines(other, actor: .person(b)) == [
                "b on tenant:production gains role:access_read to itself [1]"
            ])
        let loss = changes(.unassignRole(production, a, read), actor: .person(a))
        #expect(lines(loss) == ["a on tenant:production loses role:access_read [1]"])
    }

    @Test("who joins again after a removal is marked, and only there")
    func comesBack() {
        let a = EmailAddress.of("a")
        let steps = changes(
            .addAdmin(production, a, Grants()), .addAdmin(TenantName("stage"), a, Grants()))
        let past: [Address: EarlierRemoval] = [
            .membership(production, a): EarlierRemoval(at: .of("2026-03-02T10:00:00Z"), run: 12)
        ]
        #expect(
            lines(steps, earlierRemovals: past) == [
                "a on tenant:production gains membership back after run 12 [1]",
                "a on tenant:stage gains membership [2]",
            ])
    }

    @Test("blocks, deleted accounts and what identities give are told as what they are")
    func people() {
        let a = EmailAddress.of("a")
        let entry = IdentityUserEntry(admin: true, roles: [Label("guest")], enabled: true)
        let steps = changes(
            .removeIdentityUser(plant, a, entry), .blockAccount(a), .deleteAccount(a, Profile()))
        #expect(
            lines(steps) == [
                "a on identity:io.acme.plant1 loses membership, admin, role:guest [1]",
                "a on account loses account, access [2, 3]",
            ])
    }

    @Test("the past of a newcomer is for those who may make the addition")
    func discretion() {
        func asked(_ world: World) -> [String] {
            newcomers(in: world.plan.changes, actor: world.actor, observed: world.observed)
                .map(\.text)
        }
        let knowing = World(store: "", declared: "a[r]").people("a")
        #expect(asked(knowing) == ["production/a@x.example"])
        let stranger = World(actor: "b", store: "b{R}[r]", declared: "b{R}[r]; a[r]").people("a")
        #expect(stranger.steps.contains { $0.contains("production/a") })
        #expect(asked(stranger) == [])
    }
}
