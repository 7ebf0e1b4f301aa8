import Crypto
package import Diagnostics

/// Tells one set of manifests from another: SHA-256 over the paths and bytes of all
/// files. Templates of letters are none: another wording is no change of access.
package func digest(of files: [SourceFile]) -> String {
    let manifests = files.filter { FileName.isManifest($0.path) }
    return "sha256:" + hexadecimal(SHA256(of: manifests).finalize())
}

extension SHA256 {
    /// Of paths and bytes, in the order of the paths.
    init(of files: [SourceFile]) {
        self.init()
        for file in files.sorted(by: { $0.path < $1.path }) {
            update(data: Array("\(file.path.utf8.count):\(file.path) \(file.bytes.count):".utf8))
            update(data: file.bytes)
        }
    }
}
