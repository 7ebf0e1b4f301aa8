import AccessModel
import Diagnostics
import Glibc
import Invitations
import Manifests
import Reconciliation
import Storage
import Syntax

/// A project's folder with its settings.
struct OpenProject {
    let folder: ProjectFolder
    let settings: LoadedProject
    let limits: Limits

    var root: String { folder.root }
}

extension Session {
    /// The folder of `-C`, or the current one, or the nearest parent with a `muster.yaml`.
    func openProject() throws(Stop) -> OpenProject {
        let folder: ProjectFolder
        switch ProjectFolder.containing(options.directory ?? ".") {
        case .success(let found): folder = found
        case .failure(let problem): throw Stop(.usage, error: problem.message)
        }
        let file = folder.projectFile()
        guard let source = file.files.first else {
            let sources = SourceMap()
            throw Stop(.invalid, errorText(of: file.diagnostics.map(sources.resolved)))
        }
        let settings = loadProject(source, limits: Limits(), now: try now().instant)
        return OpenProject(
            folder: folder, settings: settings,
            limits: Limits().lowered(by: settings.project?.limits ?? [:]))
    }

    /// The project's settings, for commands that need no manifests.
    func usableProject() throws(Stop) -> (OpenProject, Project) {
        let open = try openProject()
        let errors = open.settings.diagnostics.map(open.settings.sources.resolved).filter(\.isError)
        guard let project = open.settings.project, errors.isEmpty else {
            throw Stop(.invalid, errorText(of: errors))
        }
        return (open, project)
    }

    /// All manifests of the project, read at an instant (`--at`) or now.
    func manifests(
        of open: OpenProject, at: Instant? = nil, strict: Bool = false
    ) throws(Stop) -> LoadedManifests {
        let now = try now().instant
        return manifests(in: files(of: open), of: open, at: at ?? now, strict: strict)
    }

    /// The project's manifests as bytes.
    func files(of open: OpenProject) -> ProjectFiles {
        let ignore = open.settings.project?.ignore ?? []
        let files = open.folder.manifests(ignore: ignore, limits: open.limits)
        if options.verbose {
            for path in files.ignored { console.remark("ignored: \(escapedForTerminal(path))") }
        }
        return files
    }

    /// What the files say, and what is wrong with the templates beside them.
    func manifests(
        in files: ProjectFiles, of open: OpenProject, at: Instant, strict: Bool = false
    ) -> LoadedManifests {
        var loaded = loaded(files, open.limits, at, strict: strict)
        addTemplates(of: open, to: &loaded)
        return loaded
    }

    /// What is wrong with the templates beside the manifests.
    func addTemplates(of open: OpenProject, to loaded: inout LoadedManifests) {
        let settings = open.settings.project?.invitations ?? InvitationSettings()
        loaded.diagnostics += templates(of: open, for: settings, &loaded.sources).diagnostics
    }

    private func templates(
        of open: OpenProject, for settings: InvitationSettings, _ sources: inout SourceMap
    ) -> ProjectTemplates {
        let files = open.folder.templateFiles(
            ignore: open.settings.project?.ignore ?? [], limits: open.limits)
        return projectTemplates(files, for: settings, &sources)
    }

    /// The templates that letters are made of; broken ones are invalid as manifests are.
    ///
    /// - Parameter withoutBroken: Pass them over: a redirection has emptied the file that a
    ///   template is being written to.
    func templates(
        of project: Project, root: String, withoutBroken: Bool = false
    ) throws(Stop) -> LetterTemplates {
        let limits = Limits().lowered(by: project.limits)
        let files = ProjectFolder(root: root).templateFiles(ignore: project.ignore, limits: limits)
        var sources = SourceMap()
        let found = projectTemplates(files, for: project.invitations, &sources)
        let errors = found.diagnostics.map(sources.resolved).filter(\.isError)
        guard errors.isEmpty || withoutBroken else {
            throw Stop(.invalid, errorText(of: errors))
        }
        return found.templates
    }

