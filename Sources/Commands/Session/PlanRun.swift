import AccessModel
import Diagnostics
import Glibc
import Manifests
import Planning
import Presentation
import Reconciliation
import Storage

/// Computes, shows and saves plans of one project.
struct PlanRun {
    let session: Session
    let open: OpenProject
    let context: RunContext
    let loaded: LoadedManifests
    private let early: EarlyReading?
    /// The store's state, where it was read together with the manifests.
    private let known: ObservedState?
    /// Of the files, where somebody has made them already.
    private let digests: FileDigests?

    /// - Parameters:
    ///   - files: The project's manifests, where somebody has read them already.
    ///   - readsStoreMeanwhile: what the store held while the manifests were read is good enough:
    ///     whoever applies has another look, or the proof that it would be the same.
    init(
        session: Session, open: OpenProject, context: RunContext, at: Instant? = nil,
        files: ProjectFiles? = nil, readsStoreMeanwhile: Bool = false
    ) throws(Stop) {
        self.session = session
        self.open = open
        self.context = context
        let now = try session.now().instant
        let files = files ?? session.files(of: open)
        early = readsStoreMeanwhile ? EarlyReading(session, open, files) : nil
        (known, digests) = (nil, nil)
        loaded = session.manifests(in: files, of: open, at: at ?? now)
    }

    init(
        session: Session, open: OpenProject, context: RunContext, reading: SettledReading,
        _ digests: FileDigests
    ) {
        (self.session, self.open, self.context) = (session, open, context)
        (loaded, known, early) = (reading.loaded, reading.observed, nil)
        self.digests = digests
    }

    private var isValid: Bool { usableState != nil }

    /// What the manifests declare; `nil` when they have errors.
    var usableState: DesiredState? {
        loaded.diagnostics.contains { $0.severity == .error } ? nil : loaded.desired
    }

    var location: Adapters.StoreLocation {
        get throws(Stop) {
            try session.storeLocation(root: open.root, project: loaded.desired?.project)
        }
    }

    var manifests: PlanReport.ManifestsSummary {
        PlanReport.ManifestsSummary(
            digest: (digests ?? FileDigests(of: loaded.sources.files)).ofManifests,
            commit: GitRepository.headCommit(of: open.root),
            files: loaded.files)
    }

    /// The plan against the store. Invalid manifests are reported whatever it holds.
    ///
    /// - Parameter cache: Keeps what is shown of it, if it has no changes.
    func plan(
        _ options: PlanOptions, keptIn cache: ResultCache? = nil
    ) async throws(Stop) -> PlanReport {
        let observed = isValid ? try await observed() : ObservedState()
        try check(options.selection, observed)
        let report = try await plan(options, on: observed)
        if let cache, let desired = usableState, report.plan.changes.isEmpty,
            report.status == .done
        {
            let body = report.body(
                style: session.console.style, verbose: session.options.verbose)
            await cache.keep(
                body, origin: report.origin, since: context.now,
                until: planRequest(desired, observed, options, context).nextTurn)
        }
        return report
    }

    /// The plan against a state that was read already.
    func plan(
        _ options: PlanOptions = PlanOptions(), on observed: ObservedState
    ) async throws(Stop) -> PlanReport {
        var report = report(
            loaded, observed: observed, options: options, context: context, manifests: manifests)
        report.earlierRemovals = try await earlierRemovals(report, observed)
        return report
    }

    /// Who comes back after a removal, as far as the actor may be told. An absent store has no
    /// past.
    private func earlierRemovals(
        _ report: PlanReport, _ observed: ObservedState
    ) async throws(Stop) -> [Address: EarlierRemoval] {
        guard observed.origin != nil else { return [:] }
        let newcomers = newcomers(
            in: report.plan.changes, actor: context.actor, observed: observed)
        let reader = try session.reader(try location)
        do throws(StoreError) {
            return try await Reconciliation.earlierRemovals(of: newcomers, in: reader)
        } catch {
            throw session.stop(for: error)
        }
    }

