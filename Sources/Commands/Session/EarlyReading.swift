import AccessModel
import Diagnostics
import Manifests
import Reconciliation
import Storage

/// The store's state, read while the manifests are: both take a while where there are many people.
struct EarlyReading {
    let project: String
    let location: Adapters.StoreLocation
    private let state: Task<SeenStore, any Error>

    /// `nil` where it is not worth while, or where `muster.yaml` alone does not say which store.
    init?(_ session: Session, _ open: OpenProject, _ files: ProjectFiles) {
        let caching = Caching.ofThisRun
        guard caching.isWorthwhile(for: files),
            let project = open.settings.project,
            let location = try? session.storeLocation(root: open.root, project: project),
            let reader = try? session.reader(location)
        else { return nil }
        self.project = project.name
        self.location = location
        let name = project.name
        let watched = WorkCount.watched
        state = Task.detached {
            // Before the first look: whatever is written from here on makes another mark.
            let mark = caching == .off ? nil : try? await reader.mark()
            return try await WorkCount.$watched.withValue(watched) {
                SeenStore(state: try await reader.snapshot(project: name), mark: mark)
            }
        }
    }

    func seen() async throws(StoreError) -> SeenStore {
        do {
            return try await state.value
        } catch {
            throw error as? StoreError ?? .failed("\(error)")
        }
    }
}
