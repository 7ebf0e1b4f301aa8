internal import AccessModel
internal import CoreMetrics
internal import Metrics
internal import Reconciliation
internal import Storage

/// What `/metrics` tells: of the requests, of the rounds, and of the store when it is asked.
struct ServiceFigures: Sendable {
    let registry = Registry()

    func request(_ route: String, _ method: String, _ status: Int, _ duration: Duration) {
        Counter(
            label: "muster_http_requests_total",
            dimensions: [("route", route), ("method", method), ("status", "\(status)")],
            factory: registry
        ).increment()
        record(duration, of: "muster_http_request_duration_seconds", [("route", route)])
    }

    /// An invitation was answered, one way or another.
    func answer(_ outcome: String, _ duration: Duration) {
        Counter(
            label: "muster_invitation_answers_total", dimensions: [("outcome", outcome)],
            factory: registry
        ).increment()
        record(duration, of: "muster_invitation_answer_duration_seconds", [])
    }

    func driftCheck(_ report: DriftReport?, at seconds: Int64, _ duration: Duration) {
        record(duration, of: "muster_drift_check_duration_seconds", [])
        guard let report else {
            Counter(label: "muster_drift_check_failures_total", factory: registry).increment()
            return
        }
        set("muster_drift_check_timestamp_seconds", Double(seconds))
        set("muster_overdue_entries", Double(report.overdue.count))
        set("muster_manifests_invalid", report.errors.isEmpty ? 0 : 1)
    }

    func delivery(_ round: Postman.Round?, _ duration: Duration) {
        record(duration, of: "muster_delivery_duration_seconds", [])
        guard let round else {
            Counter(label: "muster_delivery_failures_total", factory: registry).increment()
            return
        }
        Counter(label: "muster_letters_sent_total", factory: registry)
            .increment(by: Int64(round.sent))
    }

    /// - Parameter figures: `nil` when the store cannot be read.
    func text(of figures: StoreFigures?, version: String) -> String {
        set("muster_build_info", 1, [("version", version)])
        set("muster_store_up", figures == nil ? 0 : 1)
        if let figures { set(figures) }
        return registry.text(help: Self.help)
    }

    private func set(_ figures: StoreFigures) {
        set("muster_store_serial", Double(figures.serial))
        set("muster_accounts", Double(figures.accounts))
        for kind in RunRecord.Kind.allCases {
            let runs = figures.runs[kind] ?? StoreFigures.Runs()
            let label = [("kind", kind.rawValue)]
            total("muster_runs_total", runs.count, label)
            total("muster_changes_total", runs.changes, label)
            if let at = runs.lastAt {
                set("muster_last_run_timestamp_seconds", Double(at.seconds), label)
            }
        }
        set("muster_outbox_letters", Double(figures.waitingLetters), [("state", "waiting")])
        set(
            "muster_outbox_letters", Double(figures.undeliverableLetters),
            [("state", "undeliverable")])
        set("muster_outbox_oldest_age_seconds", Double(figures.outboxAge))
        set("muster_invitations", Double(figures.pending), [("state", "pending")])
        set("muster_invitations", Double(figures.expired), [("state", "expired")])
        set("muster_invitations", Double(figures.ended), [("state", "ended")])
        set("muster_drift_objects", Double(figures.foreignChanges))
        set("muster_recorder_faults", Double(figures.recorderFaults))
    }

    private func set(_ name: String, _ value: Double, _ dimensions: [(String, String)] = []) {
        Recorder(label: name, dimensions: dimensions, aggregate: false, factory: registry)
            .record(value)
    }

    /// A number that the store counts, and that never falls there.
    private func total(_ name: String, _ value: Int, _ dimensions: [(String, String)]) {
        let counter = Counter(label: name, dimensions: dimensions, factory: registry)
        counter.reset()
        counter.increment(by: Int64(value))
    }

    private func record(_ duration: Duration, of name: String, _ dimensions: [(String, String)]) {
        Metrics.Timer(label: name, dimensions: dimensions, factory: registry)
            .recordNanoseconds(
                duration.components.seconds * 1_000_000_000
                    + duration.components.attoseconds / 1_000_000_000)
    }

    static let help = [
        "muster_accounts": "Accounts in the store.",
        "muster_build_info": "The version of the program.",
        "muster_changes_total": "Audited steps of all runs of the store, by the kind of run.",
        "muster_delivery_duration_seconds": "How long a round of delivery took.",
        "muster_delivery_failures_total": "Rounds of delivery that could not begin.",
        "muster_drift_check_duration_seconds": "How long a scheduled drift check took.",
        "muster_drift_check_failures_total": "Scheduled drift checks that failed.",
        "muster_drift_check_timestamp_seconds": "When drift was last looked for.",
        "muster_drift_objects": "Objects that others changed since Muster last wrote them.",
        "muster_http_request_duration_seconds": "How long requests took, by route.",
        "muster_http_requests_total": "Requests answered, by route, method and status.",
        "muster_invitation_answer_duration_seconds":
            "How long it took to accept or decline an invitation.",
        "muster_invitation_answers_total": "Answers to invitations, by outcome.",
        "muster_invitations":
            "Places that wait for their person: pending, expired, or ended by a no, by hand or by "
            + "undeliverable mail.",
        "muster_last_run_timestamp_seconds": "When the last run of a kind was.",
        "muster_letters_sent_total": "Letters that this process delivered.",
        "muster_manifests_invalid": "1 when the manifests were invalid at the last drift check.",
        "muster_outbox_letters": "Letters of the outbox.",
        "muster_outbox_oldest_age_seconds": "How long the oldest waiting letter has waited.",
        "muster_overdue_entries": "Entries past their end that are still in the store.",
        "muster_recorder_faults": "Reasons why there may be more drift than is recorded (W286).",
        "muster_runs_total": "Runs of the store, by kind.",
        "muster_store_serial": "The store's serial.",
        "muster_store_up": "1 when the store could be read.",
    ]
}
