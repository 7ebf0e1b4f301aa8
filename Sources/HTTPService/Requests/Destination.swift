/// What a request is about. A path is read here and nowhere else, for the answer as for the figures
/// and the log: it may hold a token, so that no part of it may go anywhere.
enum Destination: Hashable, Sendable {
    /// The page of an invitation. Whatever stands behind its place is a token, mostly a wrong one,
    /// and so is nothing at all.
    case invitation(token: String)
    /// The same, to say no.
    case decline(token: String)
    case health, readiness, metrics
    case elsewhere

    /// Percent-encoding is undone once, and slashes that follow each other are one, as in the paths
    /// that mail programs and proxies make of a link. Bytes that are no text make a wrong token.
    ///
    /// - Parameters:
    ///   - path: Without a query.
    ///   - places: Where invitations are, by segments; no segment at all is the root.
    init(path: some Sequence<UInt8>, places: [[String]]) {
        let segments = Array(path).split(separator: UInt8(ascii: "/"))
            .map { String(decoding: percentDecoded($0), as: UTF8.self) }
        if segments.count == 1, let machine = Self.machines[segments[0]] {
            self = machine
            return
        }
        for place in places where !place.isEmpty && segments.starts(with: place) {
            self = .invitation(token: segments.dropFirst(place.count).joined(separator: "/"))
            return
        }
        if segments.first == "decline" {
            self = .decline(token: segments.dropFirst().joined(separator: "/"))
        } else if segments.count == 1, places.contains([]) {
            self = .invitation(token: segments[0])
        } else {
            self = .elsewhere
        }
    }

    private static let machines: [String: Destination] = [
        "healthz": .health, "readyz": .readiness, "metrics": .metrics,
    ]

    /// In the figures and the log: one of these words, whatever was asked for.
    var label: String {
        switch self {
        case .invitation: "accept"
        case .decline: "decline"
        case .health: "healthz"
        case .readiness: "readyz"
        case .metrics: "metrics"
        case .elsewhere: "other"
        }
    }

    /// Asked by machines, again and again.
    var isForMachines: Bool {
        switch self {
        case .health, .readiness, .metrics: true
        case .invitation, .decline, .elsewhere: false
        }
    }

    /// `/accept`, and where the project's links point when that is elsewhere: a proxy may pass the
    /// path on as it is.
    static func places(acceptURL: String?) -> [[String]] {
        guard let url = acceptURL, let start = url.firstRange(of: "://")?.upperBound else {
            return [["accept"]]
        }
        let path = url[start...].drop { $0 != "/" }.prefix { $0 != "?" && $0 != "#" }
        let place = path.utf8.split(separator: UInt8(ascii: "/"))
            .map { String(decoding: percentDecoded($0), as: UTF8.self) }
        return place == ["accept"] ? [place] : [["accept"], place]
    }
}

/// Undoes percent-encoding; a `%` that begins none stands for itself.
func percentDecoded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case let byte? where (0x30...0x39).contains(byte): byte - 0x30
        case let byte? where (0x41...0x46).contains(byte & 0xDF): (byte & 0xDF) - 0x37
        default: nil
        }
    }
    var decoded: [UInt8] = []
    var rest = Array(bytes)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let high = digit(rest.first),
            let low = digit(rest.dropFirst().first)
        {
            decoded.append(high << 4 | low)
            rest = rest.dropFirst(2)
        } else {
            decoded.append(byte)
        }
    }
    return decoded
}
