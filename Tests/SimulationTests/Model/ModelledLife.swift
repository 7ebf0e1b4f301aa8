import AccessModel
import Invitations
import Manifests
import Planning
import Reconciliation
import SQLStorage
import SQLiteStorage
import Storage
import Support
import Synchronization

/// One world in which things happen, in the product's stores and in the model at the same time.
struct ModelledLife {
    /// A plan that was saved: its product's orders, one for each store, and the model's view.
    struct Saved {
        var orders: [Applier.Order]
        var plan: ModelPlan
        var moves: [Model.Move]
        var actor: Actor
        /// The store was absent.
        var begins: Bool
    }

    var maker: WorldMaker
    let folder = TemporaryFolder()
    let stores: [any Store]
    var model = Model()
    /// What the manifests say now, and what the operator applied last.
    var desired: DesiredState
    var inForce: DesiredState?
    var now = Instant(seconds: 1_795_000_000)
    var saved: [Saved] = []
    var applied: Set<String> = []
    /// Each link that ever was, with the model's number of it.
    var links: [String: (spot: Model.Spot, number: Int)] = [:]
    var serials = 0
    var counts = ModelCounts()
    /// What happened, in a few words each.
    var log: [String] = []

    init(seed: Int, withFile: Bool) {
        maker = WorldMaker(seed: seed)
        let memory = MemoryStore(hash: SHA256Digest.hexadecimal)
        stores = withFile ? [memory, SQLiteStore(path: folder.path + "/store.db")] : [memory]
        desired = maker.manifests()
        settle()
    }

    /// Renames are not in the model; guards that refuse are.
    mutating func settle() {
        for index in desired.admins.indices { desired.admins[index].formerly = [] }
        if maker.dice.chance(30) {
            desired.project.guards.maxRemovals = Guards.Allowance(count: 2, percent: 40)
            desired.project.guards.maxRevocations = Guards.Allowance(count: 3, percent: 30)
            desired.project.guards.minDelegatedAdmins = 2
        }
    }

