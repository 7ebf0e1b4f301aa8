import AccessModel
import Diagnostics
import Manifests
import Reconciliation
import Storage

/// What both questions are asked of: the manifests, valid or not, and the store.
struct QuestionSession {
    let open: OpenProject
    let project: Project
    let loaded: LoadedManifests
    let reader: any StoreReader
    let observed: ObservedState
    let near: NearNames

    init(_ session: Session) async throws(Stop) {
        (open, project) = try session.usableProject()
        loaded = try session.manifests(of: open)
        reader = try session.reader(
            try session.storeLocation(root: open.root, project: project))
        do {
            observed = try await reader.snapshot(project: project.name)
        } catch {
            throw session.stop(for: error)
        }
        near = NearNames(observed, loaded)
    }

    /// A tenant of the store or the manifests; a typo must not look like "no rights".
    func tenant(_ text: String) throws(Stop) -> TenantName {
        let name = TenantName(nfc(text))
        guard near.hasTenant(name) else {
            throw Stop(
                .usage, error: "there is no tenant \(text)." + hint(near.tenant(for: text)))
        }
        return name
    }

    func hint(_ suggestion: String?) -> String {
        suggestion.map { " Did you mean \($0)?" } ?? ""
    }
}
