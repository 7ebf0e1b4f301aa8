internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Reconciliation

/// What goes with a request: the address that it came from.
struct Call: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: NetworkAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress.flatMap(NetworkAddress.init)
    }
}

extension Request {
    /// Who sent this. `X-Forwarded-For` is read from its end, as far as trusted proxies wrote it:
    /// what stands before that could be anybody's claim.
    func client(_ peer: NetworkAddress?, trusting proxies: [AddressBlock]) -> NetworkAddress? {
        guard var client = peer else { return nil }
        let names = headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
        for name in names.reversed() {
            guard proxies.contains(where: { $0.contains(client) }),
                let earlier = NetworkAddress(name.filter { $0 != " " && $0 != "\t" })
            else { break }
            client = earlier
        }
        return client
    }

    /// The languages of `Accept-Language`, best first.
    var languages: [String] {
        var wishes: [(tag: String, weight: Double)] = []
        for part in (headers[.acceptLanguage] ?? "").prefix(200).split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = pieces.first, !tag.isEmpty else { continue }
            let weight =
                pieces.dropFirst().first { $0.hasPrefix("q=") }
                .flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > 0 { wishes.append((tag, weight)) }
        }
        return wishes.enumerated()
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element.tag)
    }
}

extension HTTPField.Name {
    static let forwardedFor = Self("X-Forwarded-For")!
    static let fetchSite = Self("Sec-Fetch-Site")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let frameOptions = Self("X-Frame-Options")!
    static let openerPolicy = Self("Cross-Origin-Opener-Policy")!
    static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
}
