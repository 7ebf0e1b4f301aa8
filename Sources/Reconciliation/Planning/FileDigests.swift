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
}
