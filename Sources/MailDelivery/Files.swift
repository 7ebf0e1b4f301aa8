internal import CLinux
internal import Glibc

/// What the operating system answered, in its own words.
struct SystemError: Error, CustomStringConvertible {
    let number: CInt

    init(_ number: CInt = errno) { self.number = number }

    var description: String { String(cString: strerror(number)) }
}

/// Makes a folder, and its parents, with mode 0700 where they are missing.
func makeFolder(_ path: String) throws(SystemError) {
    var status = stat()
    if stat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemError(ENOTDIR) }
        return
    }
    guard errno == ENOENT else { throw SystemError() }
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex {
        try makeFolder(String(path[..<slash]))
    }
    // Somebody else may have made it in the meantime.
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw SystemError() }
}

/// Writes a file of mode 0600 that must not be there, and has the disk take it.
func writeFile(_ bytes: [UInt8], to path: String) throws(SystemError) {
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError() }
    var failure: SystemError?
    var written = 0
    while written < bytes.count, failure == nil {
        let count = bytes.withUnsafeBytes {
            write(file, $0.baseAddress! + written, bytes.count - written)
        }
        if count > 0 {
            written += count
        } else if count == 0 || errno != EINTR {
            failure = SystemError(count == 0 ? EIO : errno)
        }
    }
    if close(file) != 0, failure == nil { failure = SystemError() }
    if let failure { throw failure }
}

func move(_ path: String, to target: String) throws(SystemError) {
    if rename(path, target) != 0 { throw SystemError() }
}

/// Makes the names in a folder survive a loss of power.
/// One call for all the files and folders there: much less waiting than one for each.
func synchroniseFileSystem(of path: String) throws(SystemError) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw SystemError() }
    defer { close(folder) }
    if syncfs(folder) != 0 { throw SystemError() }
}

/// Is there a file of this name, with or without a maildir's flags (`name:2,S`)?
func folderHolds(_ name: String, in path: String) throws(SystemError) -> Bool {
    try names(in: path).contains { $0 == name || $0.hasPrefix(name + ":") }
}

/// Of what lies in a folder, in no order.
func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = opendir(path) else { throw SystemError() }
    defer { closedir(folder) }
    var names: [String] = []
    while true {
        errno = 0
        guard let entry = readdir(folder) else {
            if errno != 0 { throw SystemError() }
            return names
        }
        names.append(String(cString: muster_name(entry)))
    }
}

/// The bytes of a file that is no longer than `limit`.
func contents(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw SystemError() }
    defer { close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = read(file, &part, part.count)
        if count == 0 { return bytes }
        if count < 0 {
            if errno == EINTR { continue }
            throw SystemError()
        }
        bytes += part[..<count]
        if bytes.count > limit { throw SystemError(EFBIG) }
    }
}