    func context(_ actor: Actor) -> RunContext {
        let dice = Mutex(Dice(seed: serials))
        return RunContext(
            actor: actor, now: now, underTestClock: false, systemUser: "test", host: "test",
            process: 1, ci: nil,
            random: { count in
                dice.withLock { dice in
                    (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
                }
            })
    }

    func snapshot(_ store: any Store) async throws -> ObservedState {
        do {
            return try await store.snapshot(project: desired.project.name)
        } catch StoreError.absent {
            return ObservedState()
        }
    }

    // MARK: - Planning

    /// Plans, compares with the model, and keeps what can be applied.
    mutating func plan(as actor: Actor) async throws -> [String] {
        let own = ModelPlan(
            model, desired, actor: actor.text, now: now, inForce: inForce)
        var saving = Saved(orders: [], plan: own, moves: own.moves, actor: actor, begins: false)
        var broken: [String] = []
        for store in stores {
            let observed = try await snapshot(store)
            if observed.origin == nil, actor != .platformOperator { return [] }
            saving.begins = observed.origin == nil
            let loaded = LoadedManifests(desired: desired)
            let report = report(
                loaded, observed: observed, options: PlanOptions(), context: context(actor),
                manifests: .init(digest: "sha256:\(serials)", commit: nil, files: 1))
            broken += compare(report.plan, own)
            let id = PlanDocument.encoded(report, maskingMobiles: false).id
            saving.orders.append(
                Applier.Order(report: report, id: id, loaded: loaded, desired: desired))
            saving.moves = Self.moves(of: own, in: report.plan)
        }
        counts.plans += 1
        if saving.orders.allSatisfy(\.report.applicable) { saved.append(saving) }
        return broken
    }

    /// The model's moves in the product's order.
    private static func moves(of own: ModelPlan, in plan: Plan) -> [Model.Move] {
        var places: [String: Int] = [:]
        for change in plan.changes { places[change.discreetLine] = change.id }
        func place(_ move: Model.Move) -> Int {
            places[Change.discreet(move.kind, move.address)] ?? .max
        }
        return own.moves.sorted { place($0) < place($1) }
    }

    private mutating func compare(_ plan: Plan, _ own: ModelPlan) -> [String] {
        let codes = Set(plan.findings.filter(\.isError).map(\.code))
        for code in codes { counts.refusals[code, default: 0] += 1 }
        let moves = Self.moves(of: own, in: plan)
        let refusals = ModelRefusals(own, in: moves, from: model)
        if codes.contains("E230") {
            // The circle is not in the model: it only says whether some order would have done.
            let isWrong = moves.count < 6 && own.refusals.isEmpty && hasOrder(of: moves, own)
            return isWrong ? ["the product finds no order, the model has one"] : []
        }
        var broken: [String] = []
        if refusals.codes != codes {
            broken.append(
                "\(plan.actor.text): the model refuses with \(refusals.codes.sorted()), "
                    + "the product with \(codes.sorted())"
                    + " for \(plan.changes.map { "\($0.kind) \($0.address)" })"
                    + plan.findings.map { ", \($0.code) \($0.address)" }.joined())
        }
        let isWhole = codes.isEmpty && refusals.codes.isEmpty
        let lines = Set(
            isWhole ? moves.map(\.line) : moves.map { Change.discreet($0.kind, $0.address) })
        let product = Set(plan.changes.map { isWhole ? $0.line : $0.discreetLine })
        broken += lines.subtracting(product).sorted().map { "only the model: " + $0 }
        broken += product.subtracting(lines).sorted().map { "only the product: " + $0 }
        if moves.count != plan.changes.count { broken.append("not as many steps") }
        return broken
    }

    private func hasOrder(of moves: [Model.Move], _ own: ModelPlan) -> Bool {
        func extend(_ order: [Model.Move], _ rest: [Model.Move]) -> Bool {
            if rest.isEmpty { return ModelRefusals(own, in: order, from: model).codes.isEmpty }
            return rest.indices.contains { index in
                var left = rest
                let next = left.remove(at: index)
                return extend(order + [next], left)
            }
        }
        return extend([], moves)
    }

    // MARK: - Applying

    enum Outcome: Equatable { case applied, already, nothing, stale, refused, failed(String) }

    func result(of order: Applier.Order, as actor: Actor, on store: any Store) async -> Outcome {
        let applier = Applier(store: store, keys: FixedKey(), context: context(actor))
        do {
            return switch try await applier.apply(order) {
            case .applied: .applied
            case .alreadyApplied: .already
            case .nothingToDo: .nothing
            }
        } catch {
            return switch error {
            case .stale: .stale
            case .refused: .refused
            default: .failed("\(error)")
            }
        }
    }

    /// What the model says would come of it now, and the state after it.
    func expected(_ saved: Saved) -> (Outcome, Model) {
        if saved.orders.contains(where: { applied.contains($0.id) }) { return (.already, model) }
        if saved.begins != (inForce == nil) { return (.stale, model) }
        if model.view(of: saved.moves) != saved.plan.model.view(of: saved.moves) {
            return (.stale, model)
        }
        let live = ModelPlan(
            repeating: saved.moves, saved.plan.desired, actor: saved.actor.text, now: now,
            inForce: inForce, on: model)
        let refusals = ModelRefusals(live, in: saved.moves, from: model)
        if !refusals.codes.isEmpty { return (.refused, model) }
        return (saved.moves.isEmpty ? .nothing : .applied, refusals.end)
    }

    mutating func apply(_ saved: Saved) async throws -> [String] {
        serials += 1
        let (outcome, after) = expected(saved)
        var broken: [String] = []
        for (store, order) in zip(stores, saved.orders) {
            let letters = try? await store.outbox().count
            let found = await self.result(of: order, as: saved.actor, on: store)
            // An apply without steps may still record settings.
            if found != outcome, !(found == .applied && outcome == .nothing) {
                broken.append("apply: the model says \(outcome), the product \(found)")
            }
            if found == .applied { applied.insert(order.id) }
            let people = Set(saved.moves.filter { $0.mail != nil }.map(\.person))
            let queued = try await store.outbox().count - (letters ?? 0)
            if queued != (outcome == .applied ? people.count : 0) {
                broken.append("\(queued) letters, the model has \(people.count)")
            }
        }
        counts.outcomes["\(outcome)", default: 0] += 1
        finish(saved, outcome, after)
        return broken
    }

    mutating func finish(_ saved: Saved, _ outcome: Outcome, _ after: Model) {
        guard outcome == .applied || outcome == .nothing else { return }
        model = after
        if outcome == .applied || saved.begins { applied.insert(saved.orders[0].id) }
        if saved.actor == .platformOperator { inForce = saved.plan.desired }
        counts.steps += saved.moves.count
    }

    // MARK: - Comparing

    func story(_ seed: Int) -> String {
        "MUSTER_SEED=\(seed) MUSTER_SEEDS=\(seed) swift test --filter ModelLaw\n"
            + log.map { "  \($0)\n" }.joined()
    }

    /// The stores as they are against the model as it is.
    mutating func compareStates() async throws -> [String] {
        var broken: [String] = []
        for store in stores {
            let observed = try await snapshot(store)
            if observed.origin == nil { continue }
            broken += model.differences(from: Model(observed)) + observed.faults
        }
        return broken
    }
}

/// What a simulation did.
struct ModelCounts {
    var events = 0
    var plans = 0
    var steps = 0
    var outcomes: [String: Int] = [:]
    var refusals: [String: Int] = [:]

    var text: String {
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")
        }
        return "\(events) events, \(plans) plans, \(steps) steps applied; \(list(outcomes)); "
            + list(refusals)
    }

    mutating func add(_ other: Self) {
        events += other.events
        plans += other.plans
        steps += other.steps
        outcomes.merge(other.outcomes, uniquingKeysWith: +)
        refusals.merge(other.refusals, uniquingKeysWith: +)
    }
}
