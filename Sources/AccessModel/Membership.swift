/// An admin's place in one tenant.
package struct Membership: Hashable, Sendable {
    package var grants: Grants
    /// Waits for the person to accept; gives nothing until then.
    package var pending: Bool

    package init(grants: Grants, pending: Bool = false) {
        self.grants = grants
        self.pending = pending
    }

    /// A delegated admin holds at least one permission (R-09: derived).
    package var isDelegated: Bool { !grants.permissions.isEmpty }
}
