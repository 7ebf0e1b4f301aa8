import AccessModel
import Planning
import Support
import Testing

@Suite("Restating a store") struct RestatingTests {
    @Test("The operator's plan against what a store holds is empty, whatever it holds")
    func planIsEmpty() {
        var resendable = 0
        for seed in 1...400 {
            var maker = WorldMaker(seed: seed)
            var world = maker.store()
            let project = world.desired.project
            world.desired = DesiredState(restating: world.observed, project: project)
            #expect(world.steps == [], "seed \(seed)")
            #expect(!world.plan.findings.contains { $0.isError }, "seed \(seed)")
            if world.desired != world.desired.inOrder { Issue.record("seed \(seed): not sorted") }

            world.desired.renewsInvitations = true
            resendable += world.plan.changes.isEmpty ? 0 : 1
        }
        // Were there no expired invitation in any world, the test would not know of them.
        #expect(resendable > 20)
    }

    @Test("An absent store is restated by the permissions that always exist")
    func empty() {
        let project = Project(name: "acme-access")
        var expected = DesiredState(project: project)
        expected.permissions = Permission.builtIn.map { DesiredPermission(permission: $0) }
        expected.renewsInvitations = false
        #expect(DesiredState(restating: ObservedState(), project: project) == expected)
    }

    @Test("Defaults are left out, and what a manifest cannot say")
    func shape() {
        let world = World(actor: "operator")
            .tenant("production", store: "a{I}[r1]; b[r2] B", declared: nil, offers: "r1 r2 r3")
            .identity("plant1", store: "c off admin; d", declared: nil)
            .identity("all", store: "d", declared: nil, system: true)
        let state = DesiredState(restating: world.observed, project: Project(name: "p"))
        #expect(state.memberships.map(\.email.canonical) == ["a@x.example", "b@x.example"])
        #expect(state.admins.map(\.blocked) == [nil, true, nil, nil])
        #expect(state.identities.map(\.code.text) == ["plant1"])
        #expect(state.identityUsers.map(\.enabled) == [false, nil])
        #expect(state.tenants.map { $0.availableRoles?.count } == [3])
    }

    @Test("A tenant in which somebody holds what is not available says nothing of what is")
    func unavailable() {
        let world = World(actor: "operator")
            .tenant("production", store: "a{I}[r1]", declared: nil, offers: "r2")
        let state = DesiredState(restating: world.observed, project: Project(name: "p"))
        #expect(state.tenants.map(\.availableRoles) == [nil])
    }
}
