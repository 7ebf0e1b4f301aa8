package import AccessModel
package import Invitations
package import Manifests
import Planning
package import Storage

/// Executes a plan: one transaction with changes, audit entries, invitations, letters and the run.
///
/// It does what the plan says and decides nothing. Every check is repeated on the live store before
/// the first write, unless this very run made its plan on the same state. Applying the same plan
/// twice changes nothing.
package struct Applier: Sendable {
    let store: any Store
    let keys: any InvitationKeySource
    let context: RunContext

    package init(store: any Store, keys: any InvitationKeySource, context: RunContext) {
        self.store = store
        self.keys = keys
        self.context = context
    }

    /// What a plan is applied with: the manifests decide guards, policies and invitations.
    package struct Order: Sendable {
        package var report: PlanReport
        /// The plan's id.
        package var id: String
        package var loaded: LoadedManifests
        package var desired: DesiredState
        /// What the plan was computed from, where it may save another look.
        package var seen: SeenStore?
        /// The plan was made in this run, with its manifests and at its instant.
        package var isOfThisRun: Bool

        package init(
            report: PlanReport, id: String, loaded: LoadedManifests, desired: DesiredState,
            seen: SeenStore? = nil, isOfThisRun: Bool = false
        ) {
            self.report = report
            self.id = id
            self.loaded = loaded
            self.desired = desired
            self.seen = seen
            self.isOfThisRun = isOfThisRun
        }
    }

    /// The lock must be held.
    package func apply(_ order: Order) async throws(ApplyProblem) -> ApplyOutcome {
        let report = order.report
        guard report.plan.actor == context.actor else {
            throw .otherActor(plan: report.plan.actor.text, run: context.actor.text)
        }
        guard report.applicable else { throw .notApplicable("the plan has errors") }
        let (observed, isAsPlanned) = try await observedState(order)
        if observed.origin != nil, let run = try await earlierRun(order.id) {
            return .alreadyApplied(run: run.number)
        }
        try check(order, on: observed, isAsPlanned: isAsPlanned)

        let settings = context.actor == .platformOperator ? order.desired.settings : nil
        let isSettled = settings == nil || settings == observed.settings
        let managed = managed(order, observed)
        let keepsManaged = managed == nil || managed == observed.managed
        // What others changed and this apply has looked at is settled by its run.
        let settlesDrift = managed != nil && observed.hasOpenDrift
        guard
            !report.plan.changes.isEmpty || !isSettled || !keepsManaged || settlesDrift
                || observed.origin == nil
        else { return .nothingToDo }

        let issue = try await Issue(
            changes: report.plan.changes, project: order.desired.project, observed: observed,
            store: storeID(observed), key: key(for: report.plan.changes, observed, order),
            context: context)
        let steps =
            zip(report.plan.changes, report.comments).map { Step.change($0, comment: $1) }
            + issue.steps
        let commit = Commit(
            run: context.run(
                .apply, project: report.project, commit: report.manifests.commit, plan: order.id),
            base: observed.origin, newStoreID: issue.store,
            underTestClock: context.underTestClock, steps: steps,
            acceptance: order.desired.project.invitations.acceptance,
            settings: isSettled ? nil : settings, managed: managed,
            keyFingerprint: issue.keyFingerprint,
            beginsRecordAnew: managed != nil && !observed.recorderFaults.isEmpty)
        do {
            let outcome = try await store.commit(commit)
            return .applied(run: outcome.run, auditHead: outcome.auditHead)
        } catch .stale {
            // A commit of this very plan, whose answer nobody got, may have ended just now.
            if let run = try await earlierRun(order.id) { return .alreadyApplied(run: run.number) }
            throw .stale([])
        } catch {
            throw .store(error)
        }
    }

    // MARK: - Reading

    /// The live store, which nobody need read again who has the proof that it is as it was seen.
    /// For the operator an absent one is empty, unless the plan has seen it.
    private func observedState(
        _ order: Order
    ) async throws(ApplyProblem) -> (ObservedState, isAsPlanned: Bool) {
        if let seen = order.seen, let mark = seen.mark, (try? await store.mark()) == mark {
            return (seen.state, true)
        }
        let mayBegin = context.actor == .platformOperator && order.report.base.store == nil
        do {
            return (try await store.snapshot(project: order.desired.project.name), false)
        } catch .absent where mayBegin {
            return (ObservedState(), true)
        } catch {
            throw .store(error)
        }
    }

    private func earlierRun(_ id: String) async throws(ApplyProblem) -> RunRecord? {
        do {
            return try await store.run(plan: id)
        } catch {
            throw .store(error)
        }
    }

    private func storeID(_ observed: ObservedState) -> String {
        observed.origin?.id ?? context.newUUID()
    }

    // MARK: - Checking

    /// E301, and every plan check once more under the lock (E371 and the others).
    private func check(
        _ order: Order, on observed: ObservedState, isAsPlanned: Bool
    ) throws(ApplyProblem) {
        let report = order.report
        if order.isOfThisRun, isAsPlanned { return }
        let request = PlanRequest(
            desired: order.desired, observed: observed, actor: context.actor, now: context.now,
            at: report.plan.at, allow: report.plan.allow)
        let refusals = findings(repeating: report.plan.changes, in: request).map { finding in
            var finding = finding
            if finding.code == "E271" { finding.code = "E371" }
            return order.loaded.resolved(finding)
        }
        let isSameStore = observed.origin?.id == report.base.store
        let isFresh =
            isAsPlanned
            || isSameStore
                && baseDigest(of: report.plan.changes, in: observed) == report.base.digest
        guard isFresh else { throw .stale(refusals) }
        guard refusals.isEmpty else { throw .refused(refusals) }
    }

    /// What this project manages from now on; what left the manifests stays known (W277).
    private func managed(_ order: Order, _ observed: ObservedState) -> Set<Address>? {
        guard order.report.plan.complete, context.actor == .platformOperator else { return nil }
        var after = observed
        // Only the catalogue, tenants and identities are managed; no step about people moves them.
        for change in order.report.plan.changes where change.address.person == nil {
            after.apply(change.action)
        }
        let kept = observed.managed.filter { after.contains($0) }
        return order.desired.managedAddresses.union(kept)
    }

    /// The invitation key, if this plan makes links; never another one than before (E305).
    private func key(
        for changes: [Change], _ observed: ObservedState, _ order: Order
    ) async throws(ApplyProblem) -> InvitationKey? {
        let needsKey = changes.contains { change in
            switch change.kind {
            case .inviteAdmin, .addAdmin, .addIdentityUser, .resendInvitation: true
            default: false
            }
        }
        guard needsKey else { return nil }
        let known: String?
        do {
            known = observed.origin == nil ? nil : try await store.identity().keyFingerprint
        } catch {
            throw .store(error)
        }
        do {
            return try keys.checked(against: known)
        } catch {
            throw .key(error)
        }
    }
}

extension InvitationKeySource {
    /// The key, if it is the one that earlier links were made with.
    package func checked(against known: String?) throws(KeyProblem) -> InvitationKey {
        let key = try key(mayCreate: known == nil)
        if let known, known != key.fingerprint {
            throw .other(expected: known, found: key.fingerprint)
        }
        return key
    }
}
