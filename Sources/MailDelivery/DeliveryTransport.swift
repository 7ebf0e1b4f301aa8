internal import AccessModel
package import Invitations

/// The transport of a project's `delivery`. Nothing is sent or written yet; what can be known to be
/// missing is said now: a library, a key, a program.
///
/// - Parameter root: The project's folder; relative paths are below it.
package func mailTransport(
    for delivery: String, root: String, secrets: Secrets
) throws(DeliveryProblem) -> any MailTransport {
    let parsed: Delivery
    switch Delivery.parse(delivery) {
    case .success(let value): parsed = value
    case .failure(let problem): throw DeliveryProblem(problem.sentence)
    }
    let transport: any MailTransport
    switch parsed.medium {
    case .maildir(let path):
        return MaildirTransport(path: path.hasPrefix("/") ? path : root + "/" + path)
    case .smtp(let relay):
        transport = try SMTPTransport(relay, timeout: parsed.timeout ?? 300, secrets)
    case .sendmail(let path):
        transport = try SendmailTransport(
            program: path, outside: root, timeout: parsed.timeout ?? 300)
    case .webhook(let url):
        transport = try WebhookTransport(url, timeout: parsed.timeout ?? 30, secrets)
    }
    guard let interval = parsed.interval else { return transport }
    return PacedTransport(transport, interval: .microseconds(interval))
}

extension Delivery.Problem {
    /// A sentence's end.
    fileprivate var sentence: String {
        switch self {
        case .unknownScheme: "it begins with none of \(Delivery.schemes.joined(separator: " "))"
        case .malformed: "its host, port or path cannot be one"
        case .password: "it has a password; passwords come from the environment"
        case .unknownOption(let name): "it has no option \(name)"
        case .badOption("rate"): "its rate is none such as 10/s or 30/m"
        case .badOption("timeout"): "its timeout is not between 1s and 5m"
        case .badOption("tls"):
            "its option tls is not that of its scheme; smtp:// takes starttls and none"
        case .badOption(let name): "its option \(name) has no value, or is there twice"
        }
    }
}

/// Letters at a limited rate, one after the other.
actor PacedTransport: MailTransport {
    private let transport: any MailTransport
    private let interval: Duration
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant?

    init(_ transport: any MailTransport, interval: Duration) {
        self.transport = transport
        self.interval = interval
    }

    nonisolated var lettersPerRecord: Int { transport.lettersPerRecord }

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        if let next, clock.now < next {
            // Cut short when the sender is asked to stop: this letter is its last.
            try? await clock.sleep(until: next)
        }
        next = clock.now + interval
        try await transport.send(message)
    }

    func settle() async throws(DeliveryError) { try await transport.settle() }
}
