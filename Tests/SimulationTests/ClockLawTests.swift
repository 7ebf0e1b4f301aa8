import AccessModel
import Planning
import Support
import Testing

/// When a plan can become another one though nothing but time has passed.
@Suite("The clock's next turn") struct ClockLawTests {
    @Test("Until then a plan stays the same; and at some of these moments it does not")
    func law() {
        var turned = 0
        var quiet = 0
        for seed in 1...150 {
            var maker = WorldMaker(seed: seed)
            var world = World(actor: "operator")
            world.observed = ObservedState()
            for _ in 0..<3 {
                world.desired = Self.withEnds(maker.manifests(), world.now, &maker.dice)
                world.observed.settings = world.desired.settings
                let plan = world.plan
                if maker.dice.chance(70), !plan.findings.contains(where: \.isError) {
                    world = world.applying(plan)
                }
                let before = Self.timeless(world.plan)
                let turn = world.request.nextTurn
                if turn == nil { quiet += 1 }
                let last = turn ?? world.now.adding(days: 4_000)
                #expect(last > world.now, "seed \(seed)")
                let first = world.now.microseconds + 1
                var moments = (0..<4).map { _ in
                    Int64.random(in: first...max(first, last.microseconds - 1), using: &maker.dice)
                }
                moments.append(max(first, last.microseconds - 1))
                for moment in moments {
                    var later = world
                    later.now = Instant(microseconds: moment)
                    #expect(Self.timeless(later.plan) == before, "seed \(seed), at \(later.now)")
                }
                if let turn {
                    var later = world
                    later.now = turn
                    if Self.timeless(later.plan) != before { turned += 1 }
                    // A moment that changes nothing is passed by, and the one behind it is met.
                    world.now = turn
                }
            }
        }
        // A law that is never put to the test would hold too.
        #expect(turned > 75, "\(turned) turned")
        #expect(quiet > 5, "\(quiet) without a turn")
    }

    /// Ends that have come, are near, and are far off; and sometimes a policy that looks at them.
    private static func withEnds(
        _ desired: DesiredState, _ now: Instant, _ dice: inout Dice
    ) -> DesiredState {
        var desired = desired
        guard dice.chance(80) else {
            for index in desired.memberships.indices { desired.memberships[index].expires = nil }
            return desired
        }
        func end() -> Instant? {
            guard dice.chance(15) else { return nil }
            return now.adding(seconds: Int64.random(in: -9...120, using: &dice) * 86_400 / 2)
        }
        for index in desired.admins.indices { desired.admins[index].expires = end() }
        for index in desired.memberships.indices { desired.memberships[index].expires = end() }
        for index in desired.identityUsers.indices { desired.identityUsers[index].expires = end() }
        if dice.chance(40) {
            let within = [nil, 5, 30].randomElement(using: &dice)?.map { Int64($0) * 86_400 }
            desired.policies.append(
                Policy(
                    name: "guests",
                    rules: [.requireExpiry(outsideDomains: ["elsewhere.example"], within: within)]))
        }
        return desired
    }

    /// Without the time that it is said at.
    private static func timeless(_ plan: Plan) -> Plan {
        var plan = plan
        plan.at = Instant(seconds: 0)
        return plan
    }
}
