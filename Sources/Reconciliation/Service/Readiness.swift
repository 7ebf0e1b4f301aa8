import AccessModel
package import Storage

/// Whether an invitation could be answered right now.
package struct Readiness: Sendable {
    /// An answer to an invitation needs a few pages; a file system keeps a little for itself.
    package static let leastSpace: Int64 = 1 << 20

    private let ports: ServicePorts

    package init(_ ports: ServicePorts) { self.ports = ports }

    /// Opens the store anew, which looks through a small one, takes its lock for a moment and
    /// begins a write that it takes back. Changes nothing. `nil` when all is well.
    package func problem() async -> StoreError? {
        do throws(StoreError) {
            let store = try ports.trial()
            _ = try await store.identity()
            _ = try await store.runs(limit: 1)
            if let space = ports.freeSpace(), space < Self.leastSpace { throw .full("the store") }
            let holder = ports.context(.platformOperator).holder
            let lock = try await store.lock(holder: holder, timeout: 1)
            let problem = await rehearsal(of: store)
            await lock.release()
            return problem
        } catch {
            return error
        }
    }

    private func rehearsal(of store: any Store) async -> StoreError? {
        do throws(StoreError) {
            try await store.rehearse()
            return nil
        } catch {
            return error
        }
    }
}
