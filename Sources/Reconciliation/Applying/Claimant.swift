package import AccessModel

/// Who sends letters: a name that tells of a process, and what can be known of the others.
package struct Claimant: Sendable {
    /// Unlike any other, also of this process.
    package var name: String
    /// Is that claimant known to be gone? One that may be alive somewhere is not.
    package var hasEnded: @Sendable (String) -> Bool
    /// The time on the wall. Claims are between processes, and `MUSTER_CLOCK` stands still.
    package var time: @Sendable () -> Instant

    package init(
        name: String, hasEnded: @escaping @Sendable (String) -> Bool,
        time: @escaping @Sendable () -> Instant
    ) {
        self.name = name
        self.hasEnded = hasEnded
        self.time = time
    }
}
