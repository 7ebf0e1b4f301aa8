package import AccessModel

/// What the manifests break by themselves: policies, access tests and stated floors, now (E) and
/// when something expires (W146). For `validate`, and part of every plan.
///
/// - Parameter final: the state after the plan, where there is one; it stands in for tenants and
///   identities whose members the manifests do not fully declare.
package func desiredFindings(
    _ desired: DesiredState, at: Instant, final: ObservedState? = nil
) -> [Finding] {
    // Most projects ask nothing of the kind, and then nobody needs the state that they describe.
    guard desired.asksForChecks else { return [] }
    return DesiredCheck(desired, at: at, final: final).findings()
}

extension DesiredState {
    /// Whether there is a policy, a test, a floor or an end that `desiredFindings` would look at.
    fileprivate var asksForChecks: Bool {
        let guards = project.guards
        return policies.contains { !$0.rules.isEmpty } || !accessTests.isEmpty
            || guards.minDelegatedAdmins != nil || guards.minIdentityAdmins != nil
            || tenants.contains { $0.minDelegatedAdmins != nil }
            || admins.contains { $0.expires != nil }
            || memberships.contains { $0.expires != nil && mayLack($0) }
            || identityUsers.contains { $0.expires != nil }
    }

    /// Whether the built-in floors and guards would miss this membership: roles alone they do not.
    private func mayLack(_ membership: DesiredMembership) -> Bool {
        !membership.grants.permissions.isEmpty || !project.guards.requiredAdmins.isEmpty
    }
}

/// What the manifests describe, judged by their own rules.
struct DesiredCheck {
    let desired: DesiredState
    let final: ObservedState?
    let declarations: Declarations
    let judge: PolicyJudge
    let state: ObservedState

    init(_ desired: DesiredState, at: Instant, final: ObservedState? = nil) {
        self.desired = desired
        self.final = final
        declarations = Declarations(desired, at: at)
        judge = PolicyJudge(desired, declarations: declarations, at: at, countsExpiring: true)
        var state = desired.projected(declarations)
        // A declared block is no reason not to count a declared holder.
        for email in state.accounts.values.filter(\.blocked).map(\.email) {
            state.accounts[email]?.blocked = false
        }
        self.state = state
    }

    func findings() -> [Finding] {
        var findings: [Finding] = []
        let endings = Endings(
            desired: desired, declarations: declarations, judge: judge, state: state,
            expectations: expectations)
        for tenant in desired.tenants where tenant.presence == .present {
            findings += violations(in: tenant).map(\.finding)
            if tenant.management == .authoritative { findings += floor(of: tenant) }
            findings += endings.findings(in: tenant)
        }
        for identity in desired.identities where identity.presence == .present {
            findings += endings.findings(in: identity)
        }
        return findings + endings.ofTests() + identityFloors() + tests()
    }

    /// Of the policies. Where undeclared members are left alone nobody knows who is missing.
    func violations(in tenant: DesiredTenant) -> [PolicyJudge.Violation] {
        judge.violations(in: tenant.name, state)
            .filter { tenant.management == .authoritative || $0.finding.code != "E293" }
    }

    // MARK: - Stated floors

    private func floor(of tenant: DesiredTenant) -> [Finding] {
        guard let floor = tenant.minDelegatedAdmins ?? desired.project.guards.minDelegatedAdmins
        else { return [] }
        // A tenant in which nobody is declared is only begun, or E276.
        let members = state.memberships[tenant.name] ?? [:]
        let active = members.values.count(where: \.isDelegated)
        guard active < floor, !members.isEmpty else { return [] }
        return [
            Finding(
                "E271", .tenant(tenant.name),
                "\(Finding.count(active, "delegated admin")) declared; the floor is \(floor).",
                help: "Declare more, or lower minDelegatedAdmins.")
        ]
    }

    private func identityFloors() -> [Finding] {
        guard let floor = desired.project.guards.minIdentityAdmins else { return [] }
        return desired.identities.compactMap { identity in
            guard identity.presence == .present, identity.management == .authoritative else {
                return nil
            }
            let active = (state.identityUsers[identity.code] ?? [:]).values
                .count { $0.admin && $0.enabled }
            guard active < floor else { return nil }
            return Finding(
                "E282", .identity(identity.code),
                "\(Finding.count(active, "admin")) declared; the floor is \(floor).",
                help: "Make more users its admins, or lower minIdentityAdmins.")
        }
    }

    // MARK: - Access tests

    private func tests() -> [Finding] {
        desired.accessTests.flatMap { test in
            test.expectations.enumerated().compactMap { index, expectation in
                expectations.failure(of: expectation).map {
                    .expectationFails(.accessTest(test.name, expectation: index + 1), $0)
                }
            }
        }
    }

    /// Judged where the manifests decide who is a member by them, elsewhere by what the plan leaves
    /// in the store.
    var expectations: Expectations {
        Expectations(
            members: { tenant in
                let management =
                    desired.tenants.first { $0.name == tenant }?.management ?? .authoritative
                let source = management == .authoritative ? state : (final ?? state)
                return source.memberships[tenant] ?? [:]
            },
            users: { code in
                let management = desired.identities.first { $0.code == code }?.management
                let source = management == .authoritative ? state : (final ?? state)
                return source.identityUsers[code] ?? [:]
            })
    }
}
