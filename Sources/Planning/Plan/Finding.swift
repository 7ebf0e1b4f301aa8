package import AccessModel

/// What planning has to say about a plan: a rule that refuses a step, or something to look at.
///
/// The sentences are in the catalogue (`Findings/`); here are the facts.
package struct Finding: Hashable, Sendable {
    package var code: String
    package var address: Address
    /// What is wrong, as one sentence without its subject.
    package var message: String
    /// What to do, as one sentence.
    package var help: String?
    /// Other declarations that explain it: the policy's rule, the tenant that sets the floor.
    package var related: [Address]
    /// Not about a tenant or an identity that `--tenant` could leave out.
    package var isGlobal: Bool

    package init(
        _ code: String, _ address: Address, _ message: String, help: String? = nil,
        related: [Address] = [], isGlobal: Bool = false
    ) {
        self.code = code
        self.address = address
        self.message = message
        self.help = help
        self.related = related
        self.isGlobal = isGlobal
    }

    package var isError: Bool { code.hasPrefix("E") }
}
