package import AccessModel
import Diagnostics
package import Manifests
package import Planning
package import Storage

/// The plan that reverses a run: the store as it is, but for what the run did, asked for of the
/// ordinary planner.
///
/// It is judged and applied like any other plan. Project, guards, policies, access tests and what
/// is only observed are the manifests' own. It is not complete in the sense of PRODUCT.md section
/// 5: applying it changes nothing of what the project manages, and drift stays drift.
package struct Undo: Sendable {
    let history: RunHistory
    let others: [PastEntry]
    let observed: ObservedState

    /// Why a run has no plan that reverses it.
    package enum Refusal: Error, Hashable, Sendable {
        case accepted, declined, resent, revoked, dropped, forgotten
    }

    package init(
        _ history: RunHistory, observed: ObservedState, in reader: any StoreReader
    ) async throws(StoreError) {
        self.history = history
        self.observed = observed
        let addresses = Set(history.entries.compactMap { Address(planText: $0.entry.address) })
        others = try await reader.audit(.objects(addresses.sorted().flatMap(\.withWhole)))
            .filter { $0.run != history.run.number }.map(PastEntry.init)
    }

    /// Which kinds of runs can be undone.
    package static func refusal(of kind: RunRecord.Kind) -> Refusal? {
        switch kind {
        case .apply, .import: nil
        case .accept: .accepted
        case .decline: .declined
        case .resend: .resent
        case .revoke: .revoked
        case .drop: .dropped
        case .forget: .forgotten
        }
    }

    package func report(
        _ loaded: LoadedManifests, allow: Allowances, context: RunContext,
        manifests: PlanReport.ManifestsSummary
    ) -> PlanReport {
        let errors = loaded.diagnostics.contains { $0.severity == .error }
        guard let declared = loaded.desired, !errors else {
            var report = Reconciliation.report(
                loaded, observed: observed, options: PlanOptions(allow: allow), context: context,
                manifests: manifests)
            report.undoing = Undoing(run: history.run.number, edits: [])
            return report
        }
        var reversal = Reversal(
            observed, past: Past(run: history, others: others, manifests: declared))
        reversal.undo(history.entries)
        reversal.noteLetters(of: history)
        let plan = plan(reversal, declared, allow, context)
        let findings = plan.findings.map { loaded.resolved($0) }
        return PlanReport(
            project: declared.project.name, base: base(of: observed, changes: plan.changes),
            manifests: manifests, plan: plan, sources: plan.changes.map { _ in nil },
            comments: plan.changes.map { _ in "Undo of run \(history.run.number)" },
            findings: sorted(findings),
            drift: observed.foreignChanges.veiled(for: context.actor, in: observed),
            applicable: !findings.contains(where: \.isError),
            undoing: Undoing(
                run: history.run.number,
                edits: ManifestEdits(
                    undo: plan.changes, declared: declared, observed: observed, now: context.now
                ).edits(in: loaded)))
    }

    private func plan(
        _ reversal: Reversal, _ declared: DesiredState, _ allow: Allowances, _ context: RunContext
    ) -> Plan {
        func plan(_ desired: DesiredState) -> Plan {
            Planning.plan(
                PlanRequest(
                    desired: desired, observed: observed, actor: context.actor, now: context.now,
                    allow: allow, written: declared.admins))
        }
        let untouched = DesiredState(
            undoing: Reversal(observed, past: reversal.past), declared, observed, context.now)
        // What the store breaks by itself is not this plan's doing.
        let old = Set(plan(untouched).findings.filter { !$0.isAboutSettings })
        var plan = plan(DesiredState(undoing: reversal, declared, observed, context.now))
        plan.findings.removeAll { old.contains($0) || $0.code == "E276" }
        for index in plan.changes.indices { plan.changes[index].reason.becomeRequested() }
        let touched = Set(plan.changes.compactMap(\.address.person))
        plan.notes =
            plan.notes.filter { note in
                note.kind == .observed || note.address.person.map(touched.contains) == true
            } + reversal.notes.filter { !isSecret($0, from: context.actor) }
        plan.notes = Array(Set(plan.notes))
            .sorted {
                ($0.address, $0.kind.rawValue, $0.message) < (
                    $1.address, $1.kind.rawValue, $1.message
                )
            }
        plan.summary.awaiting = plan.notes.count { $0.kind == .awaiting }
        plan.summary.unmanaged = 0
        plan.complete = false
        return plan
    }

    /// what became of an account that went with a place is for those who may add to that
    /// place.
    private func isSecret(_ note: PlanNote, from actor: Actor) -> Bool {
        guard note.kind == .irreversible, let person = note.address.person else { return false }
        let places = history.entries.compactMap { entry -> Bool? in
            switch entry.step {
            case .change(.removeAdmin(let tenant, person, _)):
                observed.mayInvite(actor, to: tenant)
            case .change(.removeIdentityUser(let code, person, _)):
                observed.mayAddUsers(actor, to: code)
            default: nil
            }
        }
        return !places.isEmpty && !places.contains(true)
    }
}

extension Finding {
    fileprivate var isAboutSettings: Bool { ["W224", "E224", "W279"].contains(code) }
}

extension Reason {
    /// The planner's reasons speak of manifests; here somebody asked.
    fileprivate mutating func becomeRequested() {
        switch self {
        case .declared, .undeclared, .drift, .expired, .invitationExpired: self = .requested
        case .cascade, .lastMembership, .renamed, .requested: break
        }
    }
}

extension Reversal {
    /// A letter that left is out; that its link dies with the place is all that can be done.
    fileprivate mutating func noteLetters(of history: RunHistory) {
        guard history.run.letters > 0 else { return }
        var people: Set<EmailAddress> = []
        for entry in history.entries {
            switch entry.step {
            case .change(.inviteAdmin(_, let email, _, let new)) where !new.automation:
                people.insert(email)
            case .change(.addAdmin(_, let email, _)), .change(.addIdentityUser(_, let email, _, _)):
                people.insert(email)
            default: continue
            }
        }
        // Whose place went before, or stays, is told as that.
        for email in people.sorted()
        where !past.automation.contains(email) && leaving.contains(email) {
            impossible(
                .account(email),
                "a letter that has left is not called back; a link in it ends with its place")
        }
    }
}

extension Address {
    /// With the membership or tenant that it is a part of.
    fileprivate var withWhole: [Address] {
        switch self {
        case .grant(let tenant, let email, _): [.membership(tenant, email)]
        case .availableRole(let tenant, _): [.tenant(tenant)]
        default: [self]
        }
    }
}
