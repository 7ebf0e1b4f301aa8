package import AccessModel
package import Diagnostics
package import Planning
package import Storage

/// What changed in the store behind Muster's back: every format is made from this one value.
package struct DriftReport: Sendable {
    package enum Standing: Hashable, Sendable {
        /// It is so now.
        case open
        /// Somebody has put it back by hand: no drift, and told only if all is asked for.
        case reverted
        /// A run has settled it since.
        case settled(run: Int64)
    }

    /// What the next plan would do about it.
    package enum Course: String, Hashable, Sendable {
        /// Puts it back as it was.
        case revert
        /// Changes it, but not to what it was.
        case change
        case leave
        /// The manifests are invalid, or the change is past.
        case unknown
    }

    /// Why a plan leaves something alone.
    package enum Restraint: String, Hashable, Sendable {
        /// The tenant or the identity is only observed.
        case observed
        /// Nobody declares it, and what is undeclared there stays.
        case unmanaged
        /// The manifests ask for what is there now, or do not speak of it.
        case agreed
    }

    package struct Item: Hashable, Sendable {
        package var change: ForeignChange
        package var standing: Standing
        package var course: Course
        /// The kinds of the plan's changes that touch it, in their order.
        package var kinds: [ChangeKind]
        package var restraint: Restraint?
        /// What a plan has to say about the same object.
        package var codes: [String]
        /// Where the manifests speak of it.
        package var source: Location?
        /// It touches a permission, a sensitive role, an identity's admin or a block, or lets
        /// somebody in without an acceptance.
        package var isPrivileged: Bool

        package init(
            change: ForeignChange, standing: Standing, course: Course = .unknown,
            kinds: [ChangeKind] = [], restraint: Restraint? = nil, codes: [String] = [],
            source: Location? = nil, isPrivileged: Bool = false
        ) {
            self.change = change
            self.standing = standing
            self.course = course
            self.kinds = kinds
            self.restraint = restraint
            self.codes = codes
            self.source = source
            self.isPrivileged = isPrivileged
        }
    }

    package var project: String
    package var origin: ObservedState.Origin
    /// The newest run that applied a plan.
    package var since: RunRecord?
    /// Those that weigh most first, then by address.
    package var items: [Item]
    /// W286: why there may be more than the records tell.
    package var recorder: [ResolvedDiagnostic]
    /// Declared entries past their `expires` that are still in the store.
    package var overdue: [Address]
    /// The codes of the next plan's errors: with any, it cannot be applied as it is.
    package var refusals: [String]
    /// What makes the manifests invalid; then no plan is known.
    package var errors: [ResolvedDiagnostic]

    package init(
        project: String, origin: ObservedState.Origin, since: RunRecord?, items: [Item],
        recorder: [ResolvedDiagnostic], overdue: [Address], refusals: [String],
        errors: [ResolvedDiagnostic]
    ) {
        self.project = project
        self.origin = origin
        self.since = since
        self.items = items
        self.recorder = recorder
        self.overdue = overdue
        self.refusals = refusals
        self.errors = errors
    }

    package var open: [Item] { items.filter { $0.standing == .open } }

    package var hasDrift: Bool { !recorder.isEmpty || items.contains { $0.standing == .open } }
}
