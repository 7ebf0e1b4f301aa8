package import Commands
internal import Invitations
internal import MailDelivery
internal import PostgresStorage
internal import Reconciliation
internal import SQLiteStorage
internal import Storage

extension Adapters {
    /// Behind every door of both programs: which stores there are, and which ways mail goes.
    package static var all: Adapters {
        let isTracked: @Sendable (String) -> Bool = { GitRepository.isTracked($0) }
        return Adapters(
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
            transport: { delivery, root in
                guard delivery.hasPrefix("maildir:") else { return nil }
                let path = String(delivery.dropFirst("maildir:".count))
                return MaildirTransport(path: path.hasPrefix("/") ? path : root + "/" + path)
            })
    }
}

/// At least one second: those who only read hold a file for moments.
private func milliseconds(_ seconds: Int64) -> Int32 {
    Int32(clamping: max(1, min(seconds, 1_000_000)) * 1_000)
}
