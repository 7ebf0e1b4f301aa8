import Glibc
import Synchronization

/// Says on a terminal what takes longer than a second, and nothing anywhere else.
///
/// One line of standard error, written again and again and wiped at the end.
final class Progress: Sendable {
    private let phase = Mutex<String?>(nil)
    private let isShown: Bool

    init(isShown: Bool) { self.isShown = isShown }

    /// Does the work, and says so while it lasts.
    func during<Value>(
        _ name: String, _ work: () async throws(Stop) -> Value
    ) async throws(Stop) -> Value {
        guard isShown else { return try await work() }
        phase.withLock { $0 = name }
        let ticker = Task.detached { await self.tick() }
        do throws(Stop) {
            let value = try await work()
            await finish(ticker)
            return value
        } catch {
            await finish(ticker)
            throw error
        }
    }

    private func tick() async {
        let clock = ContinuousClock()
        let start = clock.now
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(250))
            let seconds = start.duration(to: clock.now).components.seconds
            guard seconds >= 1, !Task.isCancelled, let phase = phase.withLock({ $0 }) else { continue }
            write("\r\u{1B}[K\(phase) … \(seconds) s")
        }
    }

    private func finish(_ ticker: Task<Void, Never>) async {
        phase.withLock { $0 = nil }
        ticker.cancel()
        await ticker.value
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
