import AccessModel
import Planning
import Support
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The laws of planning, over random worlds that live through a few manifests each.
///
/// `MUSTER_SEEDS=N` sets how many worlds; a failure names the seed.
@Suite("The laws of planning") struct PlanningLawTests {
    private static let seeds = getenv("MUSTER_SEEDS").flatMap { Int(String(cString: $0)) } ?? 300

    @Test("Random worlds keep the laws")
    func laws() {
        var refused = 0
        var applied = 0
        for seed in 1...Self.seeds {
            var life = Life(seed: seed)
            for _ in 0..<2 {
                let broken = life.turn()
                #expect(
                    broken == [],
                    "seed \(seed): MUSTER_SEEDS=\(seed) swift test --filter PlanningLaw")
                if !broken.isEmpty { return }
            }
            refused += life.refused
            applied += life.applied
        }
        // A simulation in which everything is refused, or nothing, would show nothing.
        #expect(refused > Self.seeds / 4 && applied > Self.seeds)
        if getenv("MUSTER_SEEDS") != nil { print("refused \(refused), applied \(applied)") }
    }
}

/// One store, and the manifests that come and go.
private struct Life {
    let seed: Int
    var maker: WorldMaker
    var world: World
    var refused = 0
    var applied = 0

    init(seed: Int) {
        self.seed = seed
        maker = WorldMaker(seed: seed)
        world = World(actor: "operator")
        world.observed = ObservedState()
    }

    /// New manifests under the operator, two pull requests under an admin; what holds is applied.
    mutating func turn() -> [String] {
        var broken: [String] = []
        for actor in ["operator", "me", "me"] {
            let declared = world.desired
            world.desired = actor == "me" ? maker.edited(world.desired) : maker.manifests()
            world.actor = actor == "me" ? .person(.of("me")) : .platformOperator
            world.observed.settings = world.desired.settings
            let plan = world.plan
            broken += check(plan)
            if plan.findings.contains(where: \.isError) {
                refused += 1
                guard actor == "me" else { break }
                world.desired = declared
                continue
            }
            applied += 1
            world = world.applying(plan)
            let second = world.plan
            if !second.changes.isEmpty {
                broken.append("\(actor): not empty after apply: \(second.changes.map(\.address))")
            }
            for person in WorldMaker.people where person == "me" || maker.dice.chance(70) {
                if world.observed.accounts[.of(person)]?.blocked == false {
                    world = world.accepting(person)
                }
            }
            if maker.dice.chance(20) { world.now = world.now.adding(days: 8) }
        }
        return broken
    }

    private mutating func check(_ plan: Plan) -> [String] {
        var broken: [String] = []
        if maker.dice.chance(30) {
            var other = world
            other.desired = world.desired.shuffled(&maker.dice)
            if other.plan != plan { broken.append("another order of the documents, another plan") }
        }
        broken += checkSteps(plan)
        broken += checkMails(plan)
        broken += checkRemoval(plan)
        let late = plan.changes.contains { change in change.dependsOn.contains { $0 >= change.id } }
        if late, !plan.findings.contains(where: { $0.code == "E230" }) {
            broken.append("a step before what it depends on")
        }
        return broken
    }

    /// Every prefix keeps the invariants; without errors no step exceeds its actors.
    private func checkSteps(_ plan: Plan) -> [String] {
        guard !plan.findings.contains(where: \.isError) else { return [] }
        var broken: [String] = []
        var state = world.observed
        for change in plan.changes {
            for actor in Set([plan.actor, change.actor]).compactMap(\.email) {
                if let reason = excess(change, by: actor, in: state) {
                    broken.append("\(plan.actor.text): \(actor) exceeds: \(reason)")
                }
            }
            state.apply(change.action, acceptance: world.desired.project.invitations.acceptance)
            broken += brokenInvariants(state, during: plan).map {
                "\(plan.actor.text): after step \(change.id) \(change.kind): \($0)"
            }
        }
        return broken
            + brokenInvariants(state, during: nil).map { "\(plan.actor.text): at the end: \($0)" }
    }

    /// The mails equal the people with new places or re-sends who are to get one, and those who
    /// lose what they had where the project tells them.
    private func checkMails(_ plan: Plan) -> [String] {
        guard !plan.findings.contains(where: \.isError) else { return [] }
        var people: Set<EmailAddress> = []
        for change in plan.changes {
            guard let email = change.address.person else { continue }
            let account = world.observed.accounts[email]
            let declared = world.desired.admins.first { $0.email == email }
            let isBlocked =
                plan.actor == .platformOperator
                ? declared?.blocked ?? account?.blocked ?? false : account?.blocked ?? false
            let isMachine = account?.automation ?? declared?.automation ?? false
            let isSilent =
                account?.state == .activated
                && world.desired.project.invitations.joinMail == .silent
            switch change.kind {
            case .inviteAdmin, .addAdmin, .addIdentityUser:
                if !isBlocked, !isMachine, !isSilent { people.insert(email) }
            case .resendInvitation: people.insert(email)
            case .removeAdmin, .removeIdentityUser:
                let isTold =
                    world.desired.project.invitations.removedMail == .send
                    && account?.state == .activated && !isBlocked && !isMachine
                    && change.reason != .renamed && !wasPending(change.address)
                if isTold { people.insert(email) }
            default: if change.mail != nil { return ["a mail for \(change.kind)"] }
            }
        }
        let mailed = Set(plan.changes.filter { $0.mail != nil }.compactMap(\.address.person))
        return mailed == people && plan.summary.mails == people.count
            ? [] : ["mails to \(mailed.sorted()), expected \(people.sorted())"]
    }

    private func wasPending(_ address: Address) -> Bool {
        switch address {
        case .membership(let tenant, let email):
            world.observed.membership(of: email, in: tenant)?.pending ?? false
        case .identityUser(let code, let email):
            world.observed.user(email, of: code)?.pending ?? false
        default: false
        }
    }

    /// Removing a declaration never creates a grant.
    private mutating func checkRemoval(_ plan: Plan) -> [String] {
        // For a person whom a rule refuses nothing is planned, so only whole plans tell.
        guard maker.dice.chance(50), !world.desired.memberships.isEmpty,
            !plan.findings.contains(where: \.isError)
        else {
            return []
        }
        var other = world
        let index = Int.random(in: 0..<world.desired.memberships.count, using: &maker.dice)
        let removed = other.desired.memberships.remove(at: index)
        let observed = world.observed
        func access(_ plan: Plan) -> Set<String> {
            var state = observed
            for change in plan.changes { state.apply(change.action) }
            return Set(state.access)
        }
        // An additive tenant leaves somebody undeclared what the declaration would have taken.
        let kept = Set(world.observed.access)
        let more = access(other.plan).subtracting(access(plan)).subtracting(kept)
        return more.isEmpty ? [] : ["without \(removed.tenant)/\(removed.email): \(more.sorted())"]
    }
}
