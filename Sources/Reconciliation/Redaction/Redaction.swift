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

    package func redacted(_ report: PlanReport) -> PlanReport {
        var redacted = report
        redacted.redactedID = pseudonyms.digest(PlanDocument.id(of: report))
        redacted.project = pseudonyms.name(.project, report.project)
        redacted.base.digest = pseudonyms.digest(report.base.digest)
        redacted.manifests.digest = pseudonyms.digest(report.manifests.digest)
        redacted.plan = self.redacted(report.plan)
        redacted.sources = report.sources.map { $0.map(self.redacted) }
        redacted.comments = report.comments.map { $0.map { pseudonyms.name(.reason, $0) } }
        redacted.findings = self.redacted(report.findings)
        redacted.drift = report.drift.map(self.redacted)
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
        var redacted = plan
        redacted.actor = self.redacted(plan.actor)
        redacted.findings = []
        redacted.changes = plan.changes.map { change in
            var redacted = change
            redacted.action = self.redacted(change.action)
            redacted.actor = self.redacted(change.actor)
            return redacted
        }
        redacted.notes = plan.notes.map { note in
            // A finding about something else begins with its code.
            let code = note.kind == .outOfScope ? note.message.prefix { $0 != ":" } : ""
            return PlanNote(
                kind: note.kind, address: self.redacted(note.address),
                message: headline(String(code)).map { "\(code): \($0)." } ?? "")
        }
        return redacted
    }

    func redacted(_ actor: Actor) -> Actor {
        switch actor {
        case .platformOperator: .platformOperator
        case .person(let email): .person(pseudonyms.email(email))
        }
    }

    /// The project's own file has one name everywhere.
    private func redacted(_ location: Location) -> Location {
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
