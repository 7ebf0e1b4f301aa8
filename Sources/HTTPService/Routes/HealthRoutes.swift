internal import Hummingbird
internal import Logging
internal import Presentation
internal import Reconciliation
internal import Storage
internal import Synchronization

/// What machines ask: does the process live, could it answer an invitation, and how things stand.
struct HealthRoutes: Sendable {
    let desk: Desk
    private let readiness: ReadinessProbe

    init(desk: Desk) {
        self.desk = desk
        readiness = ReadinessProbe(desk)
    }

    func health() -> Response { desk.text("alive\n") }

    func ready() async -> Response {
        guard let reason = await readiness.reason() else { return desk.text("ready\n") }
        var response = desk.text("not ready: \(reason)\n", .serviceUnavailable)
        response.headers[.retryAfter] = "5"
        return response
    }

    func metrics() async -> Response {
        let counted: StoreFigures? = await desk.threads.run {
            try? await desk.counter.figures()
        }
        var response = desk.text(
            desk.figures.text(of: counted, version: desk.settings.version))
        response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
        return response
    }
}

/// Asks the store whether it is ready: once for all who ask within a second, and never longer than
/// a little under two.
private actor ReadinessProbe {
    private static let patience = Duration.milliseconds(1_800)
    private static let freshness = Duration.seconds(1)

    private let desk: Desk
    private let readiness: Readiness
    private var latest: (at: ContinuousClock.Instant, answer: Task<String?, Never>)?
    private var said: String?

    init(_ desk: Desk) {
        self.desk = desk
        readiness = Readiness(desk.ports)
    }

    /// In a word or two; `nil` when it is ready.
    func reason() async -> String? {
        if let latest, latest.at.duration(to: .now) < Self.freshness {
            return await latest.answer.value
        }
        let (readiness, threads) = (readiness, desk.threads)
        let answer = Task<String?, Never> {
            let (answers, speaker) = AsyncStream<StoreError?>.makeStream()
            Task(executorPreference: threads) { speaker.yield(await readiness.problem()) }
            let alarm = Task {
                try await Task.sleep(for: Self.patience)
                speaker.finish()
            }
            defer { alarm.cancel() }
            for await problem in answers { return problem?.word }
            return "slow"
        }
        latest = (.now, answer)
        let reason = await answer.value
        if reason != said {
            said = reason
            desk.logger.log(
                level: reason == nil ? .notice : .warning, "readiness",
                metadata: ["state": "\(reason ?? "ready")"])
        }
        return reason
    }
}

extension StoreError {
    /// Without the store's place, which strangers need not know.
    fileprivate var word: String {
        switch self {
        case .absent: "no store"
        case .unreachable: "unreachable"
        case .notAStore, .damaged: "damaged"
        case .newer: "newer schema"
        case .insecure, .trackedByGit: "insecure"
        case .locked: "locked"
        case .readOnly: "read-only"
        case .full: "full"
        case .stale, .outcomeUnknown, .clock, .taken, .failed: "failed"
        }
    }
}
