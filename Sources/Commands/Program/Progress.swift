import AccessModel
import Glibc
import Presentation
import Synchronization

/// Says on a terminal what takes longer than a second, and nothing anywhere else.
///
/// One line of standard error, written again and again and wiped at the end.
final class Progress: Sendable {
    private struct Phase {
        var name: String
        var work: WorkCount
    }

    private let phase = Mutex<Phase?>(nil)
    private let isShown: Bool

    init(isShown: Bool) { self.isShown = isShown }

    /// Does the work, and says so while it lasts.
    func during<Value>(
        _ name: String, _ work: () async throws(Stop) -> Value
    ) async throws(Stop) -> Value {
        guard isShown else { return try await work() }
        let count = WorkCount()
        phase.withLock { $0 = Phase(name: name, work: count) }
        let ticker = Task.detached { await self.tick() }
        let result: Result<Value, Stop> = await WorkCount.$watched.withValue(count) {
            do throws(Stop) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        await finish(ticker)
        return try result.get()
    }

    private func tick() async {
        let clock = ContinuousClock()
        let start = clock.now
        var firstSeen: [WorkCount.Unit: Double] = [:]
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(250))
            let seconds = start.duration(to: clock.now) / .seconds(1)
            guard !Task.isCancelled, let phase = phase.withLock({ $0 }) else { continue }
            let counts = phase.work.counts
            for count in counts where firstSeen[count.unit] == nil {
                firstSeen[count.unit] = seconds
            }
            guard seconds >= 1 else { continue }
            let line = progressLine(
                phase.name, seconds: seconds, counts,
                lasting: firstSeen.mapValues { seconds - $0 })
            write("\r\u{1B}[K" + line)
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
