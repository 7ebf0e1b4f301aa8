package import AccessModel
package import Reconciliation

extension RunContext {
    /// A run of the operator's in a test, with tokens that nobody can guess.
    package static func ofOperator(at now: Instant) -> RunContext {
        RunContext(
            actor: .platformOperator, now: now, underTestClock: false, systemUser: "test",
            host: "test", process: 1, ci: nil,
            random: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
    }
}
