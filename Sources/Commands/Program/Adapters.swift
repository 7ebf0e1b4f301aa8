package import Invitations
package import Reconciliation
package import Storage

/// The doors to the world. Only the program's main file knows what is behind them.
package struct Adapters: Sendable {
    /// Where a store is, resolved to an absolute path or URL.
    package enum StoreLocation: Hashable, Sendable {
        case sqlite(path: String)
        case postgres(url: String)
    }

    /// For whoever plans: nothing in it writes. The seconds are how long others are waited for.
    package var reader:
        @Sendable (StoreLocation, _ seconds: Int64) throws(StoreError) -> any StoreReader
    package var store: @Sendable (StoreLocation, _ seconds: Int64) throws(StoreError) -> any Store
    /// The transport of a delivery URL; relative paths are below the project's root. `nil` when
    /// this program has none of that kind.
    package var transport: @Sendable (_ delivery: String, _ root: String) -> (any MailTransport)?
    /// Runs the HTTP service to its end, and gives back why it could not. `nil` in a program that
    /// has none in it.
    package var serve: (@Sendable (ServiceSettings, ServicePorts) async -> String?)?

    package init(
        reader:
            @escaping @Sendable (StoreLocation, _ seconds: Int64) throws(StoreError)
            -> any StoreReader,
        store:
            @escaping @Sendable (StoreLocation, _ seconds: Int64) throws(StoreError) -> any Store,
        transport: @escaping @Sendable (_ delivery: String, _ root: String) -> (any MailTransport)?
    ) {
        self.reader = reader
        self.store = store
        self.transport = transport
    }

    /// The adapters of this run; set around the whole program.
    @TaskLocal package static var current: Adapters?
}
