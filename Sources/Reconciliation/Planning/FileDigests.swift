internal import AccessModel
internal import Crypto
package import Diagnostics

/// The SHA-256 of the bytes of each of many files, by its path.
package struct FileDigests: Sendable {
    private let digests: [String: String]

    package init(of files: [SourceFile]) {
        let found = values(of: files.indices, inParallel: true) { place in
            hexadecimal(SHA256.hash(data: files[place].bytes))
        }
        digests = Dictionary(zip(files.map(\.path), found), uniquingKeysWith: { $1 })
    }

    package subscript(path: String) -> String? { digests[path] }

    package var paths: [String] { digests.keys.sorted() }

    /// Tells one set of manifests from another: SHA-256 over the paths and digests of all of
    /// them. Templates of letters are none: another wording is no change of access.
    package var ofManifests: String {
        "sha256:" + digest(of: parts(FileName.isManifest))
    }

    /// The paths and digests of some files, in the order of the paths.
    fileprivate func parts(_ isOneOfThem: (String) -> Bool) -> [String] {
        paths.filter(isOneOfThem).flatMap { [$0, digests[$0] ?? ""] }
    }
}

/// Tells one question to a project from another one: SHA-256 over all that is asked, and over the
/// paths and digests of files.
package func questionDigest(_ parts: [String], of digests: FileDigests) -> String {
    digest(of: digests.parts { _ in true } + [""] + parts)
}

/// Of the texts and their lengths.
private func digest(of parts: [String]) -> String {
    var hash = SHA256()
    for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    return hexadecimal(hash.finalize())
}
