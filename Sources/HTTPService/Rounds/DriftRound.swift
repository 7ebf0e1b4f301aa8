internal import AccessModel
internal import Diagnostics
internal import Invitations
internal import Logging
internal import Presentation
internal import Reconciliation
internal import Storage

/// Looks for drift, and tells whoever is to know when it is not what was told before.
struct DriftRound: Sendable {
    let desk: Desk
    let watch: DriftWatch

    func go() async {
        let (sight, duration) = await timed { await look() }
        desk.figures.driftCheck(
            sight?.report, at: desk.ports.context(.platformOperator).now.seconds, duration)
        guard let sight else { return }
        if sight.haveManifestsTurned { tellOfManifests(sight.report) }
        var told = sight.news.intersection(ways)
        guard !told.isEmpty else { return }
        if told.contains(.log) {
            desk.logger.log(
                level: sight.report.hasDrift ? .warning : .notice, "drift",
                metadata: ["objects": "\(sight.report.open.count)"])
        }
        if told.contains(.webhook), let webhook = desk.ports.webhook,
            let reason = await desk.threads.run({ webhook(Array(sight.report.json.utf8)) })
        {
            desk.logger.error("drift webhook", metadata: ["reason": "\(reason)"])
            told.remove(.webhook)
        }
        if told.contains(.mail), let email = desk.settings.driftMail,
            let reason = await mail(sight, to: email)
        {
            desk.logger.error("drift mail", metadata: ["reason": "\(reason)"])
            told.remove(.mail)
        }
        if await !watch.keepTold(sight, told) {
            desk.logger.warning(
                "what was told of drift cannot be kept; after a restart it is told again")
        }
    }

    /// The service goes on with what it read when it started; drift is told without its course.
    private func tellOfManifests(_ report: DriftReport) {
        guard let first = report.errors.first else {
            desk.logger.notice("manifests are valid again")
            return
        }
        desk.logger.warning(
            "manifests are invalid",
            metadata: ["errors": "\(report.errors.count)", "first": "\(first.code)"])
    }

    private var ways: Set<DriftWatch.Way> {
        var ways: Set<DriftWatch.Way> = [.log]
        if desk.ports.webhook != nil { ways.insert(.webhook) }
        if desk.settings.driftMail != nil { ways.insert(.mail) }
        return ways
    }

    private func look() async -> DriftWatch.Sight? {
        let found: Result<DriftWatch.Sight, StoreError> = await desk.threads.run {
            do throws(StoreError) {
                return .success(try await watch.look())
            } catch {
                return .failure(error)
            }
        }
        switch found {
        case .success(let sight): return sight
        case .failure(let error):
            desk.logger.error(
                "drift check failed", metadata: ["reason": "\(error.diagnostic.headline)"])
            return nil
        }
    }

    /// `nil` when it went, else why not.
    private func mail(_ sight: DriftWatch.Sight, to email: EmailAddress) async -> String? {
        guard let open = desk.ports.transport else { return "there is no transport" }
        let report = sight.report
        let count = report.open.count
        let subject =
            report.hasDrift
            ? "Drift in \(report.project): \(count) \(count == 1 ? "object" : "objects")"
            : "Drift in \(report.project) is gone"
        let message = notice(
            to: email, from: desk.ports.project.sender, subject: subject,
            text: report.text(style: .plain, verbose: false),
            id: "drift" + sight.mark.prefix(32) + String(report.origin.serial),
            at: desk.ports.context(.platformOperator).now)
        return await desk.threads.run { await send(message, by: open) }
    }

    private func send(
        _ message: OutgoingMessage, by open: ServicePorts.Transport
    ) async -> String? {
        let transport: any MailTransport
        do throws(DeliveryProblem) { transport = try open() } catch { return error.reason }
        do throws(DeliveryError) {
            try await transport.send(message)
            try await transport.settle()
            return nil
        } catch {
            return error.reason
        }
    }
}
