internal import AccessModel
internal import Glibc
package import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import Presentation
package import Reconciliation
internal import ServiceLifecycle
package import Storage
internal import UnixSignals

/// Runs the service until it is asked to stop (SIGTERM, SIGINT); requests and rounds in hand are
/// finished, within ten seconds. Gives back why it could not run; `nil` after a good end.
package func serve(_ settings: ServiceSettings, _ ports: ServicePorts) async -> String? {
    let logger = serviceLog(settings, ports) { line in
        let bytes = Array(line.utf8)
        // A log that nobody takes is no reason to stop.
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
    do {
        let desk = try Desk(settings, ports, logger: logger)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: try application(desk), serviceName: "http")
        ]
        for round in try rounds(desk) {
            services.append(.init(service: round, serviceName: round.name))
        }
        // The last is the first to be asked to stop.
        services.append(
            .init(
                service: LastCall(patience: .seconds(12), logger: logger), serviceName: "end"))
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet(logger))
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
        logger.notice("stopped")
        return nil
    } catch let error as StoreError {
        return error.diagnostic.headline
    } catch let problem as CertificateProblem {
        return problem.sentence
    } catch {
        return sentence(why: error, on: settings)
    }
}

/// The same service without its rounds, for whoever asks it without a network.
///
/// - Parameter log: Takes its lines.
package func application(
    _ settings: ServiceSettings, _ ports: ServicePorts, log: @escaping @Sendable (String) -> Void
) throws(StoreError) -> some ApplicationProtocol {
    Application(
        responder: Entrance(
            try Desk(settings, ports, logger: serviceLog(settings, ports, write: log))))
}

private func application(_ desk: Desk) throws -> some ApplicationProtocol {
    let settings = desk.settings
    let entrance = Entrance(desk)
    let connection = HTTP1Channel.Configuration(
        additionalChannelHandlers: [
            BrokenRequests { entrance.answer(toBroken: $0) },
            RequestDeadline(patience: .seconds(15)),
        ],
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 64))
    var server = HTTPServerBuilder.http1(configuration: connection)
    if let certificate = settings.certificate {
        server = try .tls(server, tlsConfiguration: certificate.configuration())
    }
    let scheme = settings.certificate == nil ? "http" : "https"
    return Application(
        responder: entrance, server: server,
        configuration: .init(
            address: .hostname(settings.host, port: settings.port),
            availableConnectionsDelegate: MaximumAvailableConnections(1_000)),
        onServerRunning: { channel in
            let port = channel.localAddress?.port ?? settings.port
            let address = settings.address(port: port)
            desk.logger.notice("listening", metadata: ["url": "\(scheme)://\(address)"])
        },
        logger: quiet(desk.logger))
}

private func rounds(_ desk: Desk) throws(StoreError) -> [Round] {
    var rounds: [Round] = []
    if let every = desk.settings.driftEvery {
        let drift = DriftRound(
            desk: desk, watch: try DriftWatch(desk.ports, actor: .platformOperator))
        rounds.append(Round(name: "drift", every: every) { await drift.go() })
    }
    if let every = desk.settings.deliverEvery {
        let delivery = DeliveryRound(desk: desk)
        rounds.append(Round(name: "delivery", every: every) { await delivery.go() })
    }
    return rounds
}

private func serviceLog(
    _ settings: ServiceSettings, _ ports: ServicePorts, write: @escaping @Sendable (String) -> Void
) -> Logger {
    let level: Logger.Level =
        settings.isQuiet ? .warning : settings.isVerbose ? .debug : .info
    return Logger(label: "muster") { _ in
        LineLog(
            logLevel: level, now: { ports.context(.platformOperator).now }, write: write)
    }
}

/// For the libraries below: what they say in passing may hold a path, and a path a token.
private func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = .error
    return logger
}
