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
    /// The step that it refuses, by its address and kind, where it is about one.
    package var step: ChangeKind?

    package init(
        _ code: String, _ address: Address, _ message: String, help: String? = nil,
        step: ChangeKind? = nil
    ) {
        self.code = code
        self.address = address
        self.message = message
        self.help = help
        self.step = step
    }

    package var isError: Bool { code.hasPrefix("E") }
}
