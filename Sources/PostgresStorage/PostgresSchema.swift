internal import SQLStorage
internal import Storage

/// What lies where a store should be, as the server's catalogue tells.
struct PostgresSchema {
    private let name: String
    private(set) var exists = false
    private var isUsable = false
    private var tables: Int64 = 0
    private var hasMeta = false

    init(_ url: PostgresURL, _ connection: PostgresConnection) throws(SQLFailure) {
        name = url.schema
        try connection.query(
            """
            SELECT has_schema_privilege(n.oid, 'USAGE'), count(c.oid),
            coalesce(bool_or(c.relname = 'meta'), false)
            FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_class c
            ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            WHERE n.nspname = $1 GROUP BY n.oid
            """, [.text(name)]
        ) { row in
            exists = true
            (isUsable, tables, hasMeta) = (row.flag(0), row.integer(1), row.flag(2))
        }
    }

    /// The tables have a store's names, whatever is in them.
    var isStore: Bool { hasMeta && isUsable }

    /// Why no store can be begun or read there; `nil` where one is or could be.
    func refusal(of place: String) -> StoreError? {
        guard exists else { return nil }
        guard isUsable else {
            return .unreachable(place, reason: "permission denied for schema \(name)")
        }
        guard tables == 0 || hasMeta else {
            return otherUse(of: place)
        }
        return nil
    }

    func otherUse(of place: String) -> StoreError {
        .notAStore(place, reason: "the schema \(name) holds other tables or types")
    }

    /// SQLSTATEs of a schema, a table or a column that is not there.
    static func isMissing(_ state: String) -> Bool { ["3F000", "42P01", "42703"].contains(state) }

    /// SQLSTATE of what a role may not do.
    static let isDenied = "42501"

    /// SQLSTATE of a type that has the name of a table.
    static let isNamed = "42710"

    /// SQLSTATEs of one that is there already.
    static func isTaken(_ state: String) -> Bool { ["42P06", "42P07", "23505"].contains(state) }
}
