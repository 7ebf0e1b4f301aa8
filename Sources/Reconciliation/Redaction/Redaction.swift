internal import AccessModel
package import Diagnostics
internal import Planning

/// A report as the public may see it: what people chose and wrote is replaced by pseudonyms, in the
/// value, so that every format says the same and no sentence of ours carries a name past it.
///
/// What stays: codes, kinds, states, counts, places within files, times, the domains of addresses,
/// and the permissions that always exist. Sentences of findings and notes are made anew from their
/// codes: they may quote anything.
package struct Redaction: Sendable {
    let pseudonyms: Pseudonyms
    /// What a diagnostic code is about, in words that quote nothing.
    private let headline: @Sendable (String) -> String?

    /// - Parameter key: one key, one set of pseudonyms.
    package init(key: [UInt8], headline: @escaping @Sendable (String) -> String?) {
        pseudonyms = Pseudonyms(key: key)
        self.headline = headline
    }

    /// Every value is made anew from its parts: what is added to a report one day is left out until
    /// it is decided about here.
    package func redacted(_ report: PlanReport) -> PlanReport {
        var redacted = PlanReport(
            project: pseudonyms.name(.project, report.project),
            base: .init(
                store: report.base.store, serial: report.base.serial,
                digest: pseudonyms.digest(report.base.digest)),
            manifests: .init(
                digest: pseudonyms.digest(report.manifests.digest),
                commit: report.manifests.commit, files: report.manifests.files),
            plan: self.redacted(report.plan), sources: report.sources.map { $0.map(self.redacted) },
            comments: report.comments.map { $0.map { pseudonyms.name(.reason, $0) } },
            findings: self.redacted(report.findings), drift: report.drift.map(self.redacted),
            applicable: report.applicable)
        redacted.isComparison = report.isComparison
        redacted.redactedID = pseudonyms.digest(PlanDocument.id(of: report))
        redacted.earlierRemovals = Dictionary(
            report.earlierRemovals.map { (self.redacted($0), $1) },
            uniquingKeysWith: { first, _ in first })
        return redacted
    }

    package func redacted(_ findings: [ResolvedDiagnostic]) -> [ResolvedDiagnostic] {
        findings.map { finding in
            ResolvedDiagnostic(
                code: finding.code, severity: finding.severity,
                subject: redactedSubject(finding.subject), message: sentence(on: finding.code),
                help: "`muster explain \(finding.code)` says more.",
                location: finding.location.map(redacted),
                notes: finding.notes.map { note in
                    ResolvedDiagnostic.Note(
                        message: "this belongs to it", location: note.location.map(redacted))
                })
        }
    }

    private func redacted(_ plan: Plan) -> Plan {
        Plan(
            actor: redacted(plan.actor), at: plan.at, allow: plan.allow,
            changes: plan.changes.map { change in
                Change(
                    id: change.id, action: redacted(change.action), actor: redacted(change.actor),
                    reason: change.reason, mail: change.mail, privileged: change.privileged,
                    dependsOn: change.dependsOn)
            },
            notes: plan.notes.map { note in
                // A finding about something else begins with its code.
                let code = note.kind == .outOfScope ? note.message.prefix { $0 != ":" } : ""
                return PlanNote(
                    kind: note.kind, address: redacted(note.address),
                    message: headline(String(code)).map { "\(code): \($0)." } ?? "")
            },
            summary: plan.summary, complete: plan.complete)
    }

    func redacted(_ actor: Actor) -> Actor {
        switch actor {
        case .platformOperator: .platformOperator
        case .person(let email): .person(pseudonyms.email(email))
        }
    }

    /// The project's own file has one name everywhere.
    func redacted(_ location: Location) -> Location {
        Location(
            file: location.file == FileName.project
                ? location.file : pseudonyms.name(.file, location.file) + ".yaml",
            line: location.line, column: location.column)
    }

    private func sentence(on code: String) -> String {
        headline(code).map { "\($0)." } ?? "the details are left out."
    }

    /// An address, a kind with its key, or whatever else a finding names.
    private func redactedSubject(_ subject: String) -> String {
        if subject.isEmpty || subject == "document" { return subject }
        if let address = Address(planText: subject) { return redacted(address).text }
        if case .success(let email) = EmailAddress.parse(subject) {
            return pseudonyms.email(email).canonical
        }
        return pseudonyms.name(.text, subject)
    }
}