    /// The same, for a service that reads them again and again.
    func manifests(of open: OpenProject, now: Instant) -> LoadedManifests {
        let ignore = open.settings.project?.ignore ?? []
        return loaded(
            open.folder.manifests(ignore: ignore, limits: open.limits), open.limits, now)
    }

    func loaded(
        _ files: ProjectFiles, _ limits: Limits, _ now: Instant, strict: Bool = false
    ) -> LoadedManifests {
        var loaded = load(
            files.files, limits: limits, now: now, hasUnread: !files.diagnostics.isEmpty,
            strict: strict)
        // A file that could not be read is pointed at all the same.
        let unread = files.diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            let file = SourceFile(path: diagnostic.subject, bytes: [])
            diagnostic.span = Span(file: loaded.sources.add(file), start: 0, end: 0)
            return diagnostic
        }
        loaded.diagnostics = unread + loaded.diagnostics
        return loaded
    }
}

// MARK: - The store

extension Session {
    /// `--store`, `MUSTER_STORE`, the project's, or the embedded one.
    func storeLocation(root: String, project: Project?) throws(Stop) -> Adapters.StoreLocation {
        let variable = variable("MUSTER_STORE").flatMap { $0.isEmpty ? nil : $0 }
        if let given = options.store ?? variable {
            return try location(of: given, below: currentFolder())
        }
        return try location(of: project?.store ?? "sqlite:.muster/store.db", below: root)
    }

    func location(of url: String, below folder: String) throws(Stop) -> Adapters.StoreLocation {
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            guard !path.isEmpty else {
                throw Stop(.usage, error: "the store sqlite: names no file.")
            }
            return .sqlite(path: path.hasPrefix("/") ? path : folder + "/" + path)
        }
        if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            return .postgres(url: url)
        }
        // What follows a colon may hold a password.
        let name = url.prefix { $0 != ":" } + (url.contains(":") ? ":…" : "")
        throw Stop(
            .usage, error: "the store \(name) is neither sqlite:PATH nor postgres://….")
    }

    func reader(_ location: Adapters.StoreLocation) throws(Stop) -> any StoreReader {
        do { return try adapters.reader(location, patience) } catch { throw stop(for: error) }
    }

    /// The project and what reads its store, for commands that only tell.
    func projectWithReader() throws(Stop) -> (Project, any StoreReader) {
        let (open, project) = try usableProject()
        return (project, try reader(try storeLocation(root: open.root, project: project)))
    }

    func writableStore(_ location: Adapters.StoreLocation) throws(Stop) -> any Store {
        do { return try adapters.store(location, patience) } catch { throw stop(for: error) }
    }

    /// Refuses to write under `MUSTER_CLOCK` to a store that was not made under it. A store that
    /// is not there, or cannot be read, is the business of whoever needs it.
    ///
    /// This is the first look of whoever may write: a shared store of an older version is moved
    /// forward by it, so that the plan's reader, which may not, finds one that it knows.
    func checkClock(_ store: any Store, _ context: RunContext) async throws(Stop) {
        do throws(StoreError) {
            let identity = try await store.identity()
            guard identity.underTestClock || !context.underTestClock else { throw .clock }
        } catch {
            switch error {
            case .clock, .locked: throw stop(for: error)
            default: return
            }
        }
    }

    /// The lock, for as long as it takes to do the work.
    func locked<Value>(
        _ store: any Store, _ context: RunContext, timeout: Int64 = 30,
        _ work: () async throws(Stop) -> Value
    ) async throws(Stop) -> Value {
        let lock: any StoreLock
        do {
            lock = try await store.lock(holder: context.holder, timeout: timeout)
        } catch {
            throw stop(for: error)
        }
        do throws(Stop) {
            try await checkClock(store, context)
            let value = try await work()
            await lock.release()
            return value
        } catch {
            await lock.release()
            throw error
        }
    }

    func keySource(_ location: Adapters.StoreLocation) -> KeyFile {
        KeyFile(location: location)
    }
}

func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
}
