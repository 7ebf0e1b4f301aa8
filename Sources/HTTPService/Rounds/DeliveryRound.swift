internal import AccessModel
internal import Invitations
internal import Logging
internal import Presentation
internal import Reconciliation
internal import ServiceLifecycle

/// Carries the letters whose time has come. It claims them, and holds no lock while a relay is
/// slow; asked to stop, it ends with the letter in hand.
struct DeliveryRound: Sendable {
    let desk: Desk

    func go() async {
        guard let open = desk.ports.transport else { return }
        let transport: any MailTransport
        do throws(DeliveryProblem) {
            transport = try open()
        } catch {
            desk.figures.delivery(nil, .zero)
            desk.logger.error("delivery failed", metadata: ["reason": "\(error.reason)"])
            return
        }
        let (found, duration) = await timed {
            await desk.threads.run {
                await cancelWhenGracefulShutdown { await deliver(by: transport) }
            }
        }
        switch found {
        case .success(let round):
            desk.figures.delivery(round, duration)
            guard round.sent + round.left + round.reasons.count > 0 else { return }
            desk.logger.log(
                level: round.reasons.isEmpty ? .info : .warning, "delivery",
                metadata: [
                    "sent": "\(round.sent)", "left": "\(round.left)",
                    "undeliverable": "\(round.undeliverable)",
                ])
        case .failure(let problem):
            desk.figures.delivery(nil, duration)
            let reasons = problem.diagnostics.map(\.headline).joined(separator: " ")
            desk.logger.error("delivery failed", metadata: ["reason": "\(reasons)"])
        }
    }

    private func deliver(by transport: any MailTransport) async -> Result<
        Postman.Round, ApplyProblem
    > {
        let postman = Postman(
            store: desk.ports.store, transport: transport, keys: desk.ports.keys,
            claimant: desk.ports.claimant(), templates: desk.ports.templates,
            context: desk.ports.context(.platformOperator))
        do throws(ApplyProblem) {
            return .success(try await postman.deliver(for: desk.ports.project, onlyDue: true))
        } catch {
            return .failure(error)
        }
    }
}
