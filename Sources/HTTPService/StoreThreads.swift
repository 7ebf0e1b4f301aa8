internal import NIOPosix

/// Threads of their own for work that waits on the store, so that a store which is slow or locked
/// never holds up those that answer for the process itself.
final class StoreThreads: TaskExecutor {
    private let pool: NIOThreadPool

    init(count: Int = 6) {
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // A pool that is shut down still runs it: whoever waits for a job waits for good.
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs the work, and all that it waits for, on these threads.
    func run<Value: Sendable>(_ work: @Sendable () async -> Value) async -> Value {
        await withTaskExecutorPreference(self) { await work() }
    }
}
