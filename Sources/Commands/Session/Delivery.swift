import AccessModel
import Invitations
import Reconciliation
import Storage

extension Session {
    func transport(of project: Project, root: String) throws(Stop) -> any MailTransport {
        let delivery = project.delivery ?? Project.defaultDelivery
        guard let transport = adapters.transport(delivery, root) else {
            throw Stop(
                .failed,
                error: "this program cannot deliver by \(delivery.prefix { $0 != ":" }); "
                    + "use maildir:PATH, or pass --no-deliver.")
        }
        return transport
    }

    /// Carries what is left in the outbox, also what waits for its next try.
    func deliver(
        _ store: any Store, at location: Adapters.StoreLocation, for project: Project, root: String,
        _ context: RunContext
    ) async throws(Stop) -> Postman.Round {
        let postman = Postman(
            store: store, transport: try transport(of: project, root: root),
            keys: keySource(location), templates: try templates(of: project, root: root),
            context: context)
        do throws(ApplyProblem) {
            return try await postman.deliver(for: project)
        } catch {
            throw stop(for: error)
        }
    }

    /// The folder that letters end in when the project names no delivery of its own.
    func mailFolder(_ project: Project) -> String? {
        project.delivery == nil ? Project.defaultMailFolder : nil
    }
}
