internal import CLinux
internal import Glibc

/// The few calls on files that reading a project takes. The only place that handles descriptors.
package enum FileSystem {
    enum Kind { case file, folder, link, other(String) }

    struct Entry {
        var kind: Kind
        var size: Int
        /// Two entries with one identity are one file or folder.
        var identity: Identity
    }

    struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    /// The code of "there is no such thing".
    static var absent: Int32 { ENOENT }

    package struct Failure: Error {
        let code: Int32

        /// No right that somebody could give would help.
        var isOfTheDisk: Bool { code == EIO }

        /// As the system says it, in English whatever the locale.
        var reason: String {
            switch code {
            case EACCES, EPERM: "permission denied"
            case ENOENT: "it does not exist"
            case ELOOP: "its symbolic links go in a circle"
            case ENOTDIR: "a part of its path is not a folder"
            case EISDIR: "it is a folder"
            case ENAMETOOLONG: "its name is too long"
            case EIO: "the disk reports an error"
            case EMFILE, ENFILE: "too many files are open"
            default: "system error \(code)"
            }
        }
    }

    /// What is at a path; of a link's target if `following`.
    static func entry(at path: String, following: Bool) -> Result<Entry, Failure> {
        var status = stat()
        guard (following ? stat(path, &status) : lstat(path, &status)) == 0 else {
            return .failure(Failure(code: errno))
        }
        return .success(entry(of: status))
    }

    /// Is it a folder, at a path that need not be text?
    static func isFolder(_ path: [UInt8]) -> Bool {
        var status = stat()
        let path = path.map { CChar(bitPattern: $0) } + [0]
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func entry(of status: stat) -> Entry {
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .other("a named pipe")
            case S_IFSOCK: .other("a socket")
            default: .other("a device")
            }
        return Entry(
            kind: kind, size: Int(status.st_size),
            identity: Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)))
    }

    /// The names in a folder as bytes, without `.` and `..`, sorted.
    package static func names(in folder: String) -> Result<[[UInt8]], Failure> {
        guard let handle = opendir(folder) else { return .failure(Failure(code: errno)) }
        defer { closedir(handle) }
        var names: [[UInt8]] = []
        errno = 0
        while let next = readdir(handle) {
            let start = muster_name(next)!
            let name = Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
            errno = 0
        }
        if errno != 0 { return .failure(Failure(code: errno)) }
        return .success(names.sorted { $0.lexicographicallyPrecedes($1) })
    }

    enum Content {
        case bytes([UInt8])
        case tooBig(Int)
        case notAFile
        case changed
    }

    /// All bytes of a regular file of at most `limit` bytes, nothing else. It never waits for
    /// a pipe, and says when the file was written to meanwhile.
    static func content(of path: String, limit: Int) -> Result<Content, Failure> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
        defer { close(descriptor) }
        var before = stat()
        guard fstat(descriptor, &before) == 0 else { return .failure(Failure(code: errno)) }
        guard before.st_mode & S_IFMT == S_IFREG else { return .success(.notAFile) }
        let size = Int(before.st_size)
        guard size <= limit else { return .success(.tooBig(size)) }
        var code: Int32 = 0
        // One byte more than it has, so that a file that grows is noticed.
        let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count < buffer.count {
                let got = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                if got <= 0 { break }
                count += got
            }
        }
        guard code == 0 else { return .failure(Failure(code: code)) }
        var after = stat()
        guard fstat(descriptor, &after) == 0 else { return .failure(Failure(code: errno)) }
        let isSame =
            bytes.count == size && after.st_size == before.st_size
            && after.st_mtim.tv_sec == before.st_mtim.tv_sec
            && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
        return .success(isSame ? .bytes(bytes) : .changed)
    }

    /// The path without links, `.` and `..`.
    static func resolved(_ path: String) -> Result<String, Failure> {
        guard let real = realpath(path, nil) else { return .failure(Failure(code: errno)) }
        defer { free(real) }
        return .success(String(cString: real))
    }
}
