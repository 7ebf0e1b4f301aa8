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
    static func quick(
        _ session: Session, _ open: OpenProject, _ context: RunContext, _ files: ProjectFiles,
        _ options: PlanOptions, keptIn cache: ResultCache?
    ) async throws(Stop) -> (PlanRun, PlanReport)? {
        let caching = Caching.ofThisRun
        guard caching != .off, caching.isWorthwhile(for: files), files.diagnostics.isEmpty,
            session.options.format == .text, !session.options.verbose, options.at == nil,
            options.selection == PlanRequest.Selection(),
            let project = open.settings.project, project.guards.minIdentityAdmins == nil,
            !files.files.contains(where: \.asksForUsers),
            let location = try? session.storeLocation(root: open.root, project: project),
            let reader = try? session.reader(location), let mark = try? await reader.mark()
        else { return nil }
        let memory = SurveyMemory(open, location, project)
        let known = memory.entries(at: mark)
        let watched = WorkCount.watched
        let survey = Task.detached {
            try await WorkCount.$watched.withValue(watched) {
                try await reader.survey(project: project.name, knowing: known)
            }
        }
        let manifests = CondensedManifests(
            files.files, limits: open.limits, now: context.now)
        guard let manifests, let survey = try? await survey.value,
            var reading = try? await SettledReading.of(
                manifests, survey, actor: context.actor, now: context.now, by: reader),
            reading.loaded.desired?.project.name == project.name,
            let now = try? await reader.mark(), now == mark
        else { return nil }
        if known == nil { memory.keep(survey, at: mark) }
        session.addTemplates(of: open, to: &reading.loaded)
        let planner = PlanRun(
            session: session, open: open, context: context, reading: reading)
        guard planner.usableState != nil else { return nil }
        let report = try await planner.plan(options, keptIn: cache)
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
