import Diagnostics
import Presentation

/// The exit codes; they are part of the interface.
enum ExitStatus: Int32, Sendable {
    case done = 0
    /// A run-time failure, or the answer was no.
    case failed = 1
    case differences = 2
    case refused = 3
    /// A stale plan, or the lock is held.
    case stale = 4
    case undelivered = 5
    case unverified = 6
    case unknownOutcome = 7
    case usage = 64
    case invalid = 65
}

/// Ends a command: what to say on standard error, and the exit code.
struct Stop: Error, Sendable {
    var status: ExitStatus
    var message: String?

    init(_ status: ExitStatus, _ message: String? = nil) {
        self.status = status
        self.message = message
    }

    init(_ status: ExitStatus, _ failure: ResolvedDiagnostic) {
        self.init(status, failure.headline)
    }

    /// - Parameter error: what is wrong and what to do, of arguments, the environment or a file. It
    ///   need not be escaped.
    init(_ status: ExitStatus, error: String) {
        self.init(status, .failure(error))
    }
}
