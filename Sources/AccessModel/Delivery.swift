/// Where letters go and how fast: the `delivery` of a project, taken apart.
///
///     maildir:PATH
///     smtp://[USER@]HOST[:PORT]            STARTTLS, port 587; with ?tls=none port 25
///     smtps://[USER@]HOST[:PORT]           TLS from the first byte, port 465
///     sendmail:[PATH]                      default /usr/sbin/sendmail
///     webhook+https://HOST[:PORT][/PATH]
///
/// All but `maildir:` take `?rate=10/s` (or `/m`) and `timeout=30s`, separated by `&`.
package struct Delivery: Hashable, Sendable {
    package enum Medium: Hashable, Sendable {
        case maildir(path: String)
        case smtp(Relay)
        case sendmail(path: String)
        /// An `https://` URL.
        case webhook(url: String)
    }

    package struct Relay: Hashable, Sendable {
        package enum Security: Hashable, Sendable { case startTLS, tls, none }

        package var user: String?
        /// A name or an address; IPv6 in brackets.
        package var host: String
        package var port: Int
        package var security: Security

        package init(user: String?, host: String, port: Int, security: Security) {
            self.user = user
            self.host = host
            self.port = port
            self.security = security
        }
    }

    package enum Problem: Error, Hashable, Sendable {
        case unknownScheme
        /// Its host, port or path is none.
        case malformed
        /// E113
        case password
        case unknownOption(String)
        /// A value that the option cannot have.
        case badOption(String)
    }

    package static let schemes = [
        "maildir:", "smtp://", "smtps://", "sendmail:", "webhook+https://",
    ]
    /// In seconds; a letter that takes longer is none that a person waits for.
    package static let timeouts: ClosedRange<Int64> = 1...300

    package var medium: Medium
    /// The least time between two letters, in microseconds.
    package var interval: Int64?
    /// How long an answer is waited for, in seconds; `nil` leaves it to the medium.
    package var timeout: Int64?

    package static func parse(_ text: String) -> Result<Delivery, Problem> {
        Result { () throws(Problem) in try Delivery(text) }
    }

    private init(_ text: String) throws(Problem) {
        guard let scheme = Self.schemes.first(where: text.hasPrefix) else { throw .unknownScheme }
        let rest = text.dropFirst(scheme.count)
        if scheme == "maildir:" {
            guard !rest.isEmpty else { throw .malformed }
            medium = .maildir(path: String(rest))
            return
        }
        let mark = rest.firstIndex(of: "?") ?? rest.endIndex
        let place = rest[..<mark]
        var options = try Self.options(in: rest[mark...].dropFirst())
        switch scheme {
        case "sendmail:":
            guard place.isEmpty || place.hasPrefix("/") else { throw .malformed }
            medium = .sendmail(path: place.isEmpty ? "/usr/sbin/sendmail" : String(place))
        case "webhook+https://":
            let host = Host(place.prefix { $0 != "/" }, user: false)
            guard host != nil, place.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x23 })
            else { throw .malformed }
            medium = .webhook(url: "https://" + place)
        default:
            let security = options.removeValue(forKey: "tls")
            medium = .smtp(try Self.relay(place, isSecure: scheme == "smtps://", security))
        }
        if let rate = options.removeValue(forKey: "rate") {
            guard let interval = Self.interval(rate) else { throw .badOption("rate") }
            self.interval = interval
        }
        if let text = options.removeValue(forKey: "timeout") {
            guard let seconds = durationSeconds(text), Self.timeouts.contains(seconds) else {
                throw .badOption("timeout")
            }
            timeout = seconds
        }
        if let name = options.keys.min() { throw .unknownOption(name) }
    }

    private static func relay(
        _ place: Substring, isSecure: Bool, _ security: String?
    ) throws(Problem) -> Relay {
        guard let host = Host(place, user: true) else { throw .malformed }
        guard host.password == nil else { throw .password }
        let kind: Relay.Security
        switch (security, isSecure) {
        case (nil, true): kind = .tls
        case (nil, false), ("starttls", false): kind = .startTLS
        case ("none", false): kind = .none
        default: throw .badOption("tls")
        }
        let usual = [Relay.Security.startTLS: 587, .tls: 465, .none: 25]
        return Relay(
            user: host.user, host: host.name, port: host.port ?? usual[kind] ?? 25, security: kind)
    }

    /// Each once, with a value.
    private static func options(in query: Substring) throws(Problem) -> [String: String] {
        var options: [String: String] = [:]
        guard !query.isEmpty else { return options }
        for part in query.split(separator: "&", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair[0])
            guard pair.count == 2, options[name] == nil else { throw .badOption(name) }
            options[name] = String(pair[1])
        }
        return options
    }

    /// Microseconds between two letters of a rate such as `10/s` or `30/m`: from 1 a minute to
    /// 1,000 a second.
    private static func interval(_ rate: String) -> Int64? {
        let parts = rate.split(separator: "/", omittingEmptySubsequences: false)
        let units: [Substring: Int64] = ["s": 1_000_000, "m": 60_000_000]
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int64(parts[0]), let unit = units[parts[1]], count > 0,
            unit / count >= 1_000
        else { return nil }
        return unit / count
    }
}

/// `[USER[:PASSWORD]@]HOST[:PORT]`.
private struct Host {
    var user: String?
    var password: Substring?
    var name: String
    var port: Int?

    init?(_ text: Substring, user mayHaveUser: Bool) {
        var rest = text
        if let at = text.lastIndex(of: "@") {
            guard mayHaveUser else { return nil }
            let parts = text[..<at].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let user = Self.decoded(parts[0]), !user.isEmpty else { return nil }
            self.user = user
            password = parts.count == 2 && !parts[1].isEmpty ? parts[1] : nil
            rest = text[text.index(after: at)...]
        }
        let bracket = rest.firstIndex(of: "]") ?? rest.startIndex
        if let colon = rest[bracket...].firstIndex(of: ":") {
            guard let port = Int(rest[rest.index(after: colon)...]), (1...65_535).contains(port)
            else { return nil }
            self.port = port
            rest = rest[..<colon]
        }
        name = String(rest)
        guard Self.isHost(rest.utf8) else { return nil }
    }

    private static func isHost(_ name: Substring.UTF8View) -> Bool {
        if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]") {
            let inner = name.dropFirst().dropLast()
            return !inner.isEmpty
                && inner.allSatisfy { "0123456789abcdefABCDEF:.".utf8.contains($0) }
        }
        guard let first = name.first, first != UInt8(ascii: "-"), name.count <= 253 else {
            return false
        }
        return name.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    /// With `%40` for `@`; `nil` for what is no text of one line.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
