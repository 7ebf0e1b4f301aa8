package import AccessModel
internal import Diagnostics
package import Manifests
internal import Planning
package import Storage

/// Compares the records of the store with what the next plan would do.
///
/// - Parameters:
///   - records: All that were ever written, for those that are settled or reverted by hand; empty
///     when only open changes are asked for.
///   - actor: Whoever would plan; for a reader who names nobody, the operator.
package func drift(
    in observed: ObservedState, records: [ForeignRecord], project: Project,
    loaded: LoadedManifests, since: RunRecord?, actor: Actor, now: Instant
) -> DriftReport {
    let errors = loaded.diagnostics.map(loaded.sources.resolved).filter(\.isError)
    let desired = errors.isEmpty ? loaded.desired : nil
    let plan = desired.map {
        Planning.plan(PlanRequest(desired: $0, observed: observed, actor: actor, now: now))
    }
    let outlook = Outlook(observed, plan, desired, loaded)
    let past = past(records)
    var items = observed.foreignChanges.map { outlook.item($0, .open) }
    items += past.map { outlook.item($0.0, $0.1) }
    let shown = items.map(\.change).veiled(for: actor, in: observed)
    for (index, change) in shown.enumerated() { items[index].change = change }
    return DriftReport(
        project: project.name, origin: observed.origin ?? .init(id: "", serial: 0), since: since,
        items: items.sorted { $0.precedes($1) },
        recorder: recorderFindings(observed.recorderFaults).map { loaded.resolved($0) },
        overdue: plan?.changes.filter { $0.reason == .expired }.map(\.address).sorted() ?? [],
        refusals: Set((plan?.findings ?? []).filter(\.isError).map(\.code)).sorted(),
        errors: errors)
}

/// What is no drift any more: put back by hand, or settled by a run.
private func past(_ records: [ForeignRecord]) -> [(ForeignChange, DriftReport.Standing)] {
    Dictionary(grouping: records, by: \.resolved).flatMap { run, records in
        records.netted.compactMap { change in
            if let run { return (change, .settled(run: run)) }
            return change.before == change.after ? (change, .reverted) : nil
        }
    }
}

/// What the next plan would make of the store.
private struct Outlook {
    private let observed: ObservedState
    private let plan: Plan?
    private let desired: DesiredState?
    private let loaded: LoadedManifests
    private var changes: [Address: [Change]] = [:]
    private var codes: [Address: [String]] = [:]
    private var final: ObservedState

    init(
        _ observed: ObservedState, _ plan: Plan?, _ desired: DesiredState?,
        _ loaded: LoadedManifests
    ) {
        (self.observed, self.plan, self.desired, self.loaded) = (observed, plan, desired, loaded)
        final = observed
        for change in plan?.changes ?? [] {
            changes[change.address, default: []].append(change)
            final.apply(change.action)
        }
        for finding in plan?.findings ?? [] where finding.address != .project {
            codes[finding.address, default: []].append(finding.code)
        }
    }

    func item(_ change: ForeignChange, _ standing: DriftReport.Standing) -> DriftReport.Item {
        var item = DriftReport.Item(
            change: change, standing: standing, isPrivileged: isPrivileged(change))
        guard standing == .open, plan != nil else { return item }
        let address = change.address
        item.source = loaded.resolved(Finding("", address, "")).location
        item.kinds = steps(about: address).map(\.kind)
        item.codes = Set(codes[address] ?? []).sorted()
        let now = observed.fields(of: address)
        let then = final.fields(of: address)
        if then == now {
            item.course = .leave
            item.restraint = restraint(address)
            item.kinds = []
        } else {
            item.course = then == change.before ? .revert : .change
        }
        return item
    }

    /// Changes of the object itself, and of what it is a part of.
    private func steps(about address: Address) -> [Change] {
        var steps = changes[address] ?? []
        switch address {
        case .grant(let tenant, let email, _):
            steps += changes[.membership(tenant, email)] ?? []
        case .availableRole(let tenant, _): steps += changes[.tenant(tenant)] ?? []
        case .account(let email):
            // Whoever is invited again gets the account anew.
            steps += changes.values.joined().filter {
                $0.address.person == email && $0.makesAccount
            }
        default: break
        }
        return steps.sorted { $0.id < $1.id }
    }

    private func restraint(_ address: Address) -> DriftReport.Restraint {
        guard let desired else { return .agreed }
        let management =
            address.tenant.flatMap { name in
                desired.tenants.first { $0.name == name }?.management
            }
            ?? address.identity.flatMap { code in
                desired.identities.first { $0.code == code }?.management
            }
        if management == .observe { return .observed }
        return loaded.declares(address) ? .agreed : .unmanaged
    }

    private func isPrivileged(_ change: ForeignChange) -> Bool {
        func differs(_ field: String) -> Bool { change.before?[field] != change.after?[field] }
        switch change.address {
        case .grant(_, _, .permission): return true
        case .grant(_, _, .role(let name)): return observed.roles[name]?.sensitive == true
        case .identityUser:
            return differs("admin") && (isOn(change.after) || isOn(change.before))
                || isJoined(change)
        case .membership: return isJoined(change)
        case .account:
            return change.before != nil && (differs("blocked") || differs("state"))
        case .role:
            let (old, new) = (change.before?["sensitive"], change.after?["sensitive"])
            return (old ?? "false") != (new ?? "false")
        default: return false
        }
    }

    /// A place that waited for its person does so no more, without an acceptance.
    private func isJoined(_ change: ForeignChange) -> Bool {
        change.before?["pending"] == "true" && change.after?["pending"] == "false"
    }

    private func isOn(_ fields: [String: String]?) -> Bool { fields?["admin"] == "true" }
}

extension Change {
    fileprivate var makesAccount: Bool {
        switch action {
        case .inviteAdmin, .addIdentityUser(_, _, _, .some): true
        default: false
        }
    }
}

extension LoadedManifests {
    /// The manifests speak of the object, or of what it is a part of.
    fileprivate func declares(_ address: Address) -> Bool {
        switch address {
        case .grant(let tenant, let email, _): provenance[.membership(tenant, email)] != nil
        case .availableRole(let tenant, _): provenance[.tenant(tenant)] != nil
        default: provenance[address] != nil
        }
    }
}

extension DriftReport.Item {
    fileprivate func precedes(_ other: Self) -> Bool {
        func rank(_ item: Self) -> Int64 {
            switch item.standing {
            case .open: item.isPrivileged ? 0 : 1
            case .reverted: 2
            case .settled(let run): 3 + Int64.max / 2 - run
            }
        }
        if rank(self) != rank(other) { return rank(self) < rank(other) }
        return change.address < other.change.address
    }
}
