internal import CSQLite
internal import SQLStorage

/// One prepared statement, and the row it stands on.
struct SQLiteStatement: SQLRow {
    let handle: OpaquePointer

    /// Parameters are `$1`, `$2`, … in the order of their first appearance.
    func bind(_ parameters: ArraySlice<SQLValue>) throws(SQLFailure) {
        for place in parameters.indices {
            let (value, number) = (parameters[place], Int32(place - parameters.startIndex + 1))
            let code: Int32 =
                switch value {
                case .null: sqlite3_bind_null(handle, number)
                case .integer(let integer): sqlite3_bind_int64(handle, number, integer)
                case .text(let text): bind(text, number)
                }
            guard code == SQLITE_OK else {
                throw .other("parameter \(number) cannot be bound (\(code))")
            }
        }
    }

    private func bind(_ text: String, _ number: Int32) -> Int32 {
        // SQLITE_TRANSIENT: SQLite takes a copy.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var text = text
        return text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else {
                return sqlite3_bind_text(handle, number, "", 0, copied)
            }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(handle, number, $0, Int32(bytes.count), copied)
            }
        }
    }

    /// Whether the parameters stand where `bind` puts them.
    var parametersAreInOrder: Bool {
        (0..<sqlite3_bind_parameter_count(handle)).allSatisfy { place in
            guard let name = sqlite3_bind_parameter_name(handle, place + 1) else { return false }
            return String(cString: name) == "$\(place + 1)"
        }
    }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int) -> String? {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL ? nil : text(column)
    }

    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return UnsafeBufferPointer(start: start, count: count)
    }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }
}
