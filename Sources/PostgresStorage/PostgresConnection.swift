internal import CLibPQ
internal import SQLStorage

/// One session with a PostgreSQL server, or with a pooler before it. Used by one task at a time.
///
/// Nothing outlives a transaction: settings are local ones, and statements that were prepared are
/// given up at its end, so that a pooler may hand every transaction to another server session.
/// What `run` is given travels in batches, and its answers are read together.
final class PostgresConnection: SQLConnection {
    private let pq: LibPQ.Functions
    private let handle: OpaquePointer
    private let row: PostgresRow
    private let copiedRow = PostgresCopiedRow()
    /// What the server has not answered yet, in order.
    private var waiting: [Waiting] = []
    private var isPipelining = false
    /// Statements that this transaction has seen; those seen twice have a name at the server.
    private var statements: [String: String?] = [:]
    /// Those that the server has really prepared.
    private var prepared: [String] = []
    private var lastNumber = 0
    private let prefix = "muster_" + String(UInt64.random(in: .min ... .max), radix: 36)

    /// Whether a transaction was begun since this was last set to `false`.
    var hasBegun = false
    /// SQLSTATE of the newest failure; empty before.
    private(set) var lastState = ""

    private enum Waiting {
        case preparation(String)
        case statement(orFail: String?)
    }

    /// How many statements travel before their answers are read: few enough that the answers fit
    /// into the buffers on the way, so that neither side waits for the other.
    private static let batch = 256

    /// - Throws: `.lost` when the server cannot be reached, `.other` when libpq is not there.
    init(_ url: PostgresURL) throws(SQLFailure) {
        do {
            pq = try LibPQ.functions()
        } catch {
            throw .lost(error.reason)
        }
        row = PostgresRow(pq)
        if let reason = PostgresConnection.refusal(of: url, pq) { throw .lost(reason) }
        guard let made = PostgresConnection.connection(url.connection, pq) else {
            throw .lost("out of memory")
        }
        handle = made
        guard pq.status(handle) == CONNECTION_OK else {
            throw .lost(oneLine(pq.errorMessage(handle)))
        }
        _ = pq.setNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { pq.finish(handle) }

    /// The connection is of no more use, whatever libpq still thinks of it.
    private var isBroken = false

    var isLost: Bool { isBroken || pq.status(handle) != CONNECTION_OK }

    // MARK: - Statements

    /// `COMMIT` and `ROLLBACK` come as scripts of their own.
    func execute(_ script: String) throws(SQLFailure) {
        switch script {
        case "COMMIT":
            try settle()
            let names = forgottenStatements()
            if !names.isEmpty { try send(script: names) }
            try send(script: script)
        case "ROLLBACK":
            // What was put off is undone with the rest.
            try? settle()
            try send(script: ([script] + [forgottenStatements()]).joined(separator: ";"))
        default:
            try settle()
            try send(script: script)
            if script.hasPrefix("BEGIN") { hasBegun = true }
        }
    }

    func changed(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) -> Int {
        try settle()
        try send(statement, parameters)
        var count = 0
        try answers { (result) in count = self.count(result) }
        return count
    }

    func query(
        _ statement: String, _ parameters: [SQLValue],
        _ visit: (any SQLRow) throws(SQLFailure) -> Void
    ) throws(SQLFailure) {
        try settle()
        // What may have any number of rows has no parameters, and `COPY` takes none. Both ways hold
        // one row at a time; this one costs a third of the other.
        if parameters.isEmpty, statement.hasPrefix("SELECT ") { return try copy(statement, visit) }
        try send(statement, parameters)
        _ = pq.setSingleRowMode(handle)
        try answers { (result) throws(SQLFailure) in
            for number in 0..<pq.ntuples(result) {
                row.stand(on: number, of: result)
                try visit(row)
            }
        }
    }

    func run(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) {
        try put(statement, parameters, orFail: nil, try preparedName(statement))
    }

    /// Without a name, for tables grow while they are filled: the server plans each batch anew.
    func run(_ batch: SQLBatch, _ rows: [SQLValue]) throws(SQLFailure) {
        try put(batch.ofArrays, batch.arrays(of: rows), orFail: nil, nil)
    }

    func run(
        _ statement: String, _ parameters: [SQLValue], orFail reason: String
    ) throws(SQLFailure) {
        try put(statement, parameters, orFail: reason, try preparedName(statement))
    }

    func settle() throws(SQLFailure) {
        guard isPipelining else { return }
        isPipelining = false
        defer { if pq.exitPipelineMode(handle) != 1 { isBroken = true } }
        try readWaiting()
    }

    // MARK: - Putting off

    private func put(
        _ statement: String, _ parameters: [SQLValue], orFail reason: String?, _ name: String?
    ) throws(SQLFailure) {
        try pipeline()
        let sent = try withParameters(parameters) { count, values in
            if let name {
                pq.sendQueryPrepared(handle, name, count, values, nil, nil, 0)
            } else {
                pq.sendQueryParams(handle, statement, count, nil, values, nil, nil, 0)
            }
        }
        guard sent == 1 else { throw failure() }
        waiting.append(.statement(orFail: reason))
        if waiting.count >= Self.batch { try readWaiting() }
    }

    private func pipeline() throws(SQLFailure) {
        guard !isPipelining else { return }
        try requireConnection()
        guard pq.enterPipelineMode(handle) == 1 else { throw failure() }
        isPipelining = true
    }

    /// A statement that comes a second time is worth a name.
    private func preparedName(_ statement: String) throws(SQLFailure) -> String? {
        try pipeline()
        guard let known = statements[statement] else {
            statements[statement] = .some(nil)
            return nil
        }
        if let known { return known }
        lastNumber += 1
        let name = "\(prefix)_\(lastNumber)"
        guard pq.sendPrepare(handle, name, statement, 0, nil) == 1 else { throw failure() }
        waiting.append(.preparation(name))
        statements[statement] = name
        return name
    }

    /// Statements that give up what was prepared.
    private func forgottenStatements() -> String {
        defer { (statements, prepared) = ([:], []) }
        return prepared.map { "DEALLOCATE \($0)" }.joined(separator: ";")
    }

    private func readWaiting() throws(SQLFailure) {
        let expected = waiting
        waiting = []
        guard pq.pipelineSync(handle) == 1 else { throw failure() }
        var failed: SQLFailure?
        for entry in expected {
            while let result = pq.getResult(handle) {
                switch pq.resultStatus(result) {
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                    switch entry {
                    case .preparation(let name): prepared.append(name)
                    case .statement(let reason?) where count(result) == 0:
                        failed = failed ?? .constraint(reason)
                    case .statement: break
                    }
                case PGRES_PIPELINE_ABORTED: break
                default: failed = failed ?? failure(result)
                }
                pq.clear(result)
            }
        }
        if let mark = pq.getResult(handle) {
            pq.clear(mark)
        } else if failed == nil {
            failed = failure()
        }
        if let failed { throw failed }
    }

    // MARK: - The wire

    private func send(script: String) throws(SQLFailure) {
        try requireConnection()
        guard let result = pq.exec(handle, script) else { throw failure() }
        defer { pq.clear(result) }
        switch pq.resultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            // The server says so when it undid a transaction in which something had failed.
            if script == "COMMIT", oneLine(pq.cmdStatus(result)) == "ROLLBACK" {
                throw .constraint("the transaction had failed before")
            }
        default: throw failure(result)
        }
    }

