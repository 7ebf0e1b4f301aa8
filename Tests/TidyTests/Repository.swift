import FoundationEssentials

/// The files of this repository, as a reviewer sees them.
enum Repository {
    struct TextFile {
        /// Below the root, with slashes.
        var path: String
        var lines: [String]
        var text: String
    }

    static let root: String = {
        let url = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path = url.path(percentEncoded: false)
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }()

    /// The Swift files of the product and of its tests, sorted.
    static let sources: [TextFile] = files(below: "Sources", "Tests") { $0.hasSuffix(".swift") }

    /// Everything that people read, sorted.
    static let texts: [TextFile] =
        files(below: "Sources", "Tests", "examples", "schema", ".ci") { path in
            !path.hasSuffix(".db") && !path.contains("/.muster/") && !path.contains("__pycache__")
        }
        + names(in: "").filter { $0.hasSuffix(".md") || $0 == "Package.swift" }.compactMap(file)

    static func names(in folder: String) -> [String] {
        let path = folder.isEmpty ? root : root + "/" + folder
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    static func file(_ path: String) -> TextFile? {
        guard let data = try? Data(contentsOf: URL(filePath: root + "/" + path)) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return TextFile(path: path, lines: lines.last == "" ? lines.dropLast() : lines, text: text)
    }

    private static func files(
        below folders: String..., where isWanted: (String) -> Bool
    ) -> [TextFile] {
        folders.flatMap { paths(below: $0) }.filter(isWanted).sorted().compactMap(file)
    }

    private static func paths(below folder: String) -> [String] {
        names(in: folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            var isFolder = false
            guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder)
            else { return [] }
            return isFolder ? paths(below: path) : [path]
        }
    }
}

extension Repository.TextFile {
    /// `path:line: ` and the line, for each line that the rule finds fault with.
    func faults(_ isFault: (String) -> Bool) -> [String] {
        lines.enumerated().filter { isFault($0.element) }.map {
            "\(path):\($0.offset + 1): \($0.element)"
        }
    }

    /// The module that a file of `Sources` belongs to.
    var module: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// The modules that it imports, whatever their access.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), words.count > place + 1,
                words[..<place].allSatisfy({
                    ["package", "internal", "private", "@preconcurrency"].contains($0)
                })
            else { return nil }
            return String(words[place + 1])
        }
    }
}
