import Diagnostics
import Reconciliation

/// Whether anything is remembered, or not read again, because nothing has changed (`MUSTER_CACHE`).
enum Caching: String {
    case off
    /// For projects that take a while.
    case auto
    /// For small ones too.
    case always

    static var ofThisRun: Caching { variable("MUSTER_CACHE").flatMap(Self.init) ?? .auto }

    /// Smaller projects are read before anybody could begin with something else.
    private static let leastBytes = 1 << 20

    func isWorthwhile(for files: ProjectFiles) -> Bool {
        self == .always || files.files.reduce(0) { $0 + $1.bytes.count } >= Self.leastBytes
    }
}
