import Diagnostics
package import Syntax

/// The manifests of a project as a commit has them, by the same rules as those of a folder.
package struct GitRevision: Hashable, Sendable {
    /// The full name of the commit.
    package let commit: String
    private let root: String

    /// What a branch, a tag or any other revision of the project's repository means now.
    package static func named(
        _ revision: String, of folder: ProjectFolder
    ) -> Result<Self, GitRepository.Failure> {
        GitRepository.commit(revision, of: folder.root).map { Self(commit: $0, root: folder.root) }
    }

    /// `muster.yaml` alone.
    package func projectFile(limits: Limits = Limits()) -> Result<
        ProjectFiles, GitRepository.Failure
    > {
        read(limits: limits) { $0.filter { $0.path == FileName.project } }
    }

    /// All manifests, `muster.yaml` among them.
    package func manifests(
        ignore: [String] = [], limits: Limits = Limits()
    ) -> Result<ProjectFiles, GitRepository.Failure> {
        let ignore = ignore.map(Glob.init)
        return read(limits: limits) { blobs in
            let others = blobs.compactMap { blob -> String? in
                let parts = blob.path.split(separator: "/")
                let isProject =
                    parts.count > 1 && String(parts[parts.count - 1]) == FileName.project
                return isProject ? parts.dropLast().joined(separator: "/") : nil
            }
            let nested = Set(others)
            return blobs.filter { blob in
                let parts = blob.path.split(separator: "/").map(String.init)
                var above = ""
                for part in parts.dropLast() {
                    above = joined(above, part)
                    if nested.contains(above) { return false }
                }
                return !parts.contains(where: FileName.isHidden)
                    && (blob.path == FileName.project
                        || !ignore.contains { $0.matches(blob.path) })
            }
        }
    }

    private struct Blob {
        var path: String
        var id: String
        var size: Int
        var isLink: Bool
    }

    private func read(
        limits: Limits, choosing choose: ([Blob]) -> [Blob]
    ) -> Result<ProjectFiles, GitRepository.Failure> {
        GitRepository.run(["ls-tree", "-r", "-z", "-l", commit], in: root).flatMap { listing in
            var result = ProjectFiles()
            var total = 0
            var wanted: [Blob] = []
            for blob in choose(blobs(in: listing, &result)) {
                if FileName.isLeftover(String(blob.path.split(separator: "/").last ?? "")) {
                    result.ignored.append(blob.path)
                    continue
                }
                guard FileName.isManifest(blob.path) else { continue }
                total += blob.size
                if blob.size > limits.fileBytes {
                    result.exceed(
                        blob.path, "it has \(blob.size) bytes, more than \(limits.fileBytes).",
                        help: "Split it.")
                } else if total > limits.totalBytes || wanted.count >= limits.files {
                    result.exceed(
                        ".",
                        "the commit has more than \(limits.files) manifests or "
                            + "\(limits.totalBytes) bytes of them.", help: "Split the project.")
                    break
                } else {
                    wanted.append(blob)
                }
            }
            return contents(of: wanted).map { contents in
                for (blob, bytes) in zip(wanted, contents) {
                    if blob.isLink {
                        checkLink(blob.path, to: String(decoding: bytes, as: UTF8.self), &result)
                    } else {
                        result.files.append(SourceFile(path: blob.path, bytes: bytes))
                    }
                }
                result.sort()
                return result
            }
        }
    }

    /// The lines of `ls-tree -l`: mode, type, id, size, a tab and the path.
    private func blobs(in listing: [UInt8], _ result: inout ProjectFiles) -> [Blob] {
        listing.split(separator: 0).compactMap { line in
            guard let tab = line.firstIndex(of: 0x09) else { return nil }
            let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
            guard words.count == 4, words[1] == "blob" else { return nil }
            let name = line[(tab + 1)...]
            guard let path = String(validating: name, as: UTF8.self) else {
                let repaired = String(decoding: name, as: UTF8.self)
                if FileName.isManifest(repaired) {
                    result.refuse(repaired, "its name is not valid UTF-8.", help: "Rename it.")
                }
                return nil
            }
            return Blob(
                path: path, id: String(words[2]), size: Int(words[3]) ?? 0,
                isLink: words[0] == "120000")
        }
    }

    /// The bytes of blobs in their order, from one `cat-file --batch`.
    private func contents(of blobs: [Blob]) -> Result<[[UInt8]], GitRepository.Failure> {
        guard !blobs.isEmpty else { return .success([]) }
        let input = blobs.map { Array($0.id.utf8) + [0x0A] }.reduce(into: []) { $0 += $1 }
        return GitRepository.run(["cat-file", "--batch"], in: root, input: input).flatMap {
            output in
            var index = 0
            var contents: [[UInt8]] = []
            for blob in blobs {
                guard let end = output[index...].firstIndex(of: 0x0A),
                    output[index..<end].elementsEqual("\(blob.id) blob \(blob.size)".utf8),
                    end + 1 + blob.size < output.count
                else { return .failure(.git("\(blob.path) of \(commit) cannot be read.")) }
                contents.append(Array(output[(end + 1)..<(end + 1 + blob.size)]))
                index = end + blob.size + 2
            }
            return .success(contents)
        }
    }

    /// A link inside the project leads to a file that has its own name here; others are refused.
    private func checkLink(_ path: String, to target: String, _ result: inout ProjectFiles) {
        var parts = path.split(separator: "/").dropLast().map(String.init)
        var leaves = target.hasPrefix("/")
        for part in target.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                leaves = true
            }
        }
        guard leaves else { return }
        result.refuse(
            path, "it is a symbolic link that leaves the project.",
            help: "Copy the file into the project, or leave it out with `ignore`.")
    }
}
