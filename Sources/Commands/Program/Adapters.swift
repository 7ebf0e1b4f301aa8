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
    /// Looks for what is wrong with a store, whatever lies there.
    package var check:
        @Sendable (StoreLocation, _ seconds: Int64, _ head: String?) async throws(StoreError)
            -> IntegrityReport
    /// Copies a store to where none is.
    package var copy:
        @Sendable (
            _ source: StoreLocation, _ target: StoreLocation, _ seconds: Int64,
            _ underTestClock: Bool
        ) async throws(StoreError) -> CopyOutcome
    /// The transport of a delivery URL; relative paths are below the project's root.
    package var transport: Transport
    /// Tells a URL of an event, and gives back why it did not take it.
    package var webhook: Webhook
    /// Runs the HTTP service to its end, and gives back why it could not. `nil` in a program that
    /// has none in it.
    package var serve: (@Sendable (ServiceSettings, ServicePorts) async -> String?)?

    package typealias Transport =
        @Sendable (_ delivery: String, _ root: String) throws(DeliveryProblem) -> any MailTransport
    package typealias Webhook =
        @Sendable (_ url: String, _ event: String) throws(DeliveryProblem) ->
        @Sendable ([UInt8]) ->
        String?

    package init(
        reader:
            @escaping @Sendable (StoreLocation, _ seconds: Int64) throws(StoreError)
            -> any StoreReader,
        store:
            @escaping @Sendable (StoreLocation, _ seconds: Int64) throws(StoreError) -> any Store,
        check:
            @escaping @Sendable (
                StoreLocation, _ seconds: Int64, _ head: String?
            ) async throws(StoreError) -> IntegrityReport,
        copy:
            @escaping @Sendable (
                _ source: StoreLocation, _ target: StoreLocation, _ seconds: Int64,
                _ underTestClock: Bool
            ) async throws(StoreError) -> CopyOutcome,
        transport: @escaping Transport,
        webhook: @escaping Webhook
    ) {
        self.reader = reader
        self.store = store
        self.check = check
        self.copy = copy
        self.transport = transport
        self.webhook = webhook
    }

    /// The adapters of this run; set around the whole program.
    @TaskLocal package static var current: Adapters?
}
