import AccessModel
import CLinux
import Diagnostics
import Manifests
import Planning
import Reconciliation
import Storage

extension PlanRun {
    /// The plan of a project that is large and mostly as it is declared; `nil` where it takes all
    /// users.
    ///
    /// - Parameter cache: Of plans that are only shown.
    static func quick(
        _ session: Session, _ open: OpenProject, _ context: RunContext, _ files: ProjectFiles,
        _ options: PlanOptions, keptIn cache: ResultCache
    ) async throws(Stop) -> (PlanRun, PlanReport)? {
        guard !session.options.verbose, options.selection == PlanRequest.Selection(),
            let project = open.settings.project, project.guards.minIdentityAdmins == nil,
            let location = try? session.storeLocation(root: open.root, project: project),
            let memory = PlanMemory(open, location, project)
        else { return nil }
        let (reader, mark, digests) = (cache.reader, cache.mark, cache.digests)
        let known = memory.files(digests)
        // A file that is known declares identities only.
        let asking = values(of: files.files.indices, inParallel: true) { place in
            known[files.files[place].path] == nil && files.files[place].asksForUsers
        }
        guard !asking.contains(true) else { return nil }
        let watched = WorkCount.watched
        let survey = Task.detached {
            let entries = memory.entries(at: mark)
            return try await WorkCount.$watched.withValue(watched) {
                let survey = try await reader.survey(project: project.name, knowing: entries)
                return (survey, isNew: entries == nil)
            }
        }
        let manifests = CondensedManifests(
            files.files, limits: open.limits, now: context.now, knowing: known)
        guard let manifests, let (found, isNew) = try? await survey.value, let survey = found,
            var reading = try? await SettledReading.of(
                manifests, survey, actor: context.actor, now: context.now, by: reader),
            reading.loaded.desired?.project.name == project.name,
            let now = try? await reader.mark(), now == mark
        else { return nil }
        let read = manifests.files
        async let kept: Void = memory.keep(
            isNew ? survey : nil, at: mark, read.count > known.count ? read : nil, digests)
        session.addTemplates(of: open, to: &reading.loaded)
        let planner = PlanRun(
            session: session, open: open, context: context, reading: reading, digests)
        guard planner.usableState != nil else { return nil }
        let report = try await planner.plan(options, keptIn: cache)
        await kept
        return (planner, report)
    }
}

extension SourceFile {
    /// Whether it says one of the words that make users of identities matter beside them. A word
    /// that is written in another way is found later.
    fileprivate var asksForUsers: Bool {
        bytes.withUnsafeBytes { bytes in
            ["identityAdmins", "IdentityUsers", "AccessTest"].contains { (word: String) in
                memmem(bytes.baseAddress, UInt(bytes.count), word, UInt(word.utf8.count)) != nil
            }
        }
    }
}
