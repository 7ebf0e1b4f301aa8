import AccessModel
import Invitations
import Reconciliation
import Storage

extension Session {
    func transport(of project: Project, root: String) throws(Stop) -> any MailTransport {
        let delivery = project.delivery ?? Project.defaultDelivery
        do throws(DeliveryProblem) {
            return try adapters.transport(delivery, root)
        } catch {
            throw Stop(.failed, error: "cannot deliver by \(delivery): \(error.reason).")
        }
    }

    /// Carries what is left in the outbox, also what waits for its next try unless `onlyDue`.
    func deliver(
        _ store: any Store, at location: Adapters.StoreLocation, for project: Project, root: String,
        _ context: RunContext, onlyDue: Bool = false
    ) async throws(Stop) -> Postman.Round {
        let postman = Postman(
            store: store, transport: try transport(of: project, root: root),
            keys: keySource(location), claimant: SendingProcess().claimant, context: context)
        do throws(ApplyProblem) {
            return try await postman.deliver(for: project, onlyDue: onlyDue)
        } catch {
            throw stop(for: error)
        }
    }

    /// The folder that letters end in when the project names no delivery of its own.
    func mailFolder(_ project: Project) -> String? {
        project.delivery == nil ? Project.defaultMailFolder : nil
    }
}
