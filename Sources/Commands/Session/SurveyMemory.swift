import AccessModel
import Reconciliation
import Storage

/// Remembers what the users of a store amount to, so that a plan of other manifests reads none of
/// them while the store's mark proves that nobody wrote.
struct SurveyMemory {
    private static let name = "survey"
    private let folder: CacheFolder
    private let question: String?

    init(_ open: OpenProject, _ location: Adapters.StoreLocation, _ project: Project) {
        folder = CacheFolder(root: open.root)
        question = CacheFolder.program.map { "\($0)\n\(location)\n\(project.name)" }
    }

    func entries(at mark: StoreMark) -> [IdentityCode: StoreSurvey.Entry]? {
        guard let bytes = folder.contents(of: Self.name, limit: RememberedSurvey.maximumSize),
            let known = RememberedSurvey(bytes), known.question == question, known.store == mark
        else { return nil }
        return known.entries
    }

    /// - Parameter mark: The store's, before and after it was surveyed.
    func keep(_ survey: StoreSurvey, at mark: StoreMark) {
        guard let question, survey.state.recorderFaults.isEmpty else { return }
        let bytes = RememberedSurvey(
            question: question, store: mark, entries: survey.entries
        ).bytes
        if bytes.count <= RememberedSurvey.maximumSize { folder.keep(bytes, as: Self.name) }
    }
}
