/// How much a file may hold before it is refused (`Project.limits`).
package struct Limits: Hashable, Sendable {
    package var fileBytes = 16 << 20
    package var totalBytes = 1 << 30
    package var files = 100_000
    /// Keys, values, lists and mappings in one file.
    package var nodes = 3_000_000
    package var documents = 100_000
    package var nesting = 64
    package var scalarBytes = 64 << 10
    package var keyBytes = 256
    package var nameScalars = 200
    package var aliasNodes = 10_000
    package var aliasBytes = 16 << 20

    package init() {}
}
