package import AccessModel
package import Diagnostics
package import Manifests
package import Planning

// The pipeline on one page:
//
//   files ─► [SourceFile] ─ load ─► LoadedManifests ─┐
//   store ───────── snapshot ─────► ObservedState ───┴─ report ─► PlanReport ─► every format
//                                                                     │
//                                                       Applier.apply ▼ the same value, executed
//
// Everything up to the report waits for nothing and throws nothing. An error of one stage stops the
// pipeline between stages, and nowhere else.

/// What the command line asks of a plan.
package struct PlanOptions: Sendable {
    package var at: Instant?
    package var allow: Allowances
    package var selection: PlanRequest.Selection
    package var onlyExpired: Bool
    /// `plan --base`: the observed state is a git revision, so nothing can be applied to it.
    package var isComparison: Bool

    package init(
        at: Instant? = nil, allow: Allowances = Allowances(),
        selection: PlanRequest.Selection = PlanRequest.Selection(), onlyExpired: Bool = false,
        isComparison: Bool = false
    ) {
        self.at = at
        self.allow = allow
        self.selection = selection
        self.onlyExpired = onlyExpired
        self.isComparison = isComparison
    }
}

/// What `validate` finds: the manifests alone, with their policies and tests.
package func validation(of loaded: LoadedManifests, at now: Instant) -> [ResolvedDiagnostic] {
    var findings = loaded.diagnostics.map(loaded.sources.resolved)
    if let desired = loaded.desired, !findings.contains(where: \.isError) {
        findings += loaded.resolved(desiredFindings(desired, at: now))
    }
    return sorted(findings)
}

/// The plan with all that is said around it, from manifests and a snapshot.
package func report(
    _ loaded: LoadedManifests, observed: ObservedState, options: PlanOptions, context: RunContext,
    manifests: PlanReport.ManifestsSummary
) -> PlanReport {
    let diagnostics = loaded.diagnostics.map(loaded.sources.resolved)
    let drift = observed.foreignChanges.veiled(for: context.actor, in: observed)
    let request = loaded.desired.map { planRequest($0, observed, options, context) }
    guard let request, !diagnostics.contains(where: \.isError) else {
        return PlanReport(
            project: loaded.desired?.project.name ?? "", base: base(of: observed, changes: []),
            manifests: manifests,
            plan: Plan(actor: context.actor, at: options.at ?? context.now, allow: options.allow),
            sources: [], comments: [], findings: diagnostics, drift: drift,
            applicable: false)
    }
    let plan = plan(request)
    let findings = sorted(loaded.resolved(plan.findings) + diagnostics)
    var report = PlanReport(
        project: request.desired.project.name, base: base(of: observed, changes: plan.changes),
        manifests: manifests, plan: plan, sources: plan.changes.map { loaded.source(of: $0) },
        comments: comments(of: plan.changes, request.desired), findings: findings,
        drift: drift,
        applicable: !findings.contains(where: \.isError) && options.at == nil
            && !options.isComparison)
    report.isComparison = options.isComparison
    return report
}

/// What the planner is asked.
package func planRequest(
    _ desired: DesiredState, _ observed: ObservedState, _ options: PlanOptions,
    _ context: RunContext
) -> PlanRequest {
    PlanRequest(
        desired: desired, observed: observed, actor: context.actor, now: context.now,
        at: options.at, allow: options.allow, selection: options.selection,
        onlyExpired: options.onlyExpired)
}

func base(of observed: ObservedState, changes: [Change]) -> PlanReport.Base {
    PlanReport.Base(
        store: observed.origin?.id, serial: observed.origin?.serial ?? 0,
        digest: baseDigest(of: changes, in: observed))
}

/// The declared reasons, for the audit.
private func comments(of changes: [Change], _ desired: DesiredState) -> [String?] {
    var reasons: [Address: String] = [:]
    for membership in desired.memberships {
        guard let reason = membership.reason else { continue }
        reasons[.membership(membership.tenant, membership.email)] = reason
    }
    return changes.map { change in
        guard let tenant = change.address.tenant, let email = change.address.person else {
            return nil
        }
        return reasons[.membership(tenant, email)]
    }
}

/// What weakens protection first, then by place, then by code and subject.
package func sorted(_ findings: [ResolvedDiagnostic]) -> [ResolvedDiagnostic] {
    func rank(_ finding: ResolvedDiagnostic) -> Int {
        switch finding.code {
        case "E224", "W224": 0
        case "W279", "W286": 1
        default: finding.location == nil ? 3 : 2
        }
    }
    return findings.sorted { a, b in
        if rank(a) != rank(b) { return rank(a) < rank(b) }
        if let at = a.location, let bt = b.location, at != bt {
            return (at.file, at.line, at.column) < (bt.file, bt.line, bt.column)
        }
        return (a.code, a.subject, a.message) < (b.code, b.subject, b.message)
    }
}
