package import AccessModel
package import Invitations
package import Manifests
package import Storage

/// The doors to the world that the HTTP service needs, opened before it starts.
package struct ServicePorts: Sendable {
    package var project: Project
    /// Readers of the store's present state; each one opens the store by itself.
    package var reader: @Sendable () throws(StoreError) -> any StoreReader
    package var store: any Store
    /// Opens the store anew, for a moment and with little patience.
    package var trial: @Sendable () throws(StoreError) -> any Store
    package var keys: any InvitationKeySource
    /// Made anew for each round, as are its secrets. `nil` when nothing is delivered and nobody is
    /// told by mail.
    package var transport: Transport?
    /// As they were when the service started, as is the project.
    package var templates: LetterTemplates
    /// Posts a drift report; gives back why it was not taken. `nil` when nobody is told so.
    package var webhook: (@Sendable ([UInt8]) -> String?)?
    /// This process as claims on letters name it; another one each time.
    package var claimant: @Sendable () -> Claimant
    /// Who acts, and when; made anew for each deed.
    package var context: @Sendable (Actor) -> RunContext
    /// The manifests as they are now.
    package var manifests: @Sendable () -> LoadedManifests
    /// Free bytes where the store lies; `nil` when that is not ours to know.
    package var freeSpace: @Sendable () -> Int64?
    /// What was last told of drift, kept over restarts; `nil` when nothing was told yet.
    package var lastTold: @Sendable () -> String?
    /// Keeps it. `false` when it cannot be kept.
    package var keepTold: @Sendable (String) -> Bool

    package typealias Transport = @Sendable () throws(DeliveryProblem) -> any MailTransport

    package init(
        project: Project, reader: @escaping @Sendable () throws(StoreError) -> any StoreReader,
        store: any Store, trial: @escaping @Sendable () throws(StoreError) -> any Store,
        keys: any InvitationKeySource, transport: Transport?,
        templates: LetterTemplates = .builtIn, webhook: (@Sendable ([UInt8]) -> String?)? = nil,
        claimant: @escaping @Sendable () -> Claimant,
        context: @escaping @Sendable (Actor) -> RunContext,
        manifests: @escaping @Sendable () -> LoadedManifests,
        freeSpace: @escaping @Sendable () -> Int64? = { nil },
        lastTold: @escaping @Sendable () -> String? = { nil },
        keepTold: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.project = project
        self.reader = reader
        self.store = store
        self.trial = trial
        self.keys = keys
        self.transport = transport
        self.templates = templates
        self.webhook = webhook
        self.claimant = claimant
        self.context = context
        self.manifests = manifests
        self.freeSpace = freeSpace
        self.lastTold = lastTold
        self.keepTold = keepTold
    }
}
