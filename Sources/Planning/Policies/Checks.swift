package import AccessModel

/// One rule of a policy, or one expectation of an access test, as it was found.
package struct Check: Hashable, Sendable {
    /// `policy:NAME#rule:N` or `test:NAME#expect:N`.
    package var address: Address
    /// What should be so, as a phrase.
    package var expected: String
    /// What is otherwise; nothing when all is as it should be.
    package var failures: [Finding]
    /// What a reader should know of a check that passes.
    package var remarks: [String]

    package var passes: Bool { failures.isEmpty }
}

/// A policy or an access test with its checks, in their order.
package struct CheckGroup: Hashable, Sendable {
    package var address: Address
    package var checks: [Check]
}

/// Every policy and access test, judged on what the manifests describe.
package func checks(of desired: DesiredState, at: Instant) -> [CheckGroup] {
    let check = DesiredCheck(desired, at: at)
    let violations = desired.tenants.filter { $0.presence == .present }
        .flatMap { check.violations(in: $0) }
    let known = Set(desired.admins.map(\.email)).union(desired.memberships.map(\.email))
        .union(desired.identityUsers.map(\.email))
    return groups(of: desired, violations, check.expectations) { expectation in
        // A test of somebody who is misspelt passes as long as it only says what is lacking.
        guard case .holds(let email, _, _, _) = expectation, !known.contains(email) else {
            return []
        }
        return ["\(email) is declared nowhere"]
    }
}

/// The same, judged on what the store holds, whatever the manifests say of who is a member.
///
/// Declared ends count (`minHolders`, `requireExpiry`), and so do declared reasons, which no store
/// has. Judged are the tenants that the manifests declare or this project applied before; a tenant
/// that is to be deleted is exempt. Renames count as done.
package func checks(
    of desired: DesiredState, at: Instant, in store: ObservedState
) -> [CheckGroup] {
    var store = store
    store.rename(to: desired)
    let judge = PolicyJudge(
        desired, declarations: Declarations(desired, at: at), at: at)
    let absent = Set(desired.tenants.filter { $0.presence != .present }.map(\.name))
    let declared = Set(desired.tenants.map(\.name))
    let violations = store.tenants.keys.sorted()
        .filter { declared.contains($0) || store.managed.contains(.tenant($0)) }
        .filter { !absent.contains($0) }
        .flatMap { judge.violations(in: $0, store) }
    return groups(of: desired, violations, Expectations(in: store)) { expectation in
        expectation.supports.compactMap { scope in
            guard let account = store.accounts[scope.email], store.contains(scope.address) else {
                return nil
            }
            if account.blocked { return "\(scope.email) is blocked" }
            return store.isPending(scope) ? "\(scope.email) has not accepted yet" : nil
        }
    }
}

private func groups(
    of desired: DesiredState, _ violations: [PolicyJudge.Violation], _ expectations: Expectations,
    remarks: (AccessTest.Expectation) -> [String]
) -> [CheckGroup] {
    let byRule = Dictionary(grouping: violations, by: \.rule.rule).mapValues { $0.map(\.finding) }
    let policies = desired.policies.map { policy in
        CheckGroup(
            address: .policy(policy.name, rule: nil),
            checks: policy.rules.enumerated().map { index, rule in
                let address = Address.policy(policy.name, rule: index + 1)
                return Check(
                    address: address, expected: policy.expected(rule),
                    failures: byRule[address] ?? [], remarks: [])
            })
    }
    let tests = desired.accessTests.map { test in
        CheckGroup(
            address: .accessTest(test.name, expectation: nil),
            checks: test.expectations.enumerated().map { index, expectation in
                let address = Address.accessTest(test.name, expectation: index + 1)
                return Check(
                    address: address, expected: expectation.expected,
                    failures: expectations.failure(of: expectation)
                        .map { [.expectationFails(address, $0)] } ?? [],
                    remarks: remarks(expectation))
            })
    }
    return policies + tests
}

extension ObservedState {
    /// Names as they will be: what is declared under a new name stands under it.
    fileprivate mutating func rename(to desired: DesiredState) {
        for role in desired.roles where roles[role.role.name] == nil {
            guard let old = role.formerly.first(where: { roles[$0] != nil }) else { continue }
            renameRole(old, to: role.role.name)
        }
        for tenant in desired.tenants where tenants[tenant.name] == nil {
            guard let old = tenant.formerly.first(where: { tenants[$0] != nil }) else { continue }
            renameTenant(old, to: tenant.name)
        }
        for identity in desired.identities where identities[identity.code] == nil {
            guard let old = identity.formerly.first(where: { identities[$0] != nil }) else {
                continue
            }
            renameIdentity(old, to: identity.code)
        }
    }

    fileprivate func isPending(_ scope: Scope) -> Bool {
        switch scope {
        case .membership(let tenant, let email): membership(of: email, in: tenant)?.pending == true
        case .identityUser(let code, let email): user(email, of: code)?.pending == true
        }
    }
}
