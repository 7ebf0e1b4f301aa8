import AccessModel
import Diagnostics
import Manifests
import Planning
import Presentation
import Reconciliation
import Storage

/// Applies plans of one project, and delivers the mail afterwards.
struct ApplyRun {
    let session: Session
    let planner: PlanRun
    let timeout: Int64
    let delivers: Bool

    private var isJSON: Bool { session.options.format == .json }

    // MARK: - A saved plan

    func applySaved(_ path: String, expecting expected: String?) async throws(Stop) {
        let bytes: [UInt8]
        do {
            bytes = try contents(of: path, limit: PlanDocument.maximumSize)
        } catch {
            throw Stop(
                .invalid,
                .failure(code: "E304", "the plan file cannot be read: \(error.message)"))
        }
        let document: PlanDocument
        switch PlanDocument.decoded(bytes) {
        case .success(let decoded): document = decoded
        case .failure(let problem):
            throw Stop(.invalid, problem.diagnostic(path: path))
        }
        if let expected, expected != document.id {
            throw Stop(
                .invalid,
                PlanFileProblem.otherPlan(document.id, expected: expected).diagnostic(path: path))
        }
        guard document.report.plan.actor == planner.context.actor else {
            throw session.stop(
                for: .otherActor(
                    plan: document.report.plan.actor.text, run: planner.context.actor.text))
        }
        let desired = try usableState()
        guard document.report.project == desired.project.name else {
            throw Stop(
                .invalid,
                PlanFileProblem.otherProject(document.report.project, run: desired.project.name)
                    .diagnostic(path: path))
        }
        guard document.report.applicable else {
            throw Stop(
                document.report.findings.contains { $0.code.hasPrefix("E1") } ? .invalid : .refused,
                error: "the plan cannot be applied: \(reasonNotApplicable(document.report))")
        }
        if !isJSON { try planner.show(document.report, id: document.id) }
        let order = order(document.report, document.id, desired)
        let store = try session.writableStore(try planner.location)
        try await session.checkClock(store, planner.context)
        try await checkKey(store)
        try checkDelivery(desired.project, document.report)
        let applier = try applier(store)
        try await finish(order, store) { () async throws(Stop) in
            try await apply(order, with: applier)
        }
    }

    private func reasonNotApplicable(_ report: PlanReport) -> String {
        if let error = report.findings.first(where: \.isError) {
            return "\(error.subject): \(error.sentence) [\(error.code)]"
        }
        return "it was made with --at or --base, which only show."
    }

    // MARK: - Plan, ask, apply

    func applyFresh(_ options: PlanOptions, asks: Bool) async throws(Stop) {
        let store = try session.writableStore(try planner.location)
        try await session.checkClock(store, planner.context)
        var report = try await session.progress.during("Planning") { () async throws(Stop) in
            try await planner.plan(options)
        }
        let id = PlanDocument.id(of: report)
        if !isJSON { try planner.show(report, id: id) }
        guard report.applicable else {
            if isJSON { try planner.show(report, id: id) }
            throw Stop(report.status, error: "nothing was applied; the plan has errors.")
        }
        let desired = try usableState()
        if asks, !report.plan.changes.isEmpty {
            // Nobody is asked about something that was not shown.
            if isJSON {
                session.console.complain(
                    report.text(style: .plain, verbose: session.options.verbose, id: id))
            }
            try ask()
        }
        try await checkKey(store)
        try checkDelivery(desired.project, report)
        let order = order(report, id, desired, seen: await planner.seen(), isOfThisRun: true)
        let applier = try applier(store)
        try await finish(order, store) { () async throws(Stop) -> ApplyOutcome in
            do throws(ApplyProblem) {
                return try await applier.apply(order)
            } catch {
                guard !asks, case .stale(let refusals) = error, refusals.isEmpty else {
                    throw session.stop(for: error)
                }
            }
            // Somebody else applied in between, and nobody has looked at this plan yet.
            report = try await planner.plan(options, on: planner.liveState())
            let id = PlanDocument.id(of: report)
            guard report.applicable else {
                try planner.show(report, id: id)
                throw Stop(report.status, error: "nothing was applied; the store has changed.")
            }
            let order = self.order(report, id, desired, isOfThisRun: true)
            return try await apply(order, with: applier)
        }
    }

