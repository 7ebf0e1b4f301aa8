import AccessModel
import Diagnostics
import Glibc
import Invitations
import Manifests
import Planning
import Presentation
import Reconciliation
import Storage
import Syntax

/// One run of one command: its options, its streams, its project and its doors to the world.
struct Session {
    let options: GlobalOptions
    let console: Console
    let adapters: Adapters
    let progress: Progress
    /// How many seconds others are waited for who read or write the store.
    var patience: Int64 = 10

    init(_ options: GlobalOptions) throws(Stop) {
        self.options = options
        console = Console(color: options.color, isQuiet: options.quiet)
        guard let adapters = Adapters.current else {
            preconditionFailure("the program sets its adapters")
        }
        self.adapters = adapters
        progress = Progress(isShown: console.isErrorTerminal && !options.quiet)
    }

    /// Formats other than these are a wrong usage of the command.
    func requireFormat(_ formats: Format...) throws(Stop) {
        guard !formats.contains(options.format) else { return }
        let names = formats.map(\.rawValue).joined(separator: ", ")
        throw Stop(
            .usage, error: "this command has no format \(options.format.rawValue); it has \(names)."
        )
    }

    // MARK: - Time and actor

    /// The present, or `MUSTER_CLOCK`.
    func now() throws(Stop) -> (instant: Instant, isTestClock: Bool) {
        if let text = variable("MUSTER_CLOCK"), !text.isEmpty {
            guard let instant = Instant(rfc3339: text) else {
                throw Stop(
                    .usage,
                    error: "MUSTER_CLOCK is \(text), not an RFC 3339 instant "
                        + "such as 2026-11-22T10:00:00Z.")
            }
            return (instant, true)
        }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return (Instant(seconds: Int64(time.tv_sec)), false)
    }

    func actor() throws(Stop) -> Actor {
        guard let actor = try actorIfAny() else {
            throw Stop(
                .usage, error: "who acts? Pass --as EMAIL or --operator, or set MUSTER_ACTOR.")
        }
        return actor
    }

    func actorIfAny() throws(Stop) -> Actor? {
        if options.isOperator {
            guard options.actor == nil else {
                throw Stop(.usage, error: "--as and --operator exclude each other.")
            }
            return .platformOperator
        }
        let variable = variable("MUSTER_ACTOR").flatMap { $0.isEmpty ? nil : $0 }
        guard let text = options.actor ?? variable else { return nil }
        return .person(try address(text, of: "the actor "))
    }

    /// - Parameter role: what the address is for, with a space behind it.
    /// - Throws: exit 64 for a text that is no e-mail address.
    func address(_ text: String, of role: String = "") throws(Stop) -> EmailAddress {
        switch EmailAddress.parse(text) {
        case .success(let email): return email
        case .failure(let problem):
            throw Stop(
                .usage, error: "\(role)`\(text)` \(problem.sentence) \(problem.help)")
        }
    }

    func requireOperator(for what: String) throws(Stop) {
        guard try actor() == .platformOperator else {
            throw Stop(.refused, error: "\(what) is the operator's; run it with --operator.")
        }
    }

    func context(actor: Actor) throws(Stop) -> RunContext {
        let (instant, isTestClock) = try now()
        return RunContext(
            actor: actor, now: instant, underTestClock: isTestClock, systemUser: systemUser(),
            host: hostName(), process: getpid(), ci: continuousIntegration(),
            random: { count in
                var source = SystemRandomNumberGenerator()
                let words = (0..<(count + 7) / 8).map { _ in source.next() }
                return (0..<count).map { place in
                    UInt8(truncatingIfNeeded: words[place / 8] >> (8 * (place % 8)))
                }
            })
    }
}

private func systemUser() -> String {
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
        return String(cString: name)
    }
    return "uid \(getuid())"
}

private func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
}

/// The CI run as its environment names it: GitHub Actions, GitLab CI, others.
private func continuousIntegration() -> String? {
    if let server = variable("GITHUB_SERVER_URL"), let repository = variable("GITHUB_REPOSITORY"),
        let run = variable("GITHUB_RUN_ID")
    {
        return "\(server)/\(repository)/actions/runs/\(run)"
    }
    for name in ["CI_JOB_URL", "BUILD_URL", "BUILDKITE_BUILD_URL", "CIRCLE_BUILD_URL"] {
        if let url = variable(name), !url.isEmpty { return url }
    }
    return nil
}
