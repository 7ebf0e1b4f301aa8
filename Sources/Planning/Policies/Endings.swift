import AccessModel

/// W146: what will no longer hold when declared entries expire, told while there is time.
///
/// A floor, a `minHolders` and an access test are told once, at the first expiry that breaks them;
/// what is broken already is an error of its own. Where nothing is changed nothing is removed.
struct Endings {
    let desired: DesiredState
    let declarations: Declarations
    let judge: PolicyJudge
    let state: ObservedState
    let expectations: Expectations

    func findings(in tenant: DesiredTenant) -> [Finding] {
        switch tenant.management {
        case .authoritative: requiredAdmins(in: tenant) + minima(in: tenant)
        // Undeclared members may be there as well, so that nobody can count.
        case .additive: requiredAdmins(in: tenant)
        case .observe: []
        }
    }

    // MARK: - Tenants

    /// Members of the tenant whose end is declared, by it.
    private func ends(in tenant: TenantName) -> [(email: EmailAddress, at: Instant)] {
        (state.memberships[tenant] ?? [:]).keys.compactMap { email in
            declarations.expiry(of: email, in: tenant).map { (email, $0) }
        }.sorted { ($0.at, $0.email) < ($1.at, $1.email) }
    }

    private func requiredAdmins(in tenant: DesiredTenant) -> [Finding] {
        let name = tenant.name
        return desired.project.guards.requiredAdmins.compactMap { email in
            guard state.membership(of: email, in: name) != nil,
                let end = declarations.expiry(of: email, in: name)
            else { return nil }
            return .willBreak(
                .membership(name, email), at: end, "a required admin leaves \(name)",
                related: [.project])
        }
    }

    /// Delegated admins, active holders of each permission, `minHolders`.
    private func minima(in tenant: DesiredTenant) -> [Finding] {
        let name = tenant.name
        let ends = ends(in: name)
        guard !ends.isEmpty else { return [] }
        var remaining = Remaining(state.memberships[name] ?? [:], judge.minima(in: name))
        let floor = desired.delegatedAdminFloor(of: name)
        let setter = tenant.minDelegatedAdmins == nil ? Address.project : .tenant(name)
        let isStated =
            (tenant.minDelegatedAdmins ?? desired.project.guards.minDelegatedAdmins) != nil
        var isLow = remaining.delegated < floor
        var findings: [Finding] = []
        for (email, end) in ends {
            let address = Address.membership(name, email)
            let held = remaining.remove(email)
            let lost = (held?.permissions ?? []).filter { remaining.holders[$0] == 0 }
            if !isLow, remaining.delegated < floor {
                isLow = true
                findings.append(
                    .willBreak(
                        address, at: end,
                        "\(name) has fewer than \(Finding.count(floor, "delegated admin"))",
                        related: isStated ? [setter] : []))
            } else if !isLow, !lost.isEmpty {
                let names = lost.map(\.text).joined(separator: ", ")
                findings.append(.willBreak(address, at: end, "nobody holds \(names) on \(name)"))
            }
            findings += remaining.brokenMinima(of: name).map { rule, message in
                .willBreak(address, at: end, message, related: [rule])
            }
        }
        return findings
    }

    // MARK: - Identities

    /// The first expiry after which an identity has too few admins.
    func findings(in identity: DesiredIdentity) -> [Finding] {
        guard identity.management == .authoritative else { return [] }
        let code = identity.code
        var admins = Set(
            (state.identityUsers[code] ?? [:]).filter { $0.value.admin && $0.value.enabled }.keys)
        let stated = desired.project.guards.minIdentityAdmins
        let floor = stated ?? 1
        let ends = admins.compactMap { email in
            declarations.expiry(of: email, of: code).map { (email, $0) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        guard admins.count >= floor else { return [] }
        for (email, end) in ends {
            admins.remove(email)
            guard admins.count < floor else { continue }
            let what = "\(code) has fewer than \(Finding.count(floor, "admin"))"
            return [
                .willBreak(
                    .identityUser(code, email), at: end, what,
                    related: stated == nil ? [] : [.project])
            ]
        }
        return []
    }

    // MARK: - Access tests

    /// Tests that hold today and name somebody who leaves.
    func ofTests() -> [Finding] {
        desired.accessTests.flatMap { test in
            test.expectations.enumerated().compactMap { index, expectation -> Finding? in
                let ends = expectation.supports.compactMap { scope in
                    end(of: scope).map { (at: $0, address: scope.address) }
                }
                guard let first = ends.min(by: { ($0.at, $0.address) < ($1.at, $1.address) }),
                    expectations.failure(of: expectation) == nil
                else { return nil }
                return .willFail(
                    first.address, at: first.at,
                    .accessTest(test.name, expectation: index + 1), named: test.name)
            }
        }
    }

    /// When a place ends for which the manifests decide.
    private func end(of scope: Scope) -> Instant? {
        switch scope {
        case .membership(let tenant, let email):
            let management = desired.tenants.first { $0.name == tenant }?.management
            guard management != .observe, state.membership(of: email, in: tenant) != nil else {
                return nil
            }
            return declarations.expiry(of: email, in: tenant)
        case .identityUser(let code, let email):
            let management = desired.identities.first { $0.code == code }?.management
            guard management != .observe, state.user(email, of: code) != nil else { return nil }
            return declarations.expiry(of: email, of: code)
        }
    }
}
