import AccessModel
import ArgumentParser
import Diagnostics
import Glibc
import Manifests
import Presentation
import Reconciliation
import Storage

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the store as manifests; a plan against them is empty.",
        discussion: """
            Without --out everything goes to standard output as one stream of documents. With it \
            a project is written: muster.yaml, catalogue/, and a file for each tenant, identity \
            and person. The files hold personal data, mobiles too, and have mode 0600.

            What lives in manifests only (expires, reason, grantedBy, management, \
            minDelegatedAdmins, bundles, policies, access tests) is in no store and left out. \
            Files that are there are never overwritten.

            With --adopt the project's own files are edited instead: what the store has and they \
            lack is added where its tenant or person is declared; what was altered or taken away \
            in the store without Muster is altered or taken out. Comments, order and all other \
            lines stay, and so does what the manifests ask for and nobody has applied yet. The \
            result is checked before a file is written. What cannot be edited safely is named \
            with its line, and the exit is 2.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "Write a project into this folder, which has no manifests.", valueName: "dir"))
    var out: String?

    @Flag(help: "Add what the store has to the project's own manifests.")
    var adopt = false

    func validate() throws {
        if adopt, out != nil {
            throw ValidationError("--adopt edits the project of -C; it takes no --out.")
        }
        // Files below a folder without a name would lie below the root.
        if out == "" { throw ValidationError("--out names no folder.") }
    }

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text, .json)
        if adopt { return try await adopt(session) }
        if let out { try refuseManifests(in: out) }
        let place = try place(session)
        let export = try await export(session, place)
        if let out {
            try write(export.files, below: out)
            try session.console.conclusion(
                options.format == .json ? export.json(folder: out) : export.text(folder: out))
        } else {
            try session.console.result(
                options.format == .json ? export.json(folder: nil) : export.stream)
        }
        if options.format == .text {
            for remark in export.remarks { session.console.remark(escapedForTerminal(remark)) }
        }
    }

    /// The store, and what is known of the project around it.
    private struct Place {
        var project: Project
        var location: Adapters.StoreLocation
    }

    /// A project is not needed where the store is named: the export is to make one.
    private func place(_ session: Session) throws(Stop) -> Place {
        let isNamed = (options.store ?? variable("MUSTER_STORE") ?? "").isEmpty == false
        if isNamed, case .failure = ProjectFolder.containing(options.directory ?? ".") {
            let location = try session.storeLocation(root: "", project: nil)
            return Place(project: Project(name: "exported"), location: location)
        }
        let (open, project) = try session.usableProject()
        return Place(
            project: project,
            location: try session.storeLocation(root: open.root, project: project))
    }

    private func snapshot(
        _ session: Session, _ location: Adapters.StoreLocation, _ project: String
    ) async throws(Stop) -> ObservedState {
        let reader = try session.reader(location)
        do throws(StoreError) {
            return try await reader.snapshot(project: project)
        } catch {
            throw session.stop(for: error)
        }
    }

    private func export(_ session: Session, _ place: Place) async throws(Stop) -> Export {
        let observed = try await snapshot(session, place.location, place.project.name)
        var project = place.project
        project.store = storeText(place, of: project)
        switch exported(observed, as: project, now: try session.now().instant) {
        case .success(let export): return export
        case .failure(let problem):
            throw Stop(.failed, session.errorText(of: problem.diagnostics))
        }
    }

    // MARK: - Adopting

    private func adopt(_ session: Session) async throws(Stop) {
        let (open, project) = try session.usableProject()
        let loaded = try session.manifests(of: open)
        let location = try session.storeLocation(root: open.root, project: project)
        let observed = try await snapshot(session, location, project.name)
        let adoption: Adoption
        let now = try session.now().instant
        switch Reconciliation.adoption(
            of: observed, into: loaded, now: now,
            isManifest: { open.folder.holds($0, ignore: project.ignore) })
        {
        case .success(let made): adoption = made
        case .failure(.invalid(let findings)):
            throw Stop(.invalid, session.errorText(of: findings))
        case .failure(let problem):
            throw Stop(.failed, session.errorText(of: problem.diagnostics))
        }
        do throws(FileFailure) {
            try replace(adoption.files, below: open.root)
        } catch {
            throw Stop(.failed, error: "nothing was adopted: \(error.message)")
        }
        let page = AdoptionPage(adoption)
        try session.console.conclusion(
            options.format == .json ? page.json : page.text(style: session.console.style))
        if !adoption.left.isEmpty { throw Stop(.differences) }
    }

    // MARK: - Files

    /// The store as the written project names it: a file from where the project will lie.
    private func storeText(_ place: Place, of project: Project) -> String? {
        switch place.location {
        case .postgres(let url): return hasPassword(url) ? nil : url
        case .sqlite(let path):
            guard let out else { return project.store }
            return "sqlite:" + relativePath(to: path, from: out)
        }
    }

    /// No secret is ever written in a manifest (E113).
    private func hasPassword(_ url: String) -> Bool {
        let user = url.split(separator: "@", maxSplits: 1).first ?? ""
        let hasUser = url.contains("@")
        return url.contains("password=")
            || hasUser && user.drop { $0 != "/" }.dropFirst(2).contains(":")
    }

    private func refuseManifests(in folder: String) throws(Stop) {
        var status = stat()
        guard stat(folder, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw Stop(.failed, error: "\(folder) is no folder; nothing was written.")
        }
        let present = ProjectFolder(root: folder).manifests()
        guard let path = present.files.first?.path ?? present.diagnostics.first?.subject else {
            return
        }
        throw Stop(
            .failed,
            error: "\(folder) has manifests already, \(path) among them; nothing was written. "
                + "Choose a folder that has none, or take the differences over with --adopt.")
    }

    private func write(_ files: [ManifestFile], below folder: String) throws(Stop) {
        var written: [String] = []
        do throws(FileFailure) {
            // The project's own file last: a part of an export is no project.
            for file in files.filter({ $0.path != "muster.yaml" })
                + files.filter({ $0.path == "muster.yaml" })
            {
                let path = folder + "/" + file.path
                try makeFolders(of: path)
                try writePrivately(Array(file.text.utf8), to: path, synced: false)
                written.append(path)
            }
        } catch {
            for path in written { unlink(path) }
            throw Stop(.failed, error: "the export cannot be written: \(error.message)")
        }
    }
}
