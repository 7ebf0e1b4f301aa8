import Crypto
package import Diagnostics

/// Tells one set of manifests from another: SHA-256 over the paths and bytes of all
/// files. Templates of letters are none: another wording is no change of access.
package func digest(of sources: SourceMap) -> String {
    var hash = SHA256()
    for file in sources.files.sorted(by: { $0.path < $1.path })
    where FileName.isManifest(file.path) {
        hash.update(data: Array("\(file.path.utf8.count):\(file.path) \(file.bytes.count):".utf8))
        hash.update(data: file.bytes)
    }
    return "sha256:" + hexadecimal(hash.finalize())
}
