import AccessModel
import Diagnostics
import Manifests
import Reconciliation
import Storage

/// The store's state, read while the manifests are: both take a while where there are many people.
struct EarlyReading {
    let project: String
    let location: Adapters.StoreLocation
    private let state: Task<ObservedState, any Error>

    /// Smaller projects are read before anybody could begin.
    private static let leastBytes = 1 << 20

    static func isWorthwhile(for files: ProjectFiles) -> Bool {
        files.files.reduce(0, { $0 + $1.bytes.count }) >= leastBytes
    }

    /// `nil` where it is not worth while, or where `muster.yaml` alone does not say which store.
    init?(_ session: Session, _ open: OpenProject, _ files: ProjectFiles) {
        guard Self.isWorthwhile(for: files),
            let project = open.settings.project,
            let location = try? session.storeLocation(root: open.root, project: project),
            let reader = try? session.reader(location)
        else { return nil }
        self.project = project.name
        self.location = location
        let name = project.name
        let watched = WorkCount.watched
        state = Task.detached {
            try await WorkCount.$watched.withValue(watched) {
                try await reader.snapshot(project: name)
            }
        }
    }
    func snapshot() async throws(StoreError) -> ObservedState {
        do {
            return try await state.value
        } catch {
            throw error as? StoreError ?? .failed("\(error)")
        }
    }
}
