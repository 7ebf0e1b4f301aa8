import AccessModel

/// Computes a plan: difference, selection, derived deletions, order, simulation, review.
///
/// Nothing here waits, throws or writes. Same request, same plan.
package func plan(_ request: PlanRequest) -> Plan {
    var plan = Planner(request).plan()
    guard !request.selection.isEverything, !request.onlyExpired else { return plan }
    // What is not selected takes no step here, and is judged as if everything were.
    var whole = request
    whole.selection = PlanRequest.Selection()
    let scope = Selected(request, observed: request.observed)
    let told = Set(plan.notes.map(\.identity) + plan.findings.map { Finding.note(of: $0).identity })
    plan.notes += Planner(whole).plan().findings
        .filter { $0.isError && !scope.contains($0) }
        .map(Finding.note(of:))
        .filter { !told.contains($0.identity) }
    plan.notes.order()
    return plan
}

extension Finding {
    /// What is told of a finding that is not about what was selected.
    fileprivate static func note(of finding: Finding) -> PlanNote {
        PlanNote(
            kind: .outOfScope, address: finding.address,
            message: "\(finding.code): \(finding.message)")
    }
}

extension PlanNote {
    fileprivate var identity: [String] { [kind.rawValue, address.description, message] }
}

/// Judges given changes again on another state, as apply does under the lock.
package func findings(repeating changes: [Change], in request: PlanRequest) -> [Finding] {
    var simulation = Simulation(
        request, declarations: Declarations(request.desired, at: request.at), changes: changes)
    simulation.play(changes)
    var renamed = request.observed
    for change in changes where change.reason == .renamed && change.kind.symbol == .change {
        renamed.apply(change.action)
    }
    let guards = GuardCheck(request: request, observed: renamed, changes: changes).findings()
    let settings = request.desired.settingFindings(request.observed.settings, actor: request.actor)
    return (settings + simulation.findings + guards).filter(\.isError)
}

private struct Planner {
    let request: PlanRequest
    let declarations: Declarations

    init(_ request: PlanRequest) {
        self.request = request
        declarations = Declarations(request.desired, at: request.at)
    }

    func plan() -> Plan {
        var difference = Difference(request, declarations)
        let (draft, observed) = difference.compute()
        let scope = Selected(request, observed: observed)
        let selected = scope.of(draft.proposals)
        let deletions = LastMemberships(observed: observed, proposals: selected).deletions()
        // Nobody writes down the details of an account that goes in the same plan.
        let leaving = Set(deletions.compactMap(\.action.address.person))
        let proposals =
            selected.filter { proposal in
                guard case .updateProfile(let email, _, _) = proposal.action else { return true }
                return !leaving.contains(email)
            } + deletions

        let edges = Edges(
            proposals, observed: observed, actor: request.actor, desired: request.desired,
            allow: request.allow)
        let order = Order(proposals, edges, actor: request.actor)
        let changes = changes(proposals, edges, order)
        let (cycles, stuck) = cycleFindings(proposals, order)

        var simulation = Simulation(request, declarations: declarations, changes: changes)
        simulation.play(changes, stuck: stuck)

        let desired = desiredFindings(request.desired, at: request.at, final: simulation.state)
        var judged = Findings()
        judged.add(request.desired.settingFindings(request.observed.settings, actor: request.actor))
        judged.add(recorderFindings(request.observed.recorderFaults))
        judged.add(cycles + simulation.findings)
        judged.add(GuardCheck(request: request, observed: observed, changes: changes).findings())
        judged.ofSteps = judged.all.count
        judged.add(desired)
        judged.add(draft.findings)
        judged.add(
            OldViolations(
                request: request, declarations: declarations, observed: observed,
                final: simulation.state
            ).findings())
        return assemble(changes, draft, judged, observed, scope)
    }

