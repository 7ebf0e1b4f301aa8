import AccessModel
import Diagnostics
import Manifests
import Planning
import Presentation
import Reconciliation
import Storage

/// Remembers the last result of a command that found nothing to do, so that asking again costs no
/// more than a look at the files and at the store's mark. The file is below `.muster/cache`, may be
/// deleted at any time, and is made only for projects that take a while.
struct ResultCache {
    private let session: Session
    private let folder: CacheFolder
    private let name: String
    private let question: String
    let reader: any StoreReader
    /// The store's, before anything else was read of it.
    let mark: StoreMark
    /// Of the manifests and templates.
    let digests: FileDigests

    /// `nil` where nothing can be remembered, or it is not worth while.
    ///
    /// - Parameters:
    ///   - name: The command.
    ///   - question: What was asked of it, besides the style and format of the result.
    init?(
        _ name: String, _ question: [String], _ session: Session, _ open: OpenProject,
        _ files: ProjectFiles
    ) async {
        let caching = Caching.ofThisRun
        guard caching != .off, files.diagnostics.isEmpty, caching.isWorthwhile(for: files),
            let program = CacheFolder.program, let project = open.settings.project,
            let location = try? session.storeLocation(root: open.root, project: project),
            let reader = try? session.reader(location), let mark = try? await reader.mark()
        else { return nil }
        let templates = open.folder.templateFiles(ignore: project.ignore, limits: open.limits)
        guard templates.diagnostics.isEmpty else { return nil }
        self.session = session
        self.name = name
        self.reader = reader
        self.mark = mark
        folder = CacheFolder(root: open.root)
        let options = session.options
        let circumstances = [
            program, open.root, "\(location)", "\(session.console.style)", options.format.rawValue,
            "\(options.verbose)", name,
        ]
        digests = FileDigests(of: files.files + templates.files)
        self.question = questionDigest(circumstances + question, of: digests)
    }

    /// What would be printed now, if it is what is remembered.
    func result(at now: Instant) -> String? {
        guard let bytes = folder.contents(of: name, limit: RememberedResult.maximumSize),
            let known = RememberedResult(bytes), known.answers(question, of: mark, at: now)
        else { return nil }
        guard var origin = known.origin else { return known.text }
        origin.at = now
        origin.commit = GitRepository.headCommit(of: folder.root)
        return known.text + origin.text(style: session.console.style)
    }

    /// Keeps a result, unless somebody wrote to the store meanwhile.
    func keep(_ text: String, origin: PlanOrigin? = nil, since: Instant, until: Instant?) async {
        guard let mark = try? await reader.mark(), mark == self.mark else { return }
        let bytes = RememberedResult(
            question: question, store: mark, since: since, until: until, text: text,
            origin: origin
        ).bytes
        guard bytes.count <= RememberedResult.maximumSize else { return }
        folder.keep(bytes, as: name)
    }
}
