/// A store as it stands: as long as the mark is the same, nobody wrote to it, whoever that is.
package struct StoreMark: Hashable, Sendable {
    /// Says nothing to anybody but the engine that made it.
    package let text: String

    package init(_ text: String) { self.text = text }
}
