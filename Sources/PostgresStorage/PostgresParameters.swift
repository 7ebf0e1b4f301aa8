internal import CLibPQ
internal import Glibc
internal import SQLStorage

/// Values as libpq takes them: text, each ended by a zero byte.
///
/// - Throws: `.constraint` for a text with a zero byte, which PostgreSQL cannot hold.
func withParameters<Result>(
    _ parameters: [SQLValue],
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) throws(SQLFailure) -> Result {
    var bytes: [CChar] = []
    var starts: [Int?] = []
    for value in parameters {
        switch value {
        case .null: starts.append(nil)
        case .integer(let number):
            starts.append(bytes.count)
            bytes += String(number).utf8.map { CChar($0) }
            bytes.append(0)
        case .text(var text):
            starts.append(bytes.count)
            let hasZero = text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
                return utf8.contains(0)
            }
            guard !hasZero else { throw .constraint("a text has a zero byte in it") }
            bytes.append(0)
        }
    }
    return bytes.withUnsafeBufferPointer { buffer in
        let values = starts.map { start in
            start.flatMap { place in buffer.baseAddress.map { $0 + place } }
        }
        return values.withUnsafeBufferPointer { body(Int32(values.count), $0.baseAddress) }
    }
}

extension SQLBatch {
    /// The statement for all rows, which come as an array for each value.
    var ofArrays: String {
        let arrays = values.enumerated().map { place, value in
            "$\(place + 1)::\(value.isNumber ? "bigint" : "text")[]"
        }
        return ofAll(from: "unnest(\(arrays.joined(separator: ", ")))")
    }

    /// The arrays, as text.
    func arrays(of rows: [SQLValue]) -> [SQLValue] {
        values.indices.map { column in
            var bytes: [UInt8] = []
            for place in stride(from: column, to: rows.count, by: values.count) {
                bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
                switch rows[place] {
                case .null: bytes += "NULL".utf8
                case .integer(let number): bytes += String(number).utf8
                case .text(var text):
                    bytes.append(UInt8(ascii: "\""))
                    text.withUTF8 { add($0, to: &bytes) }
                    bytes.append(UInt8(ascii: "\""))
                }
            }
            bytes += bytes.isEmpty ? "{}".utf8 : "}".utf8
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    private func add(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        guard text.contains(where: { $0 == quote || $0 == backslash }) else {
            return bytes.append(contentsOf: text)
        }
        for byte in text {
            if byte == quote || byte == backslash { bytes.append(backslash) }
            bytes.append(byte)
        }
    }
}

extension PostgresConnection {
    /// Why libpq does not understand a URL. What it says itself may quote a part of a password, so
    /// only the name of a parameter is told.
    static func refusal(of url: PostgresURL, _ pq: LibPQ.Functions) -> String? {
        guard options(of: url.connection, pq) == nil else { return nil }
        let known = options(of: "", pq) ?? []
        // libpq's own word for TLS, from other programs' URLs.
        let accepted = Set(known.map(\.name) + ["ssl"])
        guard let stranger = url.parameters.first(where: { !accepted.contains($0) }) else {
            return "the URL cannot be read"
        }
        let names = (known.filter { !$0.isHidden }.map(\.name) + ["schema"]).sorted()
        return "its parameter \(stranger) is not known; there are \(names.joined(separator: ", "))"
    }

    /// What libpq understands, `nil` for what it does not.
    private static func options(
        of url: String, _ pq: LibPQ.Functions
    ) -> [(name: String, isHidden: Bool)]? {
        var message: UnsafeMutablePointer<CChar>?
        let options = pq.conninfoParse(url, &message)
        if let message { pq.freemem(message) }
        guard let options else { return nil }
        defer { pq.conninfoFree(options) }
        var found: [(name: String, isHidden: Bool)] = []
        var next = options
        while let name = next.pointee.keyword {
            // `D` is for those who work on libpq.
            let display = next.pointee.dispchar.map { String(cString: $0) } ?? ""
            found.append((String(cString: name), display == "D"))
            next += 1
        }
        return found
    }

    /// Connects. What the URL or the environment says wins over the defaults here.
    static func connection(_ url: String, _ pq: LibPQ.Functions) -> OpaquePointer? {
        var options = [
            // A server that is gone without a word is noticed within a minute, not after hours.
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "60000"), ("client_encoding", "UTF8"),
            ("fallback_application_name", "muster"), ("dbname", url),
        ]
        if variable("PGCONNECT_TIMEOUT") == nil {
            options.insert(("connect_timeout", "10"), at: 0)
        }
        let keywords = options.map { strdup($0.0) }
        let values = options.map { strdup($0.1) }
        defer { for text in keywords + values { free(text) } }
        let names = keywords.map { UnsafePointer($0) } + [nil]
        let texts = values.map { UnsafePointer($0) } + [nil]
        return pq.connectdbParams(names, texts, 1)
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
