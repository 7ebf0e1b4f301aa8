import Glibc
import Reconciliation

/// The folder `.muster/cache` of a project. What is in it may be deleted at any time; that nothing
/// can be kept there is nobody's trouble.
///
/// Each file begins with the time at which it says that it was changed last, to the nanosecond. A
/// checkout gives its files other times, so that nobody commits what we believe.
struct CacheFolder {
    let root: String

    private var path: String { root + "/.muster/cache" }

    /// `nil` for what is not there, and for what others could have put there: whoever may write
    /// there could tell us what to say.
    func contents(of name: String, limit: Int) -> [UInt8]? {
        let file = path + "/" + name
        guard [root + "/.muster", path, file].allSatisfy(isPrivate),
            let time = changeTime(of: file),
            let bytes = try? Commands.contents(of: file, limit: limit)
        else { return nil }
        let line = Self.line(time)
        return bytes.starts(with: line) ? Array(bytes.dropFirst(line.count)) : nil
    }

    func keep(_ bytes: [UInt8], as name: String) {
        let file = path + "/" + name
        guard make() else { return }
        // No time of ours can be foreseen; the clock may be that of a test.
        let time = timespec(
            tv_sec: .random(in: 1_000_000_000..<2_000_000_000),
            tv_nsec: .random(in: 0..<1_000_000_000))
        guard (try? writePrivately(Self.line(time) + bytes, to: file, synced: false)) != nil else {
            return
        }
        utimensat(AT_FDCWD, file, [time, time], 0)
    }

    private func changeTime(of file: String) -> timespec? {
        var status = stat()
        return lstat(file, &status) == 0 ? status.st_mtim : nil
    }

    private static func line(_ time: timespec) -> [UInt8] {
        Array("\(time.tv_sec) \(time.tv_nsec)\n".utf8)
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
