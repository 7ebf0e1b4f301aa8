import Commands
import Invitations
import MailDelivery
import Reconciliation
import SQLiteStorage
import Storage

// Picks the adapters and starts.

let isTracked: @Sendable (String) -> Bool = { GitRepository.isTracked($0) }

let adapters = Adapters(
    reader: { location throws(StoreError) in
        switch location {
        case .sqlite(let path): return SQLiteStoreReader(path: path, isTracked: isTracked)
        case .postgres(let url): throw .unreachable(url, reason: noPostgres)
        }
    },
    store: { location throws(StoreError) in
        switch location {
        case .sqlite(let path): return SQLiteStore(path: path, isTracked: isTracked)
        case .postgres(let url): throw .unreachable(url, reason: noPostgres)
        }
    },
    transport: { delivery, root in
        guard delivery.hasPrefix("maildir:") else { return nil }
        let path = String(delivery.dropFirst("maildir:".count))
        return MaildirTransport(path: path.hasPrefix("/") ? path : root + "/" + path)
    })

let noPostgres = "this program has no PostgreSQL driver; use sqlite:PATH"

await Muster.start(Array(CommandLine.arguments.dropFirst()), adapters)
