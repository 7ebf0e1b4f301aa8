package import AccessModel
package import Planning
package import Storage

/// Of people who join a place: when each was removed from it last, if that is the last that the
/// audit has on the membership. One look-up for each.
package func earlierRemovals(
    of newcomers: [Address], in store: any StoreReader
) async throws(StoreError) -> [Address: EarlierRemoval] {
    guard !newcomers.isEmpty else { return [:] }
    let removals = lastRemovals(in: try await store.audit(.objects(newcomers)))
    guard !removals.isEmpty else { return [:] }
    let runs = try await store.runs(numbered: Set(removals.values))
    let times = Dictionary(runs.map { ($0.number, $0.at) }, uniquingKeysWith: { first, _ in first })
    var found: [Address: EarlierRemoval] = [:]
    for address in newcomers {
        guard let run = removals[address.text], let at = times[run] else { continue }
        found[address] = EarlierRemoval(at: at, run: run)
    }
    return found
}

/// The run that removed somebody, by the address of the membership; who joined again since, and is
/// there or was taken out by somebody else, is not in it.
private func lastRemovals(in entries: [AuditEntry]) -> [String: Int64] {
    let removals = Set([ChangeKind.removeAdmin, .removeIdentityUser].map(\.rawValue))
    var last: [String: Int64] = [:]
    // In the order in which it happened; grants have addresses of their own.
    for entry in entries where !entry.address.utf8.contains(UInt8(ascii: "#")) {
        last[entry.address] = removals.contains(entry.kind) ? entry.run : nil
    }
    return last
}
