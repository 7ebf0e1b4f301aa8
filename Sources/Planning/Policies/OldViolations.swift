import AccessModel

/// What the store violates already: a warning each, so that nobody is held up by the past.
struct OldViolations {
    let request: PlanRequest
    let declarations: Declarations
    let observed: ObservedState
    /// After the plan: what the manifests alone tell of a person says nothing of one who leaves.
    let final: ObservedState

    func findings() -> [Finding] {
        let judge = PolicyJudge(request.desired, declarations: declarations, at: request.at)
        var findings: [Finding] = []
        for tenant in request.desired.tenants
        where tenant.presence == .present && observed.tenants[tenant.name] != nil {
            findings += judge.violations(in: tenant.name, observed).map(\.finding.asOldViolation)
                .filter { !isOfManifests($0) || final.contains($0.address) }
            guard
                let floor = tenant.minDelegatedAdmins
                    ?? request.desired.project.guards.minDelegatedAdmins
            else { continue }
            let active = (observed.memberships[tenant.name] ?? [:]).keys
                .count { !observed.activePermissions(of: $0, in: tenant.name).isEmpty }
            if active < floor {
                findings.append(
                    .floor(
                        .tenant(tenant.name), tenant: tenant.name, active: active, floor: floor,
                        old: true))
            }
        }
        guard let floor = request.desired.project.guards.minIdentityAdmins else { return findings }
        for identity in request.desired.identities
        where identity.presence == .present && observed.identities[identity.code] != nil {
            let active = (observed.identityUsers[identity.code] ?? [:]).keys
                .count { observed.isActiveAdmin($0, of: identity.code) }
            if active < floor {
                findings.append(
                    .identityFloor(
                        .identity(identity.code), identity.code, active: active, floor: floor,
                        old: true))
            }
        }
        return findings
    }

    /// W295, W296: `expires` and `reason` live in the manifests only.
    private func isOfManifests(_ finding: Finding) -> Bool {
        finding.code == "W295" || finding.code == "W296"
    }
}
