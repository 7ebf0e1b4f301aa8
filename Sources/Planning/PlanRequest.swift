package import AccessModel

/// Everything a plan is computed from. Same request, same plan.
package struct PlanRequest: Sendable {
    /// `--tenant` and `--identity`; empty selects everything.
    package struct Selection: Hashable, Sendable {
        package var tenants: Set<TenantName>
        package var identities: Set<IdentityCode>

        package init(tenants: Set<TenantName> = [], identities: Set<IdentityCode> = []) {
            self.tenants = tenants
            self.identities = identities
        }

        package var isEverything: Bool { tenants.isEmpty && identities.isEmpty }
    }

    package var desired: DesiredState
    package var observed: ObservedState
    package var actor: Actor
    /// The store's clock.
    package var now: Instant
    /// The clock of the desired state (`--at`); it never moves the store's.
    package var at: Instant
    package var allow: Allowances
    package var selection: Selection
    /// `--expired`: only what expiry asks for.
    package var onlyExpired: Bool
    /// The people of the manifests, where the desired state knows more of them than is written
    /// there: what R-42 shows to everybody. `nil`: those of the desired state.
    package var written: [DesiredAdmin]?

    package init(
        desired: DesiredState, observed: ObservedState, actor: Actor, now: Instant,
        at: Instant? = nil, allow: Allowances = Allowances(), selection: Selection = Selection(),
        onlyExpired: Bool = false, written: [DesiredAdmin]? = nil
    ) {
        self.desired = desired
        self.observed = observed
        self.actor = actor
        self.now = now
        self.at = at ?? now
        self.allow = allow
        self.selection = selection
        self.onlyExpired = onlyExpired
        self.written = written
    }
}
