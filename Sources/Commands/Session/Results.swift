import Glibc

/// Writes what a command has to say into the file that somebody named: over an earlier one of its
/// kind, and over nothing that a slip of the hand would lose for good.
func writeResult(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    if let what = treasure(at: path) {
        throw FileFailure(path, "it is \(what), and is not written over; name another file")
    }
    try writePrivately(bytes, to: path)
}

/// What lies there that nobody wants to lose; `nil` for anything else, or nothing.
private func treasure(at path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
        return nil
    }
    if name == "invitation.key" { return "a key" }
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return "a manifest" }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: 16)
    guard read(descriptor, &head, head.count) == head.count else { return nil }
    return head.elementsEqual("SQLite format 3\0".utf8) ? "a database" : nil
}