    private func ask() throws(Stop) {
        let answer = session.console.answer(to: "Apply these changes? Only 'yes' does: ")
        guard answer == "yes" else { throw Stop(.failed, "Nothing was applied.") }
    }

    private func order(
        _ report: PlanReport, _ id: String, _ desired: DesiredState, seen: SeenStore? = nil,
        isOfThisRun: Bool = false
    ) -> Applier.Order {
        Applier.Order(
            report: report, id: id, loaded: planner.loaded, desired: desired, seen: seen,
            isOfThisRun: isOfThisRun)
    }

    // MARK: - Parts

    private func usableState() throws(Stop) -> DesiredState {
        let errors = planner.loaded.diagnostics.filter { $0.severity == .error }
        guard let desired = planner.loaded.desired, errors.isEmpty else {
            throw Stop(.invalid, session.errorText(of: errors.map(planner.loaded.sources.resolved)))
        }
        return desired
    }

    private func applier(_ store: any Store) throws(Stop) -> Applier {
        Applier(
            store: store,
            keys: session.keySource(try planner.location),
            context: planner.context)
    }

    private func apply(
        _ order: Applier.Order, with applier: Applier
    ) async throws(Stop) -> ApplyOutcome {
        do throws(ApplyProblem) {
            return try await applier.apply(order)
        } catch {
            throw session.stop(for: error)
        }
    }

    /// A delivery that this program cannot do is said before anything is written.
    private func checkDelivery(_ project: Project, _ report: PlanReport) throws(Stop) {
        guard delivers, report.plan.summary.mails > 0 else { return }
        _ = try session.transport(of: project, root: planner.open.root)
    }

    /// Another key than the store's is refused, also by a plan that makes no link. One that is not
    /// there is missed by whoever needs it.
    private func checkKey(_ store: any Store) async throws(Stop) {
        guard let known = try? await store.identity().keyFingerprint else { return }
        let keys = session.keySource(try planner.location)
        do throws(KeyProblem) {
            _ = try keys.checked(against: known)
        } catch {
            if case .other = error { throw session.stop(for: ApplyProblem.key(error)) }
        }
    }

    /// An empty outbox needs no transport.
    private func deliver(
        _ store: any Store, _ project: Project
    ) async throws(Stop) -> Postman.Round {
        do throws(StoreError) {
            if try await store.outbox(.oldest(1)).isEmpty { return Postman.Round() }
        } catch {
            throw session.stopOfDelivery(for: .store(error))
        }
        return try await session.deliver(
            store, at: try planner.location, for: project, root: planner.open.root, planner.context)
    }

    /// Works under the lock and delivers without it: letters are claimed before they are sent, so
    /// that nobody has to wait for a slow relay.
    private func finish(
        _ order: Applier.Order, _ store: any Store,
        _ work: () async throws(Stop) -> ApplyOutcome
    ) async throws(Stop) {
        let result = try await session.locked(store, planner.context, timeout: timeout) {
            () async throws(Stop) in try await session.progress.during("Applying", work)
        }
        var round = Postman.Round()
        var failure: Stop?
        if delivers {
            do throws(Stop) {
                round = try await session.progress.during("Sending mail") {
                    () async throws(Stop) in
                    try await deliver(store, order.desired.project)
                }
            } catch {
                // What is committed stands, and its letters are in the outbox.
                guard case .applied = result else { throw error }
                failure = Stop(.undelivered, error.message)
            }
        }
        let summary = ApplySummary(
            result: result, plan: order.id, changes: order.report.plan.changes.count, round: round,
            delivers: delivers, mailFolder: session.mailFolder(order.desired.project))
        try session.console.conclusion(
            isJSON ? summary.json : summary.text(style: session.console.style))
        if let failure { throw failure }
        if delivers, round.left + round.undeliverable > 0 { throw Stop(.undelivered) }
    }
}
