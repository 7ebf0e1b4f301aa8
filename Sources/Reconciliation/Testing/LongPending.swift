package import AccessModel
package import Diagnostics
package import Manifests
internal import Planning
package import Storage

/// What `validate --strict` tells of the store: who was added a month ago and has not accepted.
///
/// W154, one for each declared membership and identity user that still waits. Since when is told by
/// the audit: the last run that added the place. One that somebody else added has no such run, and
/// nothing is said of it.
package func longPending(
    _ loaded: LoadedManifests, in reader: any StoreReader, at now: Instant
) async throws(StoreError) -> [ResolvedDiagnostic] {
    guard let desired = loaded.desired else { return [] }
    let observed = try await reader.snapshot(project: desired.project.name)
    let pending = Set(observed.allPendingScopes)
    let waiting = desired.scopes.filter(pending.contains)
    guard !waiting.isEmpty else { return [] }
    let entries = try await reader.audit(.objects(waiting.map(\.address)))
        .filter { additions.contains($0.kind) }
    let runs = try await reader.runs(numbered: Set(entries.map(\.run)))
    let times = Dictionary(runs.map { ($0.number, $0.at) }, uniquingKeysWith: { first, _ in first })
    var since: [String: Instant] = [:]
    for entry in entries { since[entry.address] = times[entry.run] }
    return findings(of: waiting, since: since, at: now).map { loaded.resolved($0) }
}

/// The kinds of audit entries that make somebody a member or a user.
private let additions: Set = [
    ChangeKind.inviteAdmin.rawValue, ChangeKind.addAdmin.rawValue,
    ChangeKind.addIdentityUser.rawValue, "recordMembership", "recordIdentityUser",
]

/// How long somebody may take to accept before it is worth a word.
private let patience: Int64 = 30 * 86_400

private func findings(
    of waiting: [Scope], since: [String: Instant], at now: Instant
) -> [Finding] {
    waiting.compactMap { scope in
        guard let start = since[scope.address.text], start.adding(seconds: patience) <= now else {
            return nil
        }
        let days = (now.seconds - start.seconds) / 86_400
        return Finding(
            "W154", scope.address, "has been pending for \(days) days, since \(start).",
            help: "Ask the person, send the invitation again, or remove the entry.")
    }
}

extension DesiredState {
    /// Every declared place.
    fileprivate var scopes: [Scope] {
        memberships.map { .membership($0.tenant, $0.email) }
            + identityUsers.map { .identityUser($0.identity, $0.email) }
    }
}
