internal import Crypto

/// The SHA-256 of rows of all tables, in the order of tables and keys. It is the same in every
/// engine, and no two contents have the same bytes.
struct ContentDigest {
    private var hash = SHA256()
    private var rows: Int64 = 0

    mutating func begin(_ table: StoredTable, in version: Int) {
        add("table \(table.name) \(table.columns(in: version).map(\.name).joined(separator: " "))")
        rows = 0
    }

    mutating func add(_ row: any SQLRow, columns: Int) {
        rows += 1
        for column in 0..<columns {
            guard let text = row.bytes(column) else {
                hash.update(data: [0])
                continue
            }
            add(count: text.count)
            hash.update(bufferPointer: UnsafeRawBufferPointer(text))
        }
    }

    /// - Returns: how many rows the table had.
    mutating func end() -> Int64 {
        add("rows \(rows)")
        return rows
    }

    /// `sha256:` and 64 lower-case digits.
    var text: String { "sha256:" + SHA256Digest.digits(of: hash.finalize()) }

    private mutating func add(_ text: String) {
        add(count: text.utf8.count)
        hash.update(data: Array(text.utf8))
    }

    private mutating func add(count: Int) {
        var bytes: [UInt8] = [1]
        for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: count >> (8 * place))) }
        hash.update(data: bytes)
    }
}

extension SQLSession {
    /// Of everything that is kept, within a transaction.
    func contentDigest(in version: Int) throws(SQLFailure) -> String {
        var digest = ContentDigest()
        for table in StoredTable.all where table.since <= version {
            digest.begin(table, in: version)
            let columns = table.columns(in: version).count
            try connection.query(table.selection(in: version), []) { row in
                digest.add(row, columns: columns)
            }
            _ = digest.end()
        }
        return digest.text
    }
}
