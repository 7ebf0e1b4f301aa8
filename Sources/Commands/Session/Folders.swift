import Glibc

/// Makes the folders that a file is to lie in, as far as they are not there.
func makeFolders(of file: String) throws(FileFailure) {
    var built = file.hasPrefix("/") ? "" : "."
    for part in file.split(separator: "/").dropLast() {
        built += "/" + part
        guard mkdir(built, 0o777) == 0 || errno == EEXIST else { throw FileFailure(built) }
    }
}

/// How a path is written for somebody who stands in a folder; both may be relative to the current
/// one, and the folder need not be there.
func relativePath(to path: String, from folder: String) -> String {
    let here = parts(of: folder)
    let there = parts(of: path)
    let common = zip(here, there).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: here.count - common) + there.dropFirst(common)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
}

/// The names on the way to an absolute path, without links as far as it is there.
private func parts(of path: String) -> [String] {
    let whole = path.hasPrefix("/") ? path : currentFolder() + "/" + path
    var parts: [String] = []
    for part in whole.split(separator: "/").map(String.init) where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    // Links of the part that is there; what is not there has none.
    for count in stride(from: parts.count, through: 0, by: -1) {
        guard let real = realpath("/" + parts.prefix(count).joined(separator: "/"), nil) else {
            continue
        }
        defer { free(real) }
        return String(cString: real).split(separator: "/").map(String.init)
            + parts.dropFirst(count)
    }
    return parts
}
