package import AccessModel
package import Diagnostics
package import Planning

/// A plan with all that is said around it: every format is made from this one value.
package struct PlanReport: Sendable {
    /// What the plan was computed from.
    package struct Base: Hashable, Sendable {
        /// `nil`: the store does not exist yet, or the base is a git revision.
        package var store: String?
        package var serial: Int64
        /// `sha256:…` of what the plan read of the things that it changes.
        package var digest: String

        package init(store: String?, serial: Int64, digest: String) {
            self.store = store
            self.serial = serial
            self.digest = digest
        }
    }

    package struct ManifestsSummary: Hashable, Sendable {
        package var digest: String
        package var commit: String?
        package var files: Int

        package init(digest: String, commit: String?, files: Int) {
            self.digest = digest
            self.commit = commit
            self.files = files
        }
    }

    package var project: String
    package var base: Base
    package var manifests: ManifestsSummary
    package var plan: Plan { didSet { knownEffects = Once() } }
    /// Where each change of `plan.changes` is declared; `nil` when nothing declares it.
    package var sources: [Location?]
    /// The declared reason of each change, for the audit entry.
    package var comments: [String?]
    /// Findings of every stage, sorted.
    package var findings: [ResolvedDiagnostic]
    package var drift: [ForeignChange]
    package var applicable: Bool
    /// `plan --base`: what other manifests declare stands for the store.
    package var isComparison = false
    /// For a plan that `undo` made.
    package var undoing: Undoing?
    /// When those who join a place were removed from it before, by the membership's address.
    package var earlierRemovals: [Address: EarlierRemoval] = [:] {
        didSet { knownEffects = Once() }
    }
    /// Stands for the file's id where names are pseudonyms: such a plan is for reading only.
    package var redactedID: String?

    private var knownEffects = Once<[PersonEffect]>()

    /// What the plan comes to for each person in each place.
    package var effects: [PersonEffect] {
        knownEffects.value {
            Planning.effects(of: plan.changes, actor: plan.actor, earlierRemovals: earlierRemovals)
        }
    }

    package init(
        project: String, base: Base, manifests: ManifestsSummary, plan: Plan, sources: [Location?],
        comments: [String?], findings: [ResolvedDiagnostic], drift: [ForeignChange],
        applicable: Bool, undoing: Undoing? = nil
    ) {
        self.project = project
        self.base = base
        self.manifests = manifests
        self.plan = plan
        self.sources = sources
        self.comments = comments
        self.findings = findings
        self.drift = drift
        self.applicable = applicable
        self.undoing = undoing
    }
}

/// What a plan was computed from, when, and for whom.
package struct PlanOrigin: Hashable, Sendable {
    package var actor: Actor
    package var at: Instant
    package var project: String
    /// `nil`: the store does not exist yet, or the base is a git revision.
    package var store: String?
    package var serial: Int64
    package var commit: String?

    package init(
        actor: Actor, at: Instant, project: String, store: String?, serial: Int64, commit: String?
    ) {
        self.actor = actor
        self.at = at
        self.project = project
        self.store = store
        self.serial = serial
        self.commit = commit
    }
}

extension PlanReport {
    package var origin: PlanOrigin {
        PlanOrigin(
            actor: plan.actor, at: plan.at, project: project, store: base.store,
            serial: base.serial, commit: manifests.commit)
    }
}
