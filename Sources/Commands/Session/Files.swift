import Diagnostics
import Glibc
import Reconciliation

struct FileFailure: Error {
    var message: String

    /// What the system said last about a path.
    init(_ path: String) {
        message = "\(escapedForTerminal(path)): \(String(cString: strerror(errno)))."
    }

    init(_ path: String, _ reason: String) {
        message = "\(escapedForTerminal(path)): \(reason)."
    }
}

/// A whole file, up to a limit that is checked before it is read. `-` is standard input.
func contents(of path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFailure(path) }
    if path != "-" {
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure(path, "it is no file") }
        guard Int(status.st_size) <= limit else {
            throw FileFailure(path, "it is larger than \(limit >> 20) MiB")
        }
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count == 0 { return bytes }
        if count < 0 {
            guard errno == EINTR else { throw FileFailure(path) }
            continue
        }
        bytes += buffer.prefix(count)
        guard bytes.count <= limit else {
            throw FileFailure(path, "it is larger than \(limit >> 20) MiB")
        }
    }
}

/// Writes a file of mode 0600 that is there wholly or not at all. What is no file (a device, a
/// pipe) is written to and never replaced.
///
/// - Parameter synced: not before the disk has it; without that, thousands are written in a second.
func writePrivately(
    _ bytes: [UInt8], to path: String, synced: Bool = true
) throws(FileFailure) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        return try write(bytes, into: path)
    }
    // Not for each of the thousands.
    if synced { removeDrafts(of: path) }
    let draft = "\(path).\(getpid()).draft"
    // In containers everybody has the same number.
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure(path) }
    let failure =
        writeAll(bytes, to: descriptor, path)
        ?? (!synced || fsync(descriptor) == 0 ? nil : FileFailure(path))
    close(descriptor)
    if let failure {
        unlink(draft)
        throw failure
    }
    guard rename(draft, path) == 0 else {
        let failure = FileFailure(path)
        unlink(draft)
        throw failure
    }
}

/// Removes what processes of this machine left beside a file that were killed while they wrote it.
func removeDrafts(of path: String) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "./"
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    let start = String(name) + "."
    guard case .success(let names) = FileSystem.names(in: folder) else { return }
    for found in names.map({ String(decoding: $0, as: UTF8.self) }) {
        guard found.hasPrefix(start), found.hasSuffix(".draft"),
            let process = pid_t(found.dropFirst(start.count).prefix { $0 != "." }), process > 0,
            kill(process, 0) != 0, errno == ESRCH
        else { continue }
        unlink(folder + found)
    }
}

/// Writes to something that is there and no file.
private func write(_ bytes: [UInt8], into path: String) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { close(descriptor) }
    if let failure = writeAll(bytes, to: descriptor, path) { throw failure }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) -> FileFailure? {
    var rest = bytes[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 {
            guard errno == EINTR else { return FileFailure(path) }
            continue
        }
        rest = rest.dropFirst(written)
    }
    return nil
}
