/// What git says about the folder of a project. Without a `.git` in the folder or above it git is
/// not even started.
package enum GitRepository {
    package enum Failure: Error, Hashable, Sendable {
        /// No folder from here up holds `.git`.
        case noRepository(String)
        case gitMissing
        case unknownRevision(String)
        /// What git wrote to its standard error.
        case git(String)

        package var message: String {
            switch self {
            case .noRepository(let folder): "\(visible(folder)) is not in a git repository."
            case .gitMissing: "git cannot be started."
            case .unknownRevision(let revision):
                "git knows no commit named \(visible(revision))."
            case .git(let text): "git: \(visible(text))"
            }
        }
    }

    /// The commit that the folder's repository has checked out, or `nil`.
    package static func headCommit(of folder: String) -> String? {
        try? commit("HEAD", of: folder).get()
    }

    /// Is this file in the index of a repository? False when there is no git or no repository.
    package static func isTracked(_ path: String) -> Bool {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard !name.isEmpty else { return false }
        let arguments = ["--literal-pathspecs", "ls-files", "--error-unmatch", "--", name]
        return (try? run(arguments, in: folder).get()) != nil
    }

    /// The full name of the commit that a revision means.
    static func commit(_ revision: String, of folder: String) -> Result<String, Failure> {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"]
        return switch run(arguments + [revision + "^{commit}"], in: folder) {
        case .success(let bytes):
            .success(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
        case .failure(.git(let text)) where text.isEmpty: .failure(.unknownRevision(revision))
        case .failure(let failure): .failure(failure)
        }
    }

    /// git's standard output, when its exit is 0.
    static func run(
        _ arguments: [String], in folder: String, input: [UInt8] = []
    ) -> Result<[UInt8], Failure> {
        guard isInRepository(folder) else { return .failure(.noRepository(folder)) }
        guard let result = Subprocess.run(["git", "-C", folder] + arguments, input: input) else {
            return .failure(.gitMissing)
        }
        guard result.exit == 0 else {
            let line = result.errors.split(separator: 0x0A).first ?? []
            return .failure(.git(String(decoding: line, as: UTF8.self)))
        }
        return .success(result.output)
    }

    private static func isInRepository(_ folder: String) -> Bool {
        guard case .success(var candidate) = FileSystem.resolved(folder) else { return false }
        while true {
            if case .success = FileSystem.entry(at: joined(candidate, ".git"), following: true) {
                return true
            }
            guard candidate != "/", let slash = candidate.lastIndex(of: "/") else { return false }
            candidate = slash == candidate.startIndex ? "/" : String(candidate[..<slash])
        }
    }
}
