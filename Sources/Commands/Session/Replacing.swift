import Glibc
import Reconciliation

/// Puts the new text of several files in place: all drafts are written before the first file
/// changes its name, so that what can fail fails while everything is as it was.
func replace(_ files: [Adoption.File], below root: String) throws(FileFailure) {
    var drafts: [(draft: String, path: String)] = []
    do throws(FileFailure) {
        for file in files {
            let path = target(of: root + "/" + file.path)
            var mode: mode_t = 0o600
            if let before = file.before {
                guard try contents(of: path, limit: 1 << 30) == before else {
                    throw FileFailure(file.path, "it was changed meanwhile")
                }
                var status = stat()
                if stat(path, &status) == 0 { mode = status.st_mode & 0o7777 }
            } else if access(path, F_OK) == 0 {
                throw FileFailure(file.path, "it is there, and no manifest of this project")
            }
            try makeFolders(of: path)
            let draft = "\(path).\(getpid()).draft"
            drafts.append((draft, path))
            try writePrivately(file.after, to: draft, synced: file.before != nil)
            guard chmod(draft, mode) == 0 else { throw FileFailure(path) }
        }
        for (draft, path) in drafts where rename(draft, path) != 0 { throw FileFailure(path) }
    } catch {
        for (draft, _) in drafts { unlink(draft) }
        throw error
    }
}

/// Where a link leads, so that it stays one.
private func target(of path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
}
