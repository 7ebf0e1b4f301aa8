import Glibc

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
