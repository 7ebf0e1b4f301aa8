import AccessModel
import Diagnostics
import Manifests
import Planning

extension LoadedManifests {
    /// Where the declaration is that asks for a change; `nil` when nothing declares it.
    func source(of change: Change) -> Location? {
        switch change.action {
        case .deleteAccount: nil
        default: span(of: change.address).map(sources.location(of:))
        }
    }

    /// A planner's finding, with the lines that it is about.
    func resolved(_ finding: Finding) -> ResolvedDiagnostic {
        sources.resolved(
            Diagnostic(
                finding.code, subject: finding.address.text, message: finding.message,
                help: finding.help, at: span(of: finding.address),
                notes: finding.related.compactMap { address in
                    span(of: address).map {
                        Diagnostic.Note("\(address.text) is declared here", at: $0)
                    }
                }))
    }

    /// All of them, but no more than twenty errors of one file that say a policy or an access test
    /// is violated, the first ones: a file can hold a hundred thousand tests.
    func resolved(_ findings: [Finding]) -> [ResolvedDiagnostic] {
        var violations: [FileID: [(span: Span, finding: Finding)]] = [:]
        var resolved: [ResolvedDiagnostic] = []
        for finding in findings {
            if finding.isError, finding.code.hasPrefix("E29"), let span = span(of: finding.address)
            {
                violations[span.file, default: []].append((span, finding))
            } else {
                resolved.append(self.resolved(finding))
            }
        }
        for (file, violations) in violations.sorted(by: { $0.key < $1.key }) {
            let ordered = violations.sorted {
                ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end)
            }
            let shown = Diagnostic.shownOfFile
            resolved += ordered.prefix(shown).map { self.resolved($0.finding) }
            guard ordered.count > shown else { continue }
            let rest = ordered.count - shown
            resolved.append(
                sources.resolved(
                    Diagnostic(
                        ordered[shown].finding.code, subject: sources[file].path,
                        message: rest == 1
                            ? "has one more such error that is not shown."
                            : "has \(rest) more such errors that are not shown.",
                        help: "Fix the first \(shown) and run again.", at: ordered[shown].span)))
        }
        return resolved
    }

    /// Where an address is declared; `nil` when nothing declares it.
    func location(of address: Address) -> Location? {
        span(of: address).map(sources.location(of:))
    }

    /// The span of the nearest declaration: a grant's own line, else its membership's.
    private func span(of address: Address) -> Span? {
        if let span = provenance[address] { return span }
        switch address {
        case .grant(let tenant, let email, _): return provenance[.membership(tenant, email)]
        case .availableRole(let tenant, _): return provenance[.tenant(tenant)]
        case .policy(let name, rule: .some): return provenance[.policy(name, rule: nil)]
        case .accessTest(let name, expectation: .some):
            return provenance[.accessTest(name, expectation: nil)]
        default: return nil
        }
    }
}
