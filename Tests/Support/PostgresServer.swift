import Glibc
import Synchronization

/// The PostgreSQL that `Tests/postgres` starts. Without it, what needs one is left out and says so.
package enum PostgresServer {
    package static let isThere = url != nil
    package static let hint = "needs a PostgreSQL server: run it with Tests/postgres"

    private static let url = variable("MUSTER_TEST_POSTGRES")

    /// The server itself, in none of its schemas.
    package static var direct: String {
        guard let url else { preconditionFailure(hint) }
        return url
    }

    /// The server by way of PgBouncer.
    package static var pooler: String { variable("MUSTER_TEST_PGBOUNCER") ?? direct }

    /// A third one, which asks for TLS and a password: its port, and the folder of certificates.
    package static let secure = (
        port: variable("MUSTER_TEST_SECURE") ?? "",
        authority: variable("MUSTER_TEST_AUTHORITY") ?? ""
    )

    /// Where it listens.
    package static var socket: String {
        let folder = direct.split(separator: "host=").last.map { String($0) } ?? ""
        return folder + "/.s.PGSQL.5432"
    }

    /// A second server, for one test at a time; `restart` brings it up.
    package static func withVictim(_ body: () async throws -> Void) async throws {
        while isTaken.withLock({ isTaken in
            defer { isTaken = true }
            return isTaken
        }) {
            try await Task.sleep(for: .milliseconds(50))
        }
        defer { isTaken.withLock { $0 = false } }
        try await body()
    }

    private static let isTaken = Mutex(false)

    /// A store there.
    package static func newVictimStore() -> String {
        let schema = newSchema()
        return (variable("MUSTER_TEST_VICTIM") ?? "")
            + "&schema=\(schema)&application_name=\(schema)"
    }

    /// A program that restarts the second server; its argument is the way of `pg_ctl` to stop it.
    package static var restart: String { variable("MUSTER_TEST_RESTART") ?? "false" }

    /// `MUSTER_FAULTS`: how many faults are tried.
    package static let faults = variable("MUSTER_FAULTS").flatMap { Int($0) } ?? 20

    /// A store of its own: an address that nobody has used before.
    package static func newStore(pooled: Bool = false) -> String {
        address(schema: newSchema(), pooled: pooled)
    }

    package static func newSchema() -> String {
        "t" + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Its sessions have the schema's name.
    private static func address(schema: String, pooled: Bool) -> String {
        guard let url = pooled ? variable("MUSTER_TEST_PGBOUNCER") : url else {
            preconditionFailure(hint)
        }
        return url + "&schema=" + schema + "&application_name=" + schema
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
