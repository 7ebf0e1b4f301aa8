/// Where a shared store is: a connection URL as libpq has it, and a schema, which is ours.
///
/// What libpq knows stays libpq's: hosts, TLS, services, `PGHOST` and its like, `.pgpass`.
struct PostgresURL: Hashable, Sendable {
    static let defaultSchema = "muster"

    /// For libpq, without `schema`.
    var connection: String
    var schema: String
    /// Names of the query, but `schema`; one that stands alone may be a secret and is left out.
    var parameters: [String] = []
    /// For people: no password in it.
    var place: String

    struct Unreadable: Error {
        var reason: String
    }

    init(_ url: String) throws(Unreadable) {
        place = Self.masked(url)
        let (front, query) = Self.split(url, at: "?")
        let authority = front.drop { $0 != ":" }.dropFirst(3)
        let slash = authority.firstIndex(of: "/") ?? authority.endIndex
        // libpq would take a part of the password for a host, and say so.
        let ats = authority[..<slash].count { $0 == "@" }
        if ats > 1 || authority[slash...].contains("@") {
            throw Unreadable(reason: "a `/` or `@` in a name or a password is written %2F or %40")
        }
        var kept: [Substring] = []
        var schemas: [String] = []
        for parameter in (query ?? "").split(separator: "&") {
            let (name, value) = Self.split(String(parameter), at: "=")
            guard name == "schema" else {
                kept.append(parameter)
                if value != nil { parameters.append(Self.decoded(name) ?? name) }
                continue
            }
            guard let decoded = Self.decoded(value ?? "") else {
                throw Unreadable(reason: "the schema's name is not percent-encoded UTF-8")
            }
            schemas.append(decoded)
        }
        guard schemas.count < 2 else { throw Unreadable(reason: "it names two schemas") }
        schema = schemas.first ?? Self.defaultSchema
        guard (1...63).contains(schema.utf8.count), !schema.utf8.contains(0),
            !schema.hasPrefix("pg_"), schema != "information_schema"
        else {
            throw Unreadable(
                reason: "a schema has a name of 1 to 63 bytes that does not begin with pg_")
        }
        connection = front + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }

    /// The schema's name in a statement.
    var quotedSchema: String {
        "\""
            + schema.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    /// Two numbers for an advisory lock: whose it is, and of which schema.
    var lockKey: (Int32, Int32) {
        // FNV-1a; a collision only makes two stores of one database wait for each other.
        var hash: UInt32 = 0x811C_9DC5
        for byte in schema.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return (0x4D73_7472, Int32(hash & 0x7FFF_FFFF))
    }

    /// Everything that could be a password is left out, also from a URL that cannot be read.
    static func masked(_ url: String) -> String {
        guard let start = url.firstRange(of: "://")?.upperBound else { return "postgres://…" }
        var text = String(url[start...])
        if let at = text.lastIndex(of: "@"), let colon = text[..<at].firstIndex(of: ":") {
            text = text[..<colon] + ":***" + text[at...]
        }
        let (front, query) = split(text, at: "?")
        guard let query else { return url[..<start] + front }
        let parameters = query.split(separator: "&").map { parameter in
            let (name, value) = split(String(parameter), at: "=")
            guard value != nil else { return "***" }
            return name.lowercased().contains("pass") ? name + "=***" : String(parameter)
        }
        return url[..<start] + front + "?" + parameters.joined(separator: "&")
    }

    private static func split(
        _ text: String, at separator: Character
    ) -> (String, String?) {
        guard let place = text.firstIndex(of: separator) else { return (text, nil) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }

    private static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == 2 else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(UInt8(digits[0] * 16 + digits[1]))
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
