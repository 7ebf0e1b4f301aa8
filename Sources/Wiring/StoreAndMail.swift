package import Commands
internal import Invitations
internal import MailDelivery
internal import PostgresStorage
internal import Reconciliation
internal import SQLStorage
internal import SQLiteStorage
internal import Storage

extension Adapters {
    /// Behind every door of both programs: which stores there are, and which ways mail goes.
    package static var all: Adapters {
        Adapters(
            reader: { location, seconds throws(StoreError) in
                switch location {
                case .sqlite(let path):
                    return SQLiteStoreReader(
                        path: path, patience: milliseconds(seconds), isTracked: isTracked)
                case .postgres(let url):
                    return PostgresStoreReader(url: url, patience: milliseconds(seconds))
                }
            },
            store: { location, seconds throws(StoreError) in
                switch location {
                case .sqlite(let path):
                    return SQLiteStore(
                        path: path, patience: milliseconds(seconds), isTracked: isTracked)
                case .postgres(let url):
                    return PostgresStore(url: url, patience: milliseconds(seconds))
                }
            },
            check: { location, seconds, head async throws(StoreError) in
                switch location {
                case .sqlite(let path):
                    try await SQLiteStoreReader(
                        path: path, patience: milliseconds(seconds), isTracked: isTracked
                    ).check(expecting: head)
                case .postgres(let url):
                    try await PostgresStoreReader(url: url, patience: milliseconds(seconds))
                        .check(expecting: head)
                }
            },
            copy: { source, target, seconds, underTestClock async throws(StoreError) in
                switch source {
                case .sqlite(let path):
                    try copied(
                        SQLiteCopyEnd(
                            path: path, patience: milliseconds(seconds), isTracked: isTracked),
                        to: target, seconds, underTestClock: underTestClock)
                case .postgres(let url):
                    try copied(
                        PostgresCopyEnd(url: url, patience: milliseconds(seconds)), to: target,
                        seconds,
                        underTestClock: underTestClock)
                }
            },
            transport: { delivery, root throws(DeliveryProblem) in
                try mailTransport(for: delivery, root: root, secrets: .environment)
            },
            webhook: { url, event throws(DeliveryProblem) in
                try webhookNotice(to: url, event: event, secrets: .environment)
            })
    }
}

private let isTracked: @Sendable (String) -> Bool = { GitRepository.isTracked($0) }

/// At least one second: those who only read hold a file for moments.
private func milliseconds(_ seconds: Int64) -> Int32 {
    Int32(clamping: max(1, min(seconds, 1_000_000)) * 1_000)
}

private func copied<Source: SQLCopySource>(
    _ source: Source, to target: Adapters.StoreLocation, _ seconds: Int64, underTestClock: Bool
) throws(StoreError) -> CopyOutcome {
    switch target {
    case .sqlite(let path):
        try copyStore(
            from: source,
            to: SQLiteCopyEnd(path: path, patience: milliseconds(seconds), isTracked: isTracked),
            underTestClock: underTestClock)
    case .postgres(let url):
        try copyStore(
            from: source, to: PostgresCopyEnd(url: url, patience: milliseconds(seconds)),
            underTestClock: underTestClock)
    }
}
