import Glibc
import Reconciliation

/// The folder `.muster/cache` of a project. What is in it may be deleted at any time; that nothing
/// can be kept there is nobody's trouble.
struct CacheFolder {
    let root: String

    private var path: String { root + "/.muster/cache" }

    /// `nil` for what is not there, and for what others could have put there: whoever may write
    /// there could tell us what to say.
    func contents(of name: String, limit: Int) -> [UInt8]? {
        guard [root + "/.muster", path, path + "/" + name].allSatisfy(isPrivate) else { return nil }
        return try? Commands.contents(of: path + "/" + name, limit: limit)
    }

    func keep(_ bytes: [UInt8], as name: String) {
        guard make() else { return }
        try? writePrivately(bytes, to: path + "/" + name, synced: false)
    }

    private func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_uid == geteuid()
            && status.st_mode & (S_IWGRP | S_IWOTH) == 0
            && [S_IFDIR, S_IFREG].contains(status.st_mode & S_IFMT)
    }

    /// Made with a `.gitignore`, for projects whose own does not have `.muster/`.
    private func make() -> Bool {
        mkdir(root + "/.muster", 0o700)
        guard mkdir(path, 0o700) == 0 else { return isPrivate(path) }
        try? writePrivately(Array("*\n".utf8), to: path + "/.gitignore", synced: false)
        return true
    }

    /// Which program this is: another build may say something else.
    static var program: String? {
        var status = stat()
        guard stat("/proc/self/exe", &status) == 0 else { return nil }
        return "\(Muster.version) \(status.st_size) \(status.st_mtim.tv_sec) "
            + "\(status.st_mtim.tv_nsec)"
    }
}
