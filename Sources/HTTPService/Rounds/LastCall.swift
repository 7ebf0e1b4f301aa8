internal import Glibc
internal import Logging
internal import ServiceLifecycle

/// Ends the process when the service was asked to stop and does not: a relay that answers nothing
/// can hold a round for minutes, and nothing cuts that short. Letters that were in hand then are
/// free again, since their sender is gone.
struct LastCall: Service {
    let patience: Duration
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        // Not a part of the group, which cancels its parts.
        Task.detached {
            try await Task.sleep(for: patience)
            logger.warning("stopped with work in hand")
            exit(1)
        }
    }
}
