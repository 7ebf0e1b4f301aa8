import AccessModel
import Manifests
import Reconciliation
import Storage

/// Remembers what manifests and the users of a store amounted to when they were read last, so that
/// the next plan reads again only what is another one by now: manifests by the digests of their
/// bytes, and the store while its mark proves that nobody wrote.
struct PlanMemory: Sendable {
    private static let survey = "survey"
    private static let files = "files"
    private let folder: CacheFolder
    private let ofStore: String
    private let ofFiles: String

    /// `nil` where this program cannot be told from another one.
    init?(_ open: OpenProject, _ location: Adapters.StoreLocation, _ project: Project) {
        guard let program = CacheFolder.program else { return nil }
        folder = CacheFolder(root: open.root)
        ofStore = "\(program)\n\(location)\n\(project.name)"
        ofFiles = "\(program)\n\(open.limits)"
    }

    func entries(at mark: StoreMark) -> [IdentityCode: StoreSurvey.Entry]? {
        guard
            let bytes = folder.contents(of: Self.survey, limit: RememberedSurvey.maximumSize),
            let known = RememberedSurvey(bytes), known.question == ofStore, known.store == mark
        else { return nil }
        return known.entries
    }

    /// - Parameters:
    ///   - survey: What is new of the store.
    ///   - mark: The store's, before and after it was surveyed.
    ///   - files: What is to be known of the manifests, by path, if any of them is another one.
    func keep(
        _ survey: StoreSurvey?, at mark: StoreMark, _ files: [String: CondensedFile]?,
        _ digests: FileDigests
    ) async {
        if let survey { keep(survey, at: mark) }
        if let files { keep(files, digests) }
    }

    private func keep(_ survey: StoreSurvey, at mark: StoreMark) {
        guard survey.state.recorderFaults.isEmpty else { return }
        let known = RememberedSurvey(question: ofStore, store: mark, entries: survey.entries)
        keep(known.bytes, as: Self.survey, limit: RememberedSurvey.maximumSize)
    }

    /// What is known of files, by path.
    func files(_ digests: FileDigests) -> [String: CondensedFile] {
        guard let bytes = folder.contents(of: Self.files, limit: RememberedFiles.maximumSize),
            let known = RememberedFiles(bytes), known.question == ofFiles
        else { return [:] }
        return known.files(by: digests)
    }

    private func keep(_ files: [String: CondensedFile], _ digests: FileDigests) {
        let known = RememberedFiles(question: ofFiles, files: files, digests)
        keep(known.bytes, as: Self.files, limit: RememberedFiles.maximumSize)
    }

    private func keep(_ bytes: [UInt8], as name: String, limit: Int) {
        if bytes.count <= limit { folder.keep(bytes, as: name) }
    }
}
