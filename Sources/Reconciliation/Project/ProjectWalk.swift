import Diagnostics
import Syntax

/// One reading of the files below a project's root.
struct ProjectWalk {
    private let root: String
    private let ignore: [Glob]
    private let limits: Limits
    private var result = ProjectFiles()
    private var seen: Set<FileSystem.Identity> = []
    private var total = 0
    private var isFull = false
    /// Folders that wait to be read, and what a link leads to: after all that is reached without
    /// links, so that a file keeps its own name.
    private var folders: [String] = []
    private var links: [String] = []

    init(root: String, ignore: [Glob], limits: Limits) {
        self.root = root
        self.ignore = ignore
        self.limits = limits
    }

    mutating func run() {
        guard case .success(let entry) = FileSystem.entry(at: root, following: true) else {
            return result.refuse(root, "the project's folder cannot be read.")
        }
        seen.insert(entry.identity)
        folders = [""]
        drain()
    }

    /// Reads the folders that wait, and then what links lead to.
    mutating func drain() {
        while !isFull {
            if let folder = folders.popLast() {
                readFolder(folder)
            } else if !links.isEmpty {
                follow(links.removeFirst())
            } else {
                return
            }
        }
    }

    func finished() -> ProjectFiles {
        var result = result
        result.sort()
        return result
    }

    private mutating func readFolder(_ folder: String) {
        let names: [[UInt8]]
        switch FileSystem.names(in: path(folder)) {
        case .success(let found): names = found
        case .failure(let failure):
            return result.refuse(
                folder.isEmpty ? "." : folder, "the folder cannot be read: \(failure.reason).",
                help: help(for: failure))
        }
        let isOther = !folder.isEmpty && names.contains(Array(FileName.project.utf8))
        if isOther { return }
        for name in names where !isFull {
            if let text = String(validating: name, as: UTF8.self) {
                take(text, in: folder)
            } else {
                takeUnnamed(name, in: folder)
            }
        }
    }

    /// A name that is not UTF-8: refused if it could be a manifest or a folder with some.
    private mutating func takeUnnamed(_ bytes: [UInt8], in folder: String) {
        let name = String(decoding: bytes, as: UTF8.self)
        guard !FileName.isHidden(name), !FileName.isLeftover(name) else { return }
        let isFolder = FileSystem.isFolder(Array((path(folder) + "/").utf8) + bytes)
        guard isFolder || FileName.isManifest(name) else { return }
        result.refuse(
            joined(folder, name), "its name is not valid UTF-8.",
            help: "Rename it, or move it out of the project.")
    }

    /// One name in a folder: a manifest is read, a folder and a link wait.
    mutating func take(_ name: String, in folder: String) {
        let place = joined(folder, name)
        if FileName.isLeftover(name) {
            result.ignored.append(place)
            return
        }
        guard !FileName.isHidden(name), !isIgnored(place) else { return }
        switch FileSystem.entry(at: path(place), following: false) {
        case .failure(let failure):
            if FileName.isManifest(name) || !failure.isAbsence { refuse(place, failure) }
        case .success(let entry):
            switch entry.kind {
            case .link: links.append(place)
            case .folder where place == FileName.project:
                result.refuse(place, "it is a folder.", help: "Make it a file.")
            case .folder: enter(place, entry)
            case .file:
                guard FileName.isManifest(name) else { return }
                seen.insert(entry.identity)
                read(place)
            case .other(let kind):
                guard FileName.isManifest(name) else { return }
                result.refuse(
                    place, "it is \(kind), not a file.", help: "Move it out of the project.")
            }
        }
    }

    private mutating func enter(_ place: String, _ entry: FileSystem.Entry) {
        // Longer than any name, so that no `?` of a pattern can fit it: all below is left out.
        let anything = String(repeating: "\0", count: 256)
        if ignore.contains(where: { $0.matches(joined(place, anything)) }) { return }
        if seen.insert(entry.identity).inserted { folders.append(place) }
    }

    private mutating func read(_ place: String) {
        guard result.files.count < limits.files else {
            isFull = true
            return result.exceed(
                ".", "the project has more than \(limits.files) manifests.",
                help: "Split it, or leave some out with `ignore`.")
        }
        let rest = limits.totalBytes - total
        switch FileSystem.content(of: path(place), limit: min(limits.fileBytes, rest)) {
        case .success(.bytes(let bytes)):
            total += bytes.count
            result.files.append(SourceFile(path: place, bytes: bytes))
        case .success(.tooBig(let size)) where size > limits.fileBytes:
            result.exceed(
                place, "it has \(size) bytes, more than \(limits.fileBytes).", help: "Split it.")
        case .success(.tooBig):
            isFull = true
            result.exceed(
                place, "with it the manifests have more than \(limits.totalBytes) bytes.",
                help: "Split the project, or leave some out with `ignore`.")
        case .success(.notAFile):
            result.refuse(place, "it is not a file.", help: "Move it out of the project.")
        case .success(.changed):
            result.refuse(place, "it was changed while it was read.", help: "Run it again.")
        case .failure(let failure): refuse(place, failure)
        }
    }

    /// What a link leads to, if that is inside the root and was not read under its own name.
    private mutating func follow(_ place: String) {
        let name = place.split(separator: "/").last.map(String.init) ?? place
        let target: String
        switch FileSystem.resolved(path(place)) {
        case .success(let found): target = found
        case .failure(let failure):
            // A link that leads nowhere hides a manifest only if it is called like one.
            if FileName.isManifest(name) || !failure.isAbsence { refuse(place, failure) }
            return
        }
        guard case .success(let entry) = FileSystem.entry(at: target, following: false) else {
            return
        }
        var isFolder = false
        if case .folder = entry.kind { isFolder = true }
        guard isFolder || FileName.isManifest(name) else { return }
        guard target == root || target.hasPrefix(root == "/" ? "/" : root + "/") else {
            return result.refuse(
                place, "it is a symbolic link that leaves the project.",
                help: "Copy the file into the project, or leave it out with `ignore`.")
        }
        switch entry.kind {
        case .folder: enter(place, entry)
        case .file: if seen.insert(entry.identity).inserted { read(place) }
        case .other(let kind):
            result.refuse(place, "it leads to \(kind).", help: "Move it out of the project.")
        case .link: break
        }
    }

    private mutating func refuse(_ place: String, _ failure: FileSystem.Failure) {
        result.refuse(
            place, "it cannot be read: \(failure.reason).",
            help: help(for: failure))
    }

    private func help(for failure: FileSystem.Failure) -> String {
        failure.isOfTheDisk
            ? "Run it again; if it stays, put it back from a copy."
            : "Give the right to read it, or leave it out with `ignore`."
    }

    private func isIgnored(_ place: String) -> Bool {
        place != FileName.project && ignore.contains { $0.matches(place) }
    }

    private func path(_ place: String) -> String { place.isEmpty ? root : joined(root, place) }
}
