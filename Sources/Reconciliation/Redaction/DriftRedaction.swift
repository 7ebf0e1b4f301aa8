internal import AccessModel
internal import Storage

extension Redaction {
    /// Made anew part by part, as the report of a plan is.
    package func redacted(_ report: DriftReport) -> DriftReport {
        DriftReport(
            project: pseudonyms.name(.project, report.project), origin: report.origin,
            since: report.since.map(redacted), items: report.items.map(redacted),
            recorder: redacted(report.recorder), overdue: report.overdue.map { redacted($0) },
            refusals: report.refusals, errors: redacted(report.errors))
    }

    private func redacted(_ item: DriftReport.Item) -> DriftReport.Item {
        DriftReport.Item(
            change: redacted(item.change), standing: item.standing, course: item.course,
            kinds: item.kinds, restraint: item.restraint, codes: item.codes,
            source: item.source.map(redacted), isPrivileged: item.isPrivileged)
    }

    /// What it counts stays, and when it was; of the manifests' commit the public knows anyway.
    private func redacted(_ run: RunRecord) -> RunRecord {
        RunRecord(
            number: run.number, kind: run.kind, actor: redacted(actor: run.actor), at: run.at,
            project: pseudonyms.name(.project, run.project),
            systemUser: pseudonyms.name(.user, run.systemUser),
            host: pseudonyms.name(.user, run.host), ci: run.ci.map { pseudonyms.name(.text, $0) },
            commit: run.commit, plan: run.plan.map(pseudonyms.digest), changes: run.changes,
            letters: run.letters)
    }

    private func redacted(actor: String) -> String {
        guard case .success(let email) = EmailAddress.parse(actor) else {
            return actor == Actor.platformOperator.text ? actor : pseudonyms.name(.user, actor)
        }
        return pseudonyms.email(email).canonical
    }
}
