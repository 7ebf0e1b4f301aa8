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
        case .text(let text):
            starts.append(bytes.count)
            for byte in text.utf8 {
                guard byte != 0 else { throw .constraint("a text has a zero byte in it") }
                bytes.append(CChar(bitPattern: byte))
            }
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

extension PostgresConnection {
    /// Whether libpq understands a URL. What it says about one that it does not may quote a part of
    /// a password, so it is not told.
    static func canRead(_ url: String, _ pq: LibPQ.Functions) -> Bool {
        var message: UnsafeMutablePointer<CChar>?
        let options = pq.conninfoParse(url, &message)
        if let message { pq.freemem(message) }
        guard let options else { return false }
        pq.conninfoFree(options)
        return true
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
