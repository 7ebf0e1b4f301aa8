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
            || memberships.contains { $0.expires != nil }
            || identityUsers.contains { $0.expires != nil }
    }
}

private struct DesiredCheck {
    let desired: DesiredState
    let at: Instant
    let final: ObservedState?
    let declarations: Declarations
    let judge: PolicyJudge
    let state: ObservedState

    init(_ desired: DesiredState, at: Instant, final: ObservedState?) {
        self.desired = desired
        self.at = at
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
        for tenant in desired.tenants where tenant.presence == .present {
            let isWhole = tenant.management == .authoritative
            findings += judge.violations(in: tenant.name, state).map(\.finding)
                .filter { isWhole || $0.code != "E293" }
            if isWhole { findings += floor(of: tenant) + expiries(in: tenant) }
        }
        for identity in desired.identities
        where identity.presence == .present && identity.management == .authoritative {
            findings += expiries(in: identity)
        }
        findings += identityFloors() + tests()
        return findings
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

    // MARK: - W146

    /// The first expiry after which a floor or a `minHolders` no longer holds, after which nobody
    /// holds a permission, and that of each required admin.
    private func expiries(in tenant: DesiredTenant) -> [Finding] {
        let name = tenant.name
        let ends = (state.memberships[name] ?? [:]).keys.compactMap { email in
            declarations.expiry(of: email, in: name).map { (email, $0) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        guard !ends.isEmpty else { return [] }
        var remaining = Remaining(state.memberships[name] ?? [:], judge.minima(in: name))
        let floor = desired.delegatedAdminFloor(of: name)
        var isLow = remaining.delegated < floor
        var findings: [Finding] = []
        for (email, instant) in ends {
            let address = Address.membership(name, email)
            let held = remaining.remove(email)
            if !isLow, remaining.delegated < floor {
                isLow = true
                findings.append(
                    .willBreak(
                        address, at: instant,
                        "\(name) has fewer than \(Finding.count(floor, "delegated admin"))"))
            } else if !isLow,
                let lost = held?.permissions.first(where: { remaining.holders[$0] == 0 })
            {
                findings.append(.willBreak(address, at: instant, "nobody holds \(lost) on \(name)"))
            }
            if desired.project.guards.requiredAdmins.contains(email) {
                findings.append(.willBreak(address, at: instant, "a required admin goes"))
            }
            findings += remaining.brokenMinima(of: name).map { message in
                .willBreak(address, at: instant, String(message.dropLast()))
            }
        }
        return findings
    }

    /// The first expiry after which an identity has too few admins.
    private func expiries(in identity: DesiredIdentity) -> [Finding] {
        let code = identity.code
        var admins = Set(
            (state.identityUsers[code] ?? [:]).filter { $0.value.admin && $0.value.enabled }.keys)
        let floor = desired.project.guards.minIdentityAdmins ?? 1
        let ends = admins.compactMap { email in
            declarations.expiry(of: email, of: code).map { (email, $0) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        guard admins.count >= floor else { return [] }
        for (email, instant) in ends {
            admins.remove(email)
            guard admins.count < floor else { continue }
            let what = "\(code) has fewer than \(Finding.count(floor, "admin"))"
            return [.willBreak(.identityUser(code, email), at: instant, what)]
        }
        return []
    }

    // MARK: - Access tests

    private func tests() -> [Finding] {
        desired.accessTests.flatMap { test in
            test.expectations.enumerated().compactMap { index, expectation in
                failure(of: expectation).map {
                    .expectationFails(.accessTest(test.name, expectation: index + 1), $0)
                }
            }
        }
    }

    /// The state that tells who is a member: the manifests where they decide, else what the plan
    /// leaves in the store.
    private func members(of tenant: TenantName) -> [EmailAddress: Membership] {
        let management = desired.tenants.first { $0.name == tenant }?.management ?? .authoritative
        let source = management == .authoritative ? state : (final ?? state)
        return source.memberships[tenant] ?? [:]
    }

    private func failure(of expectation: AccessTest.Expectation) -> String? {
        switch expectation {
        case .holds(let email, let tenant, let holds, let lacks):
            let grants = members(of: tenant)[email]?.grants ?? Grants()
            let missing = holds.filter { !grants.contains($0) }.map(\.name)
            let surplus = lacks.filter { grants.contains($0) }.map(\.name)
            if !missing.isEmpty {
                return "\(email) does not hold \(missing.joined(separator: ", ")) on \(tenant)."
            }
            return surplus.isEmpty
                ? nil : "\(email) holds \(surplus.joined(separator: ", ")) on \(tenant)."
        case .holders(let tenant, let grant, let expected):
            let actual = SortedSet(
                members(of: tenant).filter { $0.value.grants.contains(grant) }.keys)
            return difference("\(grant.name) on \(tenant) is held", expected, actual)
        case .identityAdmins(let code, let expected):
            let management = desired.identities.first { $0.code == code }?.management
            let source = management == .authoritative ? state : (final ?? state)
            let actual = SortedSet((source.identityUsers[code] ?? [:]).filter(\.value.admin).keys)
            return difference("\(code) is administered", expected, actual)
        }
    }

    private func difference(
        _ what: String, _ expected: SortedSet<EmailAddress>, _ actual: SortedSet<EmailAddress>
    ) -> String? {
        guard expected != actual else { return nil }
        var parts: [String] = []
        let missing = expected.subtracting(actual).map(\.canonical)
        let surplus = actual.subtracting(expected).map(\.canonical)
        if !missing.isEmpty { parts.append("without \(missing.joined(separator: ", "))") }
        if !surplus.isEmpty { parts.append("also by \(surplus.joined(separator: ", "))") }
        return "\(what) by others than expected: \(parts.joined(separator: "; "))."
    }
}
