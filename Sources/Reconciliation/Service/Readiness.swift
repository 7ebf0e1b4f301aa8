import AccessModel
package import Storage

/// Whether an invitation could be answered right now.
package struct Readiness: Sendable {
    /// An answer to an invitation needs a few pages; a file system keeps a little for itself.
    package static let leastSpace: Int64 = 1 << 20

    private let ports: ServicePorts

    package init(_ ports: ServicePorts) { self.ports = ports }

    /// Opens the store anew, which looks through a small one, and takes its lock for a moment.
    /// Changes nothing. `nil` when all is well.
    package func problem() async -> StoreError? {
        do throws(StoreError) {
            let reader = try ports.reader()
            _ = try await reader.identity()
            _ = try await reader.runs(limit: 1)
            if let space = ports.freeSpace(), space < Self.leastSpace { throw .full("the store") }
            let holder = ports.context(.platformOperator).holder
            await (try ports.store.lock(holder: holder, timeout: 1)).release()
            return nil
        } catch {
            return error
        }
    }
}
