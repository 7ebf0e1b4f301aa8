internal import AccessModel
internal import Logging
internal import Presentation
internal import Reconciliation

/// Carries the letters whose time has come.
struct DeliveryRound: Sendable {
    let desk: Desk

    func go() async {
        guard let transport = desk.ports.transport else { return }
        let (found, duration): (Result<Postman.Round, ApplyProblem>, Duration) = await timed {
            await desk.threads.run {
                let postman = Postman(
                    store: desk.ports.store, transport: transport, keys: desk.ports.keys,
                    context: desk.ports.context(.platformOperator))
                do throws(ApplyProblem) {
                    return .success(
                        try await postman.deliver(for: desk.ports.project, onlyDue: true))
                } catch {
                    return .failure(error)
                }
            }
        }
        switch found {
        case .success(let round):
            desk.figures.delivery(round, duration)
            guard round.sent + round.left > 0 else { return }
            desk.logger.log(
                level: round.left > 0 ? .warning : .info, "delivery",
                metadata: ["sent": "\(round.sent)", "left": "\(round.left)"])
        case .failure(let problem):
            desk.figures.delivery(nil, duration)
            let reasons = problem.diagnostics.map(\.headline).joined(separator: " ")
            desk.logger.error("delivery failed", metadata: ["reason": "\(reasons)"])
        }
    }
}