    /// The plan against the manifests of another revision or folder.
    func comparison(with base: String, options: PlanOptions) async throws(Stop) -> PlanReport {
        let earlier = try earlierManifests(base)
        let errors = earlier.diagnostics.filter { $0.severity == .error }
        guard let desired = earlier.desired, errors.isEmpty else {
            throw Stop(
                .invalid,
                ResolvedDiagnostic.failure("the manifests at \(base) are invalid:").headline + "\n"
                    + session.errorText(of: errors.map(earlier.sources.resolved)))
        }
        let observed = desired.projected(at: context.now)
        try check(options.selection, observed)
        return report(
            loaded, observed: observed, options: options, context: context, manifests: manifests)
    }

    private func earlierManifests(_ base: String) throws(Stop) -> LoadedManifests {
        let limits = open.limits
        let now = context.now
        func ignored(by file: ProjectFiles) -> [String] {
            file.files.first
                .flatMap { loadProject($0, limits: limits, now: now).project?.ignore } ?? []
        }
        do {
            if case .success(let folder) = ProjectFolder.containing(base), isFolder(base) {
                let ignore = ignored(by: folder.projectFile(limits: limits))
                return session.loaded(folder.manifests(ignore: ignore, limits: limits), limits, now)
            }
            let revision = try GitRevision.named(base, of: open.folder).get()
            let ignore = ignored(by: try revision.projectFile(limits: limits).get())
            let files = try revision.manifests(ignore: ignore, limits: limits).get()
            return session.loaded(files, limits, now)
        } catch {
            throw Stop(.usage, error: "\(base): \(error.message)")
        }
    }

    private func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The store's state; for the operator an absent store is an empty one.
    func observed() async throws(Stop) -> ObservedState {
        if let known { return known }
        if let seen = await seen() { return seen.state }
        return try await liveState()
    }

    /// The same, read now.
    func liveState() async throws(Stop) -> ObservedState {
        let project = loaded.desired?.project.name ?? ""
        let reader = try session.reader(try location)
        do throws(StoreError) {
            return try await reader.snapshot(project: project)
        } catch {
            if case .absent = error, context.actor == .platformOperator { return ObservedState() }
            throw session.stop(for: error)
        }
    }

    /// What was read of the store while the manifests were; `nil` where it was not, or could not.
    func seen() async -> SeenStore? {
        guard let early, early.project == loaded.desired?.project.name,
            early.location == (try? location)
        else { return nil }
        return try? await early.seen()
    }

    /// `--tenant` and `--identity` name things that exist; a typo must not look like "no changes".
    private func check(
        _ selection: PlanRequest.Selection, _ observed: ObservedState
    ) throws(Stop) {
        guard isValid, let desired = loaded.desired else { return }
        for name in selection.tenants.sorted()
        where observed.tenants[name] == nil && !desired.tenants.contains(where: { $0.name == name })
        {
            throw Stop(.usage, error: "there is no tenant \(name.text).")
        }
        for code in selection.identities.sorted()
        where observed.identities[code] == nil
            && !desired.identities.contains(where: { $0.code == code })
        {
            throw Stop(.usage, error: "there is no identity \(code.text).")
        }
    }

    // MARK: - Showing and saving

    /// The file of a plan, with its id.
    func file(of report: PlanReport) -> (id: String, bytes: [UInt8]) {
        PlanDocument.encoded(report, maskingMobiles: false)
    }

    /// Prints the plan. The id is asked for by the formats that have it and no file.
    func show(_ report: PlanReport, id: @autoclosure () -> String?) throws(Stop) {
        let console = session.console
        let text =
            switch session.options.format {
            case .json: report.json
            case .text:
                report.text(style: console.style, verbose: session.options.verbose, id: id())
            case .markdown: report.markdown(id: id())
            case .github: report.annotations
            case .sarif: report.sarif
            case .junit, .csv, .html:
                preconditionFailure("every command with a plan refuses it")
            }
        try console.result(text)
    }

    /// Writes the plan's file with mode 0600, beside the place first: it is whole or not there.
    func save(_ bytes: [UInt8], to path: String) throws(Stop) {
        do throws(FileFailure) {
            try writeResult(bytes, to: path)
        } catch {
            throw Stop(.failed, error: "the plan cannot be saved: \(error.message)")
        }
        session.console.remark("Saved as \(escapedForTerminal(path)).")
    }
}
