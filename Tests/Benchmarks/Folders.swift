import Glibc

func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// Makes a folder and those above it.
func makeFolder(_ path: String) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
        made += part + "/"
        mkdir(made, 0o755)
    }
}

func remove(_ path: String) { _ = Run("rm", ["-rf", path]).succeeded() }

/// Puts a copy of a folder in the place of another.
func replace(_ path: String, by source: String) {
    remove(path)
    _ = Run("cp", ["-r", source, path]).succeeded()
}

func save(_ text: String, as path: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
}

/// The regular files below a folder whose names end so, by path.
func files(below folder: String, endingWith ending: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name.hasPrefix(".") { continue }
        let path = folder + "/" + name
        if entry.pointee.d_type == UInt8(DT_DIR) {
            found += files(below: path, endingWith: ending)
        } else if name.hasSuffix(ending) {
            found.append(path)
        }
    }
    return found.sorted()
}

func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = fread(buffer.baseAddress, 1, count, file)
    }
}
