import AccessModel
import Planning
import Presentation
import Reconciliation
import Storage

/// One handling of invitations: the store, the lock, the desk.
struct DeskRun {
    let session: Session
    let open: OpenProject
    let project: Project
    let context: RunContext
    private let location: Adapters.StoreLocation
    private let store: any Store

    /// - Parameter actsForItself: the holder of a token needs no actor.
    init(_ options: GlobalOptions, actsForItself: Bool = false) throws(Stop) {
        session = try Session(options)
        try session.requireFormat(.text)
        let actor = actsForItself ? Actor.platformOperator : try session.actor()
        (open, project) = try session.usableProject()
        context = try session.context(actor: actor)
        location = try session.storeLocation(root: open.root, project: project)
        store = try session.writableStore(location)
    }

    func locked<Value>(
        _ work: (InvitationDesk) async throws(InvitationDesk.Problem) -> Value
    ) async throws(Stop) -> Value {
        let desk = InvitationDesk(
            store: store, keys: session.keySource(location), context: context,
            project: project)
        return try await session.locked(store, context) { () async throws(Stop) -> Value in
            do throws(InvitationDesk.Problem) {
                return try await work(desk)
            } catch {
                throw session.stop(for: error)
            }
        }
    }

    func link(_ token: String) -> String {
        project.invitations.acceptURL.map { ($0.hasSuffix("/") ? $0 : $0 + "/") + token } ?? token
    }

    /// A delivery that this program cannot do, or a template that is none, is said before anything
    /// is written.
    func checkDelivery() throws(Stop) {
        _ = try session.templates(of: project, root: open.root)
        _ = try session.transport(of: project, root: open.root)
    }

    /// After something was written: what fails now leaves letters in the outbox.
    func deliver() async throws(Stop) {
        let round: Postman.Round
        do throws(Stop) {
            round = try await letters()
        } catch {
            throw Stop(.undelivered, error.message)
        }
        if round.left + round.undeliverable > 0 { throw Stop(.undelivered, round.complaint) }
    }

    func letters(onlyDue: Bool = false) async throws(Stop) -> Postman.Round {
        try await session.checkClock(store, context)
        return try await session.deliver(
            store, at: location, for: project, root: open.root, context, onlyDue: onlyDue)
    }

    func outbox(_ selection: OutboxSelection = .all) async throws(Stop) -> [OutboxEntry] {
        do { return try await store.outbox(selection) } catch { throw session.stop(for: error) }
    }

    func drop(_ ids: [String]) async throws(Stop) -> Int {
        try await session.checkClock(store, context)
        guard !ids.isEmpty else { return 0 }
        let run = context.run(.drop, project: project.name)
        return try await session.locked(store, context) { () async throws(Stop) -> Int in
            do throws(StoreError) {
                return try await store.dropLetters(ids, run: run)
            } catch {
                throw session.stop(for: error)
            }
        }
    }
}
