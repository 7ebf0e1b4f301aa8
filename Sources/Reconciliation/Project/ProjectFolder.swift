package import Syntax

/// The folder of a project: where its manifests are read from.
package struct ProjectFolder: Hashable, Sendable {
    /// An absolute path without links.
    package let root: String

    package enum NotFound: Error, Hashable, Sendable {
        /// Neither the folder nor one above it holds `muster.yaml`.
        case noProject(from: String)
        /// The folder to start from, or its `muster.yaml`, cannot be reached.
        case unreadable(String, reason: String)

        /// As it is shown; the exit is 64.
        package var message: String {
            switch self {
            case .noProject(let folder):
                "neither \(visible(folder)) nor a folder above it has a muster.yaml."
            case .unreadable(let path, let reason): "\(visible(path)): \(reason)."
            }
        }
    }

    package init(root: String) { self.root = root }

    /// The project that a folder is in: the folder itself or the nearest above it that has a
    /// `muster.yaml`.
    package static func containing(_ folder: String) -> Result<Self, NotFound> {
        let start: String
        switch FileSystem.resolved(folder) {
        case .success(let path): start = path
        case .failure(let failure): return .failure(.unreadable(folder, reason: failure.reason))
        }
        guard case .success(let entry) = FileSystem.entry(at: start, following: true),
            case .folder = entry.kind
        else { return .failure(.unreadable(folder, reason: "it is not a folder")) }
        var candidate = start
        while true {
            let path = joined(candidate, FileName.project)
            switch FileSystem.entry(at: path, following: false) {
            case .success: return .success(Self(root: candidate))
            case .failure(let failure) where failure.isAbsence: break
            case .failure(let failure):
                return .failure(.unreadable(path, reason: failure.reason))
            }
            guard candidate != "/", let slash = candidate.lastIndex(of: "/") else {
                return .failure(.noProject(from: start))
            }
            candidate = slash == candidate.startIndex ? "/" : String(candidate[..<slash])
        }
    }

    /// `muster.yaml` alone: it says what else is to be read, and within which limits.
    package func projectFile(limits: Limits = Limits()) -> ProjectFiles {
        var walk = ProjectWalk(root: root, ignore: [], limits: limits)
        walk.take(FileName.project, in: "")
        walk.drain()
        return walk.finished()
    }

    /// All manifests below the root, `muster.yaml` among them: hidden ones, those that `ignore`
    /// fits, and those of projects inside are left out.
    package func manifests(ignore: [String] = [], limits: Limits = Limits()) -> ProjectFiles {
        var walk = ProjectWalk(root: root, ignore: ignore.map(Glob.init), limits: limits)
        walk.run()
        return walk.finished()
    }

    /// Would a file at this path below the root be a manifest of this project? Not one that is
    /// hidden, that `ignore` fits, or that lies in a project inside.
    package func holds(_ path: String, ignore: [String]) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        guard let name = names.last, FileName.isManifest(name), !FileName.isLeftover(name),
            !names.contains(where: FileName.isHidden),
            !ignore.contains(where: { Glob($0).matches(path) })
        else { return false }
        var folder = root
        for name in names.dropLast() {
            folder = joined(folder, name)
            switch FileSystem.entry(at: joined(folder, FileName.project), following: true) {
            case .success: return false
            case .failure: break
            }
        }
        return true
    }
}

/// `folder/name`; `name` in the folder without a name.
func joined(_ folder: String, _ name: String) -> String {
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
}

extension FileSystem.Failure {
    /// Nothing is there, which is not the same as not being allowed to look.
    var isAbsence: Bool { self.code == FileSystem.absent }
}
