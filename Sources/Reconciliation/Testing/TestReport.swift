package import AccessModel
package import Diagnostics
package import Manifests
internal import Planning

/// What `muster test` found, of the manifests and of the store: every format is made from it.
package struct TestReport: Sendable {
    /// What the checks were made on.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// What the manifests describe.
        case desired
        /// What the store holds.
        case live
    }

    /// A policy or an access test.
    package struct Group: Sendable {
        package enum Kind: String, Hashable, Sendable { case policy, accessTest }

        package var state: State
        package var kind: Kind
        package var name: String
        package var address: Address
        package var location: Location?
        /// Its rules or expectations, in their order.
        package var checks: [Check]

        package init(
            state: State, kind: Kind, name: String, address: Address, location: Location?,
            checks: [Check]
        ) {
            self.state = state
            self.kind = kind
            self.name = name
            self.address = address
            self.location = location
            self.checks = checks
        }

        package var passes: Bool { checks.allSatisfy(\.passes) }
    }

    /// A rule or an expectation.
    package struct Check: Sendable {
        /// Its place in the group, counted from 1.
        package var number: Int
        package var address: Address
        package var location: Location?
        /// What should be so, as a phrase.
        package var expected: String
        /// What is otherwise.
        package var failures: [ResolvedDiagnostic]
        package var remarks: [String]

        package init(
            number: Int, address: Address, location: Location?, expected: String,
            failures: [ResolvedDiagnostic] = [], remarks: [String] = []
        ) {
            self.number = number
            self.address = address
            self.location = location
            self.expected = expected
            self.failures = failures
            self.remarks = remarks
        }

        package var passes: Bool { failures.isEmpty }
    }

    package var project: String
    package var at: Instant
    /// The store that was looked at.
    package var store: ObservedState.Origin?
    /// Of the manifests themselves; with an error among them nothing is checked.
    package var findings: [ResolvedDiagnostic]
    package var groups: [Group]

    package init(
        project: String, at: Instant, store: ObservedState.Origin?, findings: [ResolvedDiagnostic],
        groups: [Group]
    ) {
        self.project = project
        self.at = at
        self.store = store
        self.findings = findings
        self.groups = groups
    }

    package var isValid: Bool { !findings.contains(where: \.isError) }
    package var passes: Bool { isValid && groups.allSatisfy(\.passes) }
    package var checks: [Check] { groups.flatMap(\.checks) }
}

/// Judges the policies and access tests on the desired state, and on a live one where it is given.
package func testReport(
    of loaded: LoadedManifests, live: ObservedState? = nil, at now: Instant
) -> TestReport {
    var report = TestReport(
        project: loaded.desired?.project.name ?? "", at: now, store: live?.origin,
        findings: loaded.diagnostics.map(loaded.sources.resolved), groups: [])
    guard let desired = loaded.desired, report.isValid else { return report }
    report.groups = loaded.groups(checks(of: desired, at: now), .desired)
    if let live { report.groups += loaded.groups(checks(of: desired, at: now, in: live), .live) }
    return report
}

extension LoadedManifests {
    fileprivate func groups(
        _ groups: [CheckGroup], _ state: TestReport.State
    ) -> [TestReport.Group] {
        groups.compactMap { group in
            let kind: TestReport.Group.Kind
            let name: String
            switch group.address {
            case .policy(let text, _): (kind, name) = (.policy, text)
            case .accessTest(let text, _): (kind, name) = (.accessTest, text)
            default: return nil
            }
            let checks = group.checks.enumerated().map { index, check in
                TestReport.Check(
                    number: index + 1, address: check.address,
                    location: location(of: check.address), expected: check.expected,
                    failures: check.failures.map { resolved($0) }, remarks: check.remarks)
            }
            return TestReport.Group(
                state: state, kind: kind, name: name, address: group.address,
                location: location(of: group.address), checks: checks)
        }
    }
}
