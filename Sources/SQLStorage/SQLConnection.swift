package import Storage

/// A value bound to a statement. Text never becomes part of a statement.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)

    package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    package static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
    package static func number(_ value: Int) -> SQLValue { .integer(Int64(value)) }
}

/// One row of an answer, good until the next one is read. Columns count from 0.
package protocol SQLRow {
    /// Empty for NULL.
    func text(_ column: Int) -> String
    func optionalText(_ column: Int) -> String?
    /// 0 for NULL.
    func integer(_ column: Int) -> Int64
    /// The bytes of a text, `nil` for NULL, where they are.
    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>?
}

extension SQLRow {
    package func flag(_ column: Int) -> Bool { integer(column) != 0 }
    package func number(_ column: Int) -> Int { Int(integer(column)) }
}

/// One session with an engine, used by one task at a time. It blocks.
///
/// Parameters are written `$1`, `$2`, … and appear in that order for the first time.
package protocol SQLConnection: AnyObject {
    /// One or more statements without parameters.
    func execute(_ script: String) throws(SQLFailure)

    /// One statement; gives back how many rows it changed.
    func changed(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) -> Int

    /// One statement. An engine that is far away may put it off, and its failure with it, until the
    /// next query, script or `settle`.
    func run(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure)

    /// The same, for a statement that has to find its object.
    ///
    /// - Throws: `.constraint(reason)` when no row was changed.
    func run(
        _ statement: String, _ parameters: [SQLValue], orFail reason: String
    ) throws(SQLFailure)

    /// The same, for many rows in their order; their values come one row after the other.
    func run(_ batch: SQLBatch, _ rows: [SQLValue]) throws(SQLFailure)

    /// Does what was put off.
    func settle() throws(SQLFailure)

    func query(
        _ statement: String, _ parameters: [SQLValue],
        _ visit: (any SQLRow) throws(SQLFailure) -> Void
    ) throws(SQLFailure)
}

/// Why a statement failed, in the terms that every engine has.
package enum SQLFailure: Error, Hashable, Sendable {
    /// Somebody else writes, and did so for longer than the engine waits.
    case busy
    /// The engine undid the transaction for the sake of another one; the same again may do.
    case conflict
    /// The connection broke.
    case lost(String)
    case full
    case readOnly
    case damaged(String)
    case constraint(String)
    case other(String)
    /// The contract of the store says what it is.
    case store(StoreError)

    /// - Parameter place: The store, as a person would name it.
    package func storeError(at place: String) -> StoreError {
        switch self {
        case .busy, .conflict: .locked(nil)
        case .lost(let reason): .unreachable(place, reason: reason)
        case .full: .full(place)
        case .readOnly: .readOnly(place)
        case .damaged(let reason): .damaged(place, reason: reason)
        case .constraint(let reason), .other(let reason): .failed(reason)
        case .store(let error): error
        }
    }
}

extension SQLConnection {
    package func run(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) {
        _ = try changed(statement, parameters)
    }

    package func run(
        _ statement: String, _ parameters: [SQLValue], orFail reason: String
    ) throws(SQLFailure) {
        guard try changed(statement, parameters) > 0 else { throw .constraint(reason) }
    }

    package func settle() throws(SQLFailure) {}

    /// The first row's value, where there is one.
    package func first<Value>(
        _ statement: String, _ parameters: [SQLValue] = [], _ value: (any SQLRow) -> Value
    ) throws(SQLFailure) -> Value? {
        var found: Value?
        try query(statement, parameters) { row throws(SQLFailure) in
            if found == nil { found = value(row) }
        }
        return found
    }
}
