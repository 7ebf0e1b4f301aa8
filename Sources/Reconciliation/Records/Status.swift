package import AccessModel
package import Planning
package import Storage

/// How a store stands: what `muster status` tells.
package struct StatusReport: Sendable {
    package struct Counts: Hashable, Sendable {
        package var tenants = 0
        package var roles = 0
        package var accounts = 0
        package var activated = 0
        package var blocked = 0
        package var memberships = 0
        package var identities = 0
        package var identityUsers = 0
    }

    package struct Waiting: Hashable, Sendable {
        package var address: Address
        package var state: String
        package var expiresAt: Instant?
    }

    package var project: String
    package var origin: ObservedState.Origin
    package var counts: Counts
    /// Pending places that can still be accepted, or wait for a letter.
    package var pending: [Waiting]
    /// Pending places whose invitation is past its end, or came to nothing.
    package var expired: [Waiting]
    /// Declared entries past their `expires` that are still in the store.
    package var overdue: [Address]
    package var unmanaged: [Address]
    package var lastRun: RunRecord?
    /// The oldest letters of the outbox, as many as were asked for,
    package var undelivered: [OutboxEntry]
    /// of so many.
    package var undeliveredCount: Int
    package var foreignChanges: Int
    /// Why the record of others' changes cannot be trusted (W286).
    package var findings: [Finding]
    /// The manifests could not be read, so `overdue` and `unmanaged` are not known.
    package var manifestsAreBroken: Bool
}

package func status(
    of observed: ObservedState, project: Project, desired: DesiredState?, lastRun: RunRecord?,
    outbox: [OutboxEntry], letters: Int, now: Instant
) -> StatusReport {
    var counts = StatusReport.Counts()
    counts.tenants = observed.tenants.count
    counts.roles = observed.roles.count
    counts.accounts = observed.accounts.count
    counts.activated = observed.accounts.values.count { $0.state == .activated }
    counts.blocked = observed.accounts.values.count(where: \.blocked)
    counts.memberships = observed.memberships.values.reduce(0) { $0 + $1.count }
    counts.identities = observed.identities.count
    counts.identityUsers = observed.identityUsers.values.reduce(0) { $0 + $1.count }

    var pending: [StatusReport.Waiting] = []
    var expired: [StatusReport.Waiting] = []
    for scope in observed.allPendingScopes {
        let invitation = observed.invitations[scope]
        let state = invitation.state(at: now)
        let waiting = StatusReport.Waiting(
            address: scope.address, state: state, expiresAt: invitation?.expiresAt)
        if ["expired", "revoked", "declined", "undeliverable"].contains(state) {
            expired.append(waiting)
        } else {
            pending.append(waiting)
        }
    }
    let plan = desired.map {
        Planning.plan(
            PlanRequest(desired: $0, observed: observed, actor: .platformOperator, now: now))
    }
    return StatusReport(
        project: project.name, origin: observed.origin ?? ObservedState.Origin(id: "", serial: 0),
        counts: counts, pending: pending, expired: expired,
        overdue: plan?.changes.filter { $0.reason == .expired }.map(\.address).sorted() ?? [],
        unmanaged: plan?.notes.filter { $0.kind == .unmanaged }.map(\.address) ?? [],
        lastRun: lastRun, undelivered: outbox, undeliveredCount: letters,
        foreignChanges: observed.foreignChanges.count,
        findings: recorderFindings(observed.recorderFaults),
        manifestsAreBroken: desired == nil)
}

extension Invitation? {
    /// How it stands with a place that waits, in a word.
    package func state(at now: Instant) -> String {
        self?.isExpired(at: now) == true ? "expired" : self?.state.rawValue ?? "not invited"
    }
}

extension ObservedState {
    /// Every place that waits for its person, sorted.
    package var allPendingScopes: [Scope] {
        let members = memberships.flatMap { tenant, members in
            members.filter(\.value.pending).keys.map { Scope.membership(tenant, $0) }
        }
        let users = identityUsers.flatMap { code, users in
            users.filter(\.value.pending).keys.map { Scope.identityUser(code, $0) }
        }
        return (members + users).sorted()
    }
}