    private func assemble(
        _ changes: [Change], _ draft: Draft, _ findings: Findings, _ observed: ObservedState,
        _ scope: Selected
    ) -> Plan {
        let steps = findings.all.isEmpty ? [] : Set(changes.map(\.address))
        var plan = Plan(actor: request.actor, at: request.at, allow: request.allow)
        plan.changes = Discretion(request, observed: observed).veiled(changes)
        plan.notes =
            scope.isEverything ? draft.notes : draft.notes.filter { scope.contains($0.address) }
        for (index, finding) in findings.all.enumerated() {
            // What a selected step does is told wherever it shows.
            let isOfStep = index < findings.ofSteps || steps.contains(finding.address)
            if isOfStep || scope.contains(finding) {
                plan.findings.append(finding)
            } else if !request.onlyExpired {
                plan.notes.append(Finding.note(of: finding))
            }
        }
        plan.notes.order()
        plan.complete = request.selection.isEverything && !request.onlyExpired
        plan.summary = Tally(request, changes: plan.changes, notes: plan.notes).summary()
        return plan
    }

    private func changes(_ proposals: [Proposal], _ edges: Edges, _ order: Order) -> [Change] {
        let ids = order.ids
        let sensitive = Set(request.observed.roles.values.filter(\.sensitive).map(\.name))
            .union(request.desired.roles.filter(\.role.sensitive).map(\.role.name))
        return order.sequence.map { index in
            let proposal = proposals[index]
            let grantor: EmailAddress? =
                switch proposal.action {
                case .grantPermission, .revokePermission, .assignRole, .unassignRole:
                    proposal.grantor
                default: nil
                }
            return Change(
                id: ids[index], action: proposal.action,
                actor: grantor.map(Actor.person) ?? request.actor, reason: proposal.reason,
                mail: proposal.mail, privileged: proposal.action.isPrivileged(sensitive: sensitive),
                dependsOn: edges.before[index].map { ids[$0] }.sorted())
        }
    }

    private func cycleFindings(_ proposals: [Proposal], _ order: Order) -> ([Finding], Set<Int>) {
        let ids = order.ids
        let findings = order.cycles.map { cycle in
            let names = (cycle + cycle.prefix(1)).map {
                "\(proposals[$0].action.kind.rawValue) \(proposals[$0].action.address)"
            }
            return Finding.noOrder(names, at: proposals[cycle[0]].action.address)
        }
        return (findings, Set(order.cycles.joined().map { ids[$0] }))
    }
}

/// Findings in the order in which they came, each violation of a policy once.
private struct Findings {
    private(set) var all: [Finding] = []
    /// How many of them, from the first, are about the steps of the plan.
    var ofSteps = 0
    private var seen: Set<Key> = []

    private struct Key: Hashable {
        var number: Substring
        var address: Address
        var related: [Address]
        var message: String
    }

    mutating func add(_ findings: [Finding]) {
        for finding in findings {
            // A policy's finding is the same whether a step, the manifests or the store shows it.
            let isPolicy = finding.code.dropFirst().hasPrefix("29") && !finding.related.isEmpty
            let key = Key(
                number: finding.code.dropFirst(), address: finding.address,
                related: finding.related,
                message: isPolicy ? "" : finding.message)
            if seen.insert(key).inserted { all.append(finding) }
        }
    }
}

extension Action {
    /// Any permission, a sensitive role, identity admin, unblock.
    func isPrivileged(sensitive: Set<RoleName>) -> Bool {
        switch self {
        case .grantPermission, .revokePermission, .setIdentityAdmin, .unsetIdentityAdmin,
            .unblockAccount:
            true
        case .assignRole(_, _, let role), .unassignRole(_, _, let role): sensitive.contains(role)
        case .inviteAdmin(_, _, let grants, _), .addAdmin(_, _, let grants),
            .removeAdmin(_, _, let grants):
            !grants.permissions.isEmpty || grants.roles.contains { sensitive.contains($0) }
        case .addIdentityUser(_, _, let user, _): user.admin
        case .removeIdentityUser(_, _, let user): user.admin
        default: false
        }
    }
}
