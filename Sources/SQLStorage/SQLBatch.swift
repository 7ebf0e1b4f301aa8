/// A statement for many rows: once for each, or once for all, as an engine likes it.
///
/// A batch must not depend on what it does itself: with all rows at once, none sees another.
package struct SQLBatch: Sendable {
    /// Something that each row brings.
    package struct Value: Hashable, Sendable {
        package var name: String
        package var isNumber: Bool

        package init(_ name: String, isNumber: Bool = false) {
            self.name = name
            self.isNumber = isNumber
        }
    }

    package let values: [Value]
    /// For one row, whose values are `$1`, `$2`, ….
    package let ofOne: String
    private let ofAll: (head: String, tail: String)

    /// For all rows, which `source` has, with the columns of `values`.
    package func ofAll(from source: String) -> String { ofAll.head + source + ofAll.tail }

    /// How many rows wait for each other: enough to make a statement's own price small, few enough
    /// to be no burden on memory.
    package static let size = 1_000

    /// Makes an insertion.
    ///
    /// - Parameters:
    ///   - made: Columns that the engine fills, and with what, by the places of the values.
    ///   - rest: What follows the values.
    init(
        into table: String, _ values: [Value],
        made: (columns: String, from: (_ place: (String) -> String) -> String)? = nil,
        _ rest: String = ""
    ) {
        func list(_ place: (String) -> String, _ more: String?) -> String {
            (values.map { place($0.name) } + [more].compactMap(\.self)).joined(separator: ", ")
        }
        func list(_ place: (String) -> String) -> String { list(place, made?.from(place)) }
        let head = "INSERT INTO \(table) (\(list(\.self, made?.columns)))"
        self.values = values
        ofOne = "\(head) VALUES (\(list(values.number(of:)))) \(rest)"
        ofAll = (
            "\(head) SELECT \(list { "given.\($0)" }) FROM ",
            " AS given (\(list(\.self, nil))) \(rest)"
        )
    }

    /// Makes a change of the rows that have the given values.
    ///
    /// - Parameter condition: Which of them, in words of our own.
    init(setting change: String, of table: String, where condition: String, _ values: [Value]) {
        let names = values.map(\.name)
        let places = names.enumerated().map { "\($1) = $\($0 + 1)" }
        let others = names.map { "\(table).\($0) = given.\($0)" }
        let head = "UPDATE \(table) SET \(change)"
        self.values = values
        ofOne = "\(head) WHERE \(condition) AND \(places.joined(separator: " AND "))"
        ofAll = (
            "\(head) FROM ",
            " AS given (\(names.joined(separator: ", "))) WHERE \(condition) AND "
                + others.joined(separator: " AND ")
        )
    }
}

extension [SQLBatch.Value] {
    /// Names with spaces between them; a number has `#` after its name.
    static func named(_ text: String) -> Self {
        text.split(whereSeparator: \.isWhitespace).map { name in
            name.last == "#" ? .init(String(name.dropLast()), isNumber: true) : .init(String(name))
        }
    }

    /// `$1` for the first one's name.
    fileprivate func number(of name: String) -> String {
        "$\((firstIndex { $0.name == name } ?? endIndex) + 1)"
    }
}

/// Rows that wait to be written by one batch.
struct WaitingRows {
    private let batch: SQLBatch
    private var values: [SQLValue] = []

    init(_ batch: SQLBatch) { self.batch = batch }

    /// Waiting for more would win nothing.
    var isFull: Bool { values.count >= SQLBatch.size * batch.values.count }

    mutating func add(_ row: [SQLValue]) {
        precondition(row.count == batch.values.count, "a row of its batch")
        values += row
    }

    mutating func write(to connection: any SQLConnection) throws(SQLFailure) {
        guard !values.isEmpty else { return }
        try connection.run(batch, values)
        values.removeAll(keepingCapacity: true)
    }
}
