internal import CLinux
internal import Glibc
internal import Storage

/// The file of a store and what may be said of it before SQLite looks at it.
struct StoreFile: Sendable {
    let path: String
    let isTracked: @Sendable (String) -> Bool

    /// Which file it is: another one may have been put in its place.
    struct Identity: Hashable {
        var device: UInt
        var inode: UInt
        var size: Int64
    }

    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    var lockPath: String { path + ".lock" }

    /// - Throws: `.absent`, `.unreachable`, `.notAStore`, `.insecure`.
    func identity() throws(StoreError) -> Identity {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw .absent(path)
            case let code: throw .unreachable(path, reason: Self.reason(code))
            }
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .notAStore(path, reason: "it is not a file")
        }
        try checkMode(of: path, status)
        for companion in ["-journal", "-wal"] {
            var status = stat()
            if stat(path + companion, &status) == 0 {
                try checkMode(of: path + companion, status)
            }
        }
        guard status.st_size > 0 else { throw .notAStore(path, reason: "it is empty") }
        return Identity(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int64(status.st_size))
    }

    private func checkMode(of path: String, _ status: stat) throws(StoreError) {
        let mode = status.st_mode
        guard mode & (S_IWGRP | S_IWOTH) == 0 else {
            let others = mode & S_IWOTH == 0 ? "its group" : "everyone"
            throw .insecure(path, reason: "\(others) can write it")
        }
    }

    /// Looks at the first bytes, so that a message can say what lies there.
    func checkHeader() throws(StoreError) {
        let bytes = try header()
        guard bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .notAStore(path, reason: "it is no SQLite database")
        }
        guard bytes.count == 100 else { throw .notAStore(path, reason: "it is cut") }
    }

    /// By its own header; `false` where a writer may be in the middle of something.
    func isCut(_ identity: Identity) -> Bool {
        guard let bytes = try? header(), bytes.count == 100 else { return true }
        let size = Int64(bytes[16]) << 8 | Int64(bytes[17])
        let pages = bytes[28..<32].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return identity.size < (size == 1 ? 65_536 : size) * pages
    }

    private func header() throws(StoreError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let code = errno
            throw code == ENOENT ? .absent(path) : .unreachable(path, reason: Self.reason(code))
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = pread(descriptor, &bytes, 100, 0)
        guard count >= 0 else { throw .unreachable(path, reason: Self.reason(errno)) }
        return Array(bytes.prefix(count))
    }

    /// SQLite counts the transactions that wrote to a file in its header ("file change counter"),
    /// and the system tells when its bytes changed last, whoever wrote them by whatever means.
    ///
    /// `nil` while a log beside it may hold more, and for a file so fresh that another write might
    /// carry the same time.
    func mark() -> StoreMark? {
        for companion in ["-journal", "-wal"] where size(of: path + companion) > 0 { return nil }
        var status = stat()
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        guard let header = try? header(), header.count == 100, stat(path, &status) == 0,
            now.nanoseconds - status.st_ctim.nanoseconds >= Self.tick
        else { return nil }
        let counter = header[24..<28].reduce(0) { $0 << 8 | Int($1) }
        let parts = [
            Int(status.st_dev), Int(status.st_ino), Int(status.st_size),
            status.st_mtim.nanoseconds, status.st_ctim.nanoseconds, counter,
        ]
        return StoreMark("sqlite " + parts.map(String.init).joined(separator: " "))
    }

    /// More than the steps in which file systems count time, in nanoseconds.
    private static let tick = 20_000_000

    private func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    static func reason(_ code: Int32) -> String {
        code == EIO ? SQLiteConnection.diskError : String(cString: strerror(code))
    }
}

// Making a store: under another name first, so that no kill leaves half of one at the path.
extension StoreFile {
    var newPath: String { path + ".new" }

    /// An empty file of mode 0600 for SQLite to fill. What an interrupted attempt left goes.
    func prepare() throws(StoreError) {
        removeNew()
        let descriptor = open(newPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        close(descriptor)
    }

    func removeNew() {
        unlink(newPath)
        unlink(newPath + "-journal")
    }

    /// Puts the finished database at the path, in one step that leaves no second name behind.
    ///
    /// - Throws: `.stale` when somebody was faster, `.outcomeUnknown` when nobody can say whether
    ///   it lies there.
    func publish() throws(StoreError) {
        defer { removeNew() }
        var answer = renameat2(
            AT_FDCWD, newPath, AT_FDCWD, path, UInt32(MUSTER_RENAME_NOREPLACE))
        if answer != 0, errno == EINVAL || errno == ENOSYS {
            // A file system that cannot; the store's lock keeps others away.
            guard access(path, F_OK) != 0 else { throw .stale }
            answer = rename(newPath, path)
        }
        guard answer == 0 else {
            switch errno {
            case EEXIST: throw .stale
            case EIO: throw .outcomeUnknown(Self.reason(EIO))
            case let code: throw failure(code)
            }
        }
        try syncFolder()
    }

    private func syncFolder() throws(StoreError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .outcomeUnknown(Self.reason(errno)) }
        defer { close(descriptor) }
        // Not every file system can do this for a folder.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw .outcomeUnknown(Self.reason(errno))
        }
    }

    /// Makes the folder and those above it, mode 0700; gives back which were made, deepest last.
    func makeFolder() throws(StoreError) -> [String] {
        var missing: [String] = []
        var current = folder
        while access(current, F_OK) != 0, errno == ENOENT {
            missing.append(current)
            guard let slash = current.lastIndex(of: "/"), slash != current.startIndex else { break }
            current = String(current[..<slash])
        }
        var made: [String] = []
        for folder in missing.reversed() {
            guard mkdir(folder, 0o700) == 0 else {
                if errno == EEXIST { continue }
                throw failure(errno)
            }
            made.append(folder)
        }
        return made
    }

    func failure(_ code: Int32) -> StoreError {
        switch code {
        case EACCES, EROFS, EPERM: .readOnly(path)
        case ENOSPC, EDQUOT: .full(path)
        default: .unreachable(path, reason: Self.reason(code))
        }
    }
}

extension timespec {
    /// Since 1970.
    fileprivate var nanoseconds: Int { tv_sec * 1_000_000_000 + tv_nsec }
}
