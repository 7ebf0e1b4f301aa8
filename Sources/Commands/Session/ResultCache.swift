import AccessModel
import Diagnostics
import Glibc
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
    private let root: String
    private let name: String
    private let question: String
    private let reader: any StoreReader
    private let mark: StoreMark

    private var folder: String { root + "/.muster/cache" }
    private var path: String { folder + "/" + name }

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
            let program = Self.program, let project = open.settings.project,
            let location = try? session.storeLocation(root: open.root, project: project),
            let reader = try? session.reader(location), let mark = try? await reader.mark()
        else { return nil }
        let templates = open.folder.templateFiles(ignore: project.ignore, limits: open.limits)
        guard templates.diagnostics.isEmpty else { return nil }
        self.session = session
        self.name = name
        self.reader = reader
        self.mark = mark
        root = open.root
        let options = session.options
        let circumstances = [
            program, root, "\(location)", "\(session.console.style)", options.format.rawValue,
            "\(options.verbose)", name,
        ]
        self.question = questionDigest(
            circumstances + question, of: files.files + templates.files)
    }

    /// What would be printed now, if it is what is remembered.
    func result(at now: Instant) -> String? {
        guard [root + "/.muster", folder, path].allSatisfy(isPrivate),
            let bytes = try? contents(of: path, limit: RememberedResult.maximumSize),
            let known = RememberedResult(bytes), known.answers(question, of: mark, at: now)
        else { return nil }
        guard var origin = known.origin else { return known.text }
        origin.at = now
        origin.commit = GitRepository.headCommit(of: root)
        return known.text + origin.text(style: session.console.style)
    }

    /// Keeps a result, unless somebody wrote to the store meanwhile. That it cannot be kept is
    /// nobody's trouble.
    func keep(_ text: String, origin: PlanOrigin? = nil, since: Instant, until: Instant?) async {
        guard let mark = try? await reader.mark(), mark == self.mark else { return }
        let bytes = RememberedResult(
            question: question, store: mark, since: since, until: until, text: text,
            origin: origin
        ).bytes
        guard bytes.count <= RememberedResult.maximumSize, makeFolder() else { return }
        try? writePrivately(bytes, to: path, synced: false)
    }

    /// Whoever else may write there could tell us what to say.
    private func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_uid == geteuid()
            && status.st_mode & (S_IWGRP | S_IWOTH) == 0
            && [S_IFDIR, S_IFREG].contains(status.st_mode & S_IFMT)
    }

    /// Made with a `.gitignore`, for projects whose own does not have `.muster/`.
    private func makeFolder() -> Bool {
        mkdir(root + "/.muster", 0o700)
        guard mkdir(folder, 0o700) == 0 else { return isPrivate(folder) }
        try? writePrivately(Array("*\n".utf8), to: folder + "/.gitignore", synced: false)
        return true
    }

    /// Which program this is: another build may say something else.
    private static var program: String? {
        var status = stat()
        guard stat("/proc/self/exe", &status) == 0 else { return nil }
        return "\(Muster.version) \(status.st_size) \(status.st_mtim.tv_sec) "
            + "\(status.st_mtim.tv_nsec)"
    }
}
