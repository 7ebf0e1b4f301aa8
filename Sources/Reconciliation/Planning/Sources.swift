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
