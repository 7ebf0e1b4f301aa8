package import AccessModel
package import Diagnostics
package import Manifests
import Planning
import Syntax

/// A store as the manifests of a project.
package struct Export: Sendable {
    package var project: Project
    package var origin: ObservedState.Origin?
    /// By path.
    package var files: [ManifestFile]
    /// What the store has and the files lack, and what to look at, a sentence each.
    package var remarks: [String]

    /// What no store has, so that no export can write it.
    package static let livesInManifests =
        "Not in a store, so left out: expires, reason, grantedBy, management, minDelegatedAdmins, "
        + "formerly, bundles, policies, access tests, ignore and limits."

    package enum Problem: Error, Sendable {
        /// The store holds what the language refuses: somebody wrote it there without Muster.
        case unwritable([ResolvedDiagnostic])
        /// A plan against the files would change these.
        case changes([Address])
    }
}

/// The manifests that a plan finds nothing to change by, whatever the store holds.
///
/// They are read back and planned as the operator before anybody gets them. What of a project the
/// store keeps (guards, delivery, invitations) is as the store has it, so that the operator's plan
/// has no W224; where the store breaks a floor of its own, or waits to send an invitation again,
/// the setting gives way, and a remark says so.
///
/// - Parameter project: the name, the store, and what the store does not keep.
package func exported(
    _ observed: ObservedState, as project: Project, now: Instant
) -> Result<Export, Export.Problem> {
    var state = DesiredState(
        restating: observed, project: project.restating(observed.settings))
    state.project.ignore = []
    state.project.limits = [:]
    var remarks: [String] = []
    state.quieten(observed, now: now, &remarks)
    remarks += state.losses(of: observed)

    let comment =
        [
            "Written by `muster export`"
                + (observed.origin.map { " from store \($0.id), serial \($0.serial)." } ?? ".")
        ]
        + wrapped(Export.livesInManifests) + remarks.flatMap(wrapped)
    let files = manifestFiles(of: state, comment: comment)
    let loaded = load(
        files.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }, limits: Limits(),
        now: now)
    let errors = loaded.diagnostics.map(loaded.sources.resolved).filter(\.isError)
    guard let desired = loaded.desired, errors.isEmpty else { return .failure(.unwritable(errors)) }
    let plan = plan(
        PlanRequest(desired: desired, observed: observed, actor: .platformOperator, now: now))
    let refusals = plan.findings.filter(\.isError).map { loaded.resolved($0) }
    guard refusals.isEmpty else { return .failure(.unwritable(refusals)) }
    guard plan.changes.isEmpty else { return .failure(.changes(plan.changes.map(\.address))) }
    return .success(
        Export(
            project: state.project, origin: observed.origin, files: files,
            remarks: [Export.livesInManifests] + remarks))
}

extension DesiredState {
    /// Lets the settings give way that would ask for something at once.
    fileprivate mutating func quieten(
        _ observed: ObservedState, now: Instant, _ remarks: inout [String]
    ) {
        renewsInvitations = true
        let resends = plan(
            PlanRequest(desired: self, observed: observed, actor: .platformOperator, now: now)
        ).changes.compactMap { change -> Int? in
            guard case .resendInvitation(let scope, _) = change.action else { return nil }
            return observed.invitations[scope]?.automaticResends ?? 0
        }
        if let least = resends.min() {
            let usual = project.invitations.resendAfterExpiry
            project.invitations.resendAfterExpiry = least
            let what =
                resends.count == 1 ? "1 invitation has" : "\(resends.count) invitations have"
            remarks.append(
                "resendAfterExpiry is \(least) and not \(usual), because \(what) expired and would "
                    + "be sent again.")
        }
        for finding in desiredFindings(self, at: now) {
            switch finding.address {
            case .tenant(let name) where finding.code == "E271":
                let active = memberships.count {
                    $0.tenant == name && !$0.grants.permissions.isEmpty
                }
                guard let index = tenants.firstIndex(where: { $0.name == name }) else { continue }
                tenants[index].minDelegatedAdmins = active
                remarks.append(
                    "minDelegatedAdmins of \(name) is \(active), because it has no more.")
            case .identity(let code) where finding.code == "E282":
                let active = identityUsers.count {
                    $0.identity == code && $0.admin && $0.enabled != false
                }
                guard active < project.guards.minIdentityAdmins ?? 0 else { continue }
                project.guards.minIdentityAdmins = active
                remarks.append(
                    "minIdentityAdmins is \(active), because \(code) has no more.")
            default: continue
            }
        }
    }

    /// What this state cannot say of the store.
    fileprivate func losses(of observed: ObservedState) -> [String] {
        var losses: [String] = []
        let system = observed.identities.values.filter(\.system).map(\.code.text).sorted()
        if !system.isEmpty {
            losses.append("System identities are left out: \(system.joined(separator: ", ")).")
        }
        for tenant in tenants where tenant.availableRoles == nil {
            losses.append(
                "availableRoles of \(tenant.name) is left out, because somebody there holds a role "
                    + "that is not available.")
        }
        let rules = observed.settings.keys.count {
            $0.hasPrefix("policy ") || $0.hasPrefix("access test ")
        }
        if rules > 0 {
            let subject =
                rules == 1 ? "1 policy or access test is" : "\(rules) policies and access tests are"
            losses.append("\(subject) in force and must be taken over by hand: W279 names them.")
        }
        return losses
    }
}

/// A sentence as lines of a comment.
private func wrapped(_ text: String) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
        let line = lines[lines.count - 1]
        if line.isEmpty {
            lines[lines.count - 1] = String(word)
        } else if line.utf8.count + 1 + word.utf8.count > 96 {
            lines.append("  " + word)
        } else {
            lines[lines.count - 1] = line + " " + word
        }
    }
    return lines
}

extension Export {
    /// All files as one stream of documents: a project of one file.
    package var stream: String {
        // `muster.yaml` first, as a reader expects it.
        let ordered =
            files.filter { $0.path == "muster.yaml" } + files.filter { $0.path != "muster.yaml" }
        return ordered.map(\.text).joined(separator: "---\n")
    }
}