    private func send(_ statement: String, _ parameters: [SQLValue]) throws(SQLFailure) {
        try requireConnection()
        let sent = try withParameters(parameters) { count, values in
            pq.sendQueryParams(handle, statement, count, nil, values, nil, nil, 0)
        }
        guard sent == 1 else { throw failure() }
    }

    /// Reads the rows of a query without parameters, which come line by line.
    private func copy(
        _ query: String, _ visit: (any SQLRow) throws(SQLFailure) -> Void
    ) throws(SQLFailure) {
        try requireConnection()
        guard let begun = pq.exec(handle, "COPY (\(query)) TO STDOUT") else { throw failure() }
        defer { pq.clear(begun) }
        guard pq.resultStatus(begun) == PGRES_COPY_OUT else { throw failure(begun) }
        var failed: SQLFailure?
        var text: UnsafeMutablePointer<CChar>?
        while true {
            let count = pq.getCopyData(handle, &text, 0)
            guard count > 0, let line = text else {
                if count == -2 { failed = failed ?? failure() }
                break
            }
            defer { pq.freemem(line) }
            guard failed == nil else { continue }
            line.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                copiedRow.stand(on: UnsafeMutableBufferPointer(start: $0, count: Int(count)))
            }
            do throws(SQLFailure) { try visit(copiedRow) } catch { failed = error }
        }
        do throws(SQLFailure) { try answers { _ in } } catch { failed = failed ?? error }
        if let failed { throw failed }
    }

    private func requireConnection() throws(SQLFailure) {
        if isBroken { throw .lost("the connection was lost") }
    }

    /// Reads all answers to one statement, also those that nobody wants after a failure.
    private func answers(
        _ visit: (OpaquePointer) throws(SQLFailure) -> Void
    ) throws(SQLFailure) {
        var failed: SQLFailure?
        while let result = pq.getResult(handle) {
            defer { pq.clear(result) }
            switch pq.resultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE:
                guard failed == nil else { continue }
                do throws(SQLFailure) { try visit(result) } catch { failed = error }
            default: failed = failed ?? failure(result)
            }
        }
        if let failed { throw failed }
    }

    private func count(_ result: OpaquePointer) -> Int {
        Int(oneLine(pq.cmdTuples(result))) ?? 0
    }

    private func failure(_ result: OpaquePointer? = nil) -> SQLFailure {
        func field(_ name: Character) -> String? {
            guard let result else { return nil }
            return pq.resultErrorField(result, Int32(name.asciiValue!)).map { oneLine($0) }
        }
        lastState = field("C") ?? ""
        let message = field("M") ?? oneLine(pq.errorMessage(handle))
        // After a fatal error nothing more is answered; a pooler hangs up a moment later.
        let severity = field("V")
        let failure = PostgresFailure(
            state: lastState, message: message, detail: field("D"),
            isLost: isLost || severity == "FATAL", isPanic: severity == "PANIC"
        ).failure
        if case .lost = failure { isBroken = true }
        return failure
    }
}

/// A text of the server or of libpq, on one line and without a full stop; a line that begins with a
/// tab is a question that libpq adds for beginners, and the context is Muster's own statements.
private func oneLine(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "" }
    let line = String(cString: text).split(whereSeparator: \.isNewline)
        .prefix { !$0.hasPrefix("CONTEXT:") }.filter { !$0.hasPrefix("\t") }
        .map { $0.hasPrefix("FATAL:  ") ? $0.dropFirst(8) : $0 }.joined(separator: "; ")
    return line.hasSuffix(".") ? String(line.dropLast()) : line
}
