import AccessModel
import ArgumentParser
import Diagnostics
import Reconciliation

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "HTTP: invitation acceptance, health, readiness, metrics, drift checks.",
        discussion: """
            GET /accept/TOKEN shows who invites to what, POST accepts or declines; a link opened \
            is not a link accepted. /healthz, /readyz and /metrics are for machines: keep them \
            from the public at the proxy. SIGTERM ends it when what is in hand is done.

            It runs in the foreground, without an actor: whoever accepts acts for themselves. \
            The environment has what is secret: MUSTER_INVITATION_KEY, MUSTER_WEBHOOK_KEY, \
            MUSTER_SMTP_PASSWORD. It never runs under MUSTER_CLOCK.
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "host:port"))
    var listen = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp("The certificate chain (PEM); or TLS at a proxy.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("The certificate's private key (PEM).", valueName: "file"))
    var tlsKey: String?

    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "Whose X-Forwarded-For is believed; may be repeated.", valueName: "address[/bits]"))
    var trustedProxies: [String] = []

    // What follows these is their value even if it begins with a dash: then it can be said what
    // would be one.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Requests to invitations a minute, of one client and of one token; 0: no limit.",
            valueName: "n"))
    var rateLimit = "\(ServiceSettings.usualRateLimit)"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Look for drift so often, as in 15m.", valueName: "duration"))
    var driftEvery: String?

    @Option(
        help: ArgumentHelp(
            "Post drift there when it changes, signed with MUSTER_WEBHOOK_KEY.", valueName: "url"))
    var driftWebhook: String?

    @Option(help: ArgumentHelp("Mail drift there when it changes.", valueName: "email"))
    var driftMail: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Deliver the outbox so often, as in 1m.", valueName: "duration"))
    var deliverEvery: String?

    func run() async throws {
        let session = try Session(options)
        try session.requireFormat(.text)
        if let clock = variable("MUSTER_CLOCK"), !clock.isEmpty {
            throw Stop(.usage, error: "serve does not run under MUSTER_CLOCK; unset it.")
        }
        let settings = try settings()
        guard let serve = session.adapters.serve else { throw becomeService() }
        let wiring = try ServiceWiring(session)
        try wiring.requireValidProject()
        let ports = try wiring.ports(settings)
        if let reason = await serve(settings, ports) { throw Stop(.failed, error: reason) }
    }
}

// MARK: - Settings

extension ServeCommand {
    private func settings() throws(Stop) -> ServiceSettings {
        let (host, port) = try address()
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw Stop(.usage, error: "--tls-cert and --tls-key belong together.")
        }
        guard driftEvery != nil || driftWebhook == nil && driftMail == nil else {
            throw Stop(
                .usage, error: "--drift-webhook and --drift-mail need --drift-every.")
        }
        var proxies: [AddressBlock] = []
        for text in trustedProxies {
            guard let block = AddressBlock(text) else {
                throw Stop(
                    .usage,
                    error: "--trusted-proxy \(text) is no address, and no block as in 10.0.0.0/8.")
            }
            proxies.append(block)
        }
        return ServiceSettings(
            host: host, port: port,
            certificate: tlsCert.flatMap { chain in tlsKey.map { .init(chain: chain, key: $0) } },
            trustedProxies: proxies, rateLimit: try requestsPerMinute(),
            driftEvery: try seconds(driftEvery, "--drift-every"), driftWebhook: try webhook(),
            driftMail: try recipient(), deliverEvery: try seconds(deliverEvery, "--deliver-every"),
            isQuiet: options.quiet, isVerbose: options.verbose, version: Muster.version)
    }

    /// `HOST:PORT`, `[::1]:8080`, `:8080` for every address.
    private func address() throws(Stop) -> (String, Int) {
        guard let colon = listen.lastIndex(of: ":"),
            let port = UInt16(listen[listen.index(after: colon)...])
        else {
            throw Stop(
                .usage,
                error: "--listen \(listen) is not HOST:PORT, as in 127.0.0.1:8080; "
                    + "a port is a number up to 65535.")
        }
        var host = String(listen[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.contains(":") || NetworkAddress(host) != nil else {
            throw Stop(.usage, error: "--listen \(listen) is not HOST:PORT.")
        }
        return (host.isEmpty ? "0.0.0.0" : host, Int(port))
    }

    private func requestsPerMinute() throws(Stop) -> Int {
        guard let number = Int(rateLimit), (0...1_000_000).contains(number),
            rateLimit.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            throw Stop(
                .usage,
                error: "--rate-limit \(rateLimit) is no number from 0 to 1000000, as in 120; "
                    + "0 is no limit.")
        }
        return number
    }

    private func seconds(_ text: String?, _ name: String) throws(Stop) -> Int64? {
        guard let text else { return nil }
        guard let seconds = durationSeconds(text), (1...31_536_000).contains(seconds) else {
            throw Stop(
                .usage,
                error: "\(name) \(text) is no duration from 1s to 365d, as in 90s, 15m or 1d.")
        }
        return seconds
    }

    /// Without TLS only to this machine: a drift report names people.
    private func webhook() throws(Stop) -> String? {
        guard let url = driftWebhook else { return nil }
        let local = ["127.0.0.1", "localhost", "[::1]"].contains { host in
            ["http://\(host)/", "http://\(host):"].contains { url.hasPrefix($0) }
                || url == "http://\(host)"
        }
        let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, url.hasPrefix("https://") && url.utf8.count > 8 || local else {
            throw Stop(
                .usage,
                error: "--drift-webhook takes a https:// URL, or http:// on this machine.")
        }
        guard !url.dropFirst("https://".count).prefix(while: { $0 != "/" }).contains("@") else {
            throw Stop(
                .usage, error: "--drift-webhook has a password in it; use MUSTER_WEBHOOK_KEY.")
        }
        return url
    }

    private func recipient() throws(Stop) -> EmailAddress? {
        guard let text = driftMail else { return nil }
        switch EmailAddress.parse(text) {
        case .success(let email): return email
        case .failure(let problem):
            throw Stop(.usage, error: "--drift-mail \(text): \(problem.sentence)")
        }
    }
}
