internal import ServiceLifecycle

/// Something that is done again and again while the service runs, first right away. A round that
/// has begun is finished before the service stops.
struct Round: Service {
    let name: String
    let every: Int64
    let work: @Sendable () async -> Void

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            await work()
            guard !Task.isShuttingDownGracefully else { return }
            // Cut short by the end of the service, which the loop then sees.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(every)) }
        }
    }
}

/// Runs something and tells how long it took.
func timed<Value: Sendable>(_ work: () async -> Value) async -> (Value, Duration) {
    let start = ContinuousClock.now
    let value = await work()
    return (value, ContinuousClock.now - start)
}
