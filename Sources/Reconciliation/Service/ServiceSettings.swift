package import AccessModel

/// What `muster serve` was asked for, checked.
package struct ServiceSettings: Sendable {
    package struct Certificate: Hashable, Sendable {
        /// PEM files.
        package var chain: String
        package var key: String

        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    package var host: String
    /// 0 takes a free one.
    package var port: Int
    package var certificate: Certificate?
    /// Whose `X-Forwarded-For` is believed.
    package var trustedProxies: [AddressBlock]
    /// Page views and answers a minute of one client address, and of one token; 0 is no limit.
    package var rateLimit: Int
    /// In seconds; `nil` never looks.
    package var driftEvery: Int64?
    package var driftWebhook: String?
    package var driftMail: EmailAddress?
    /// In seconds; `nil` leaves the outbox to others.
    package var deliverEvery: Int64?
    package var isQuiet: Bool
    package var isVerbose: Bool
    /// The program's, for `/metrics`.
    package var version: String

    package init(
        host: String = "127.0.0.1", port: Int = 8080, certificate: Certificate? = nil,
        trustedProxies: [AddressBlock] = [], rateLimit: Int = Self.usualRateLimit,
        driftEvery: Int64? = nil, driftWebhook: String? = nil, driftMail: EmailAddress? = nil,
        deliverEvery: Int64? = nil, isQuiet: Bool = false, isVerbose: Bool = false,
        version: String
    ) {
        self.host = host
        self.port = port
        self.certificate = certificate
        self.trustedProxies = trustedProxies
        self.rateLimit = rateLimit
        self.driftEvery = driftEvery
        self.driftWebhook = driftWebhook
        self.driftMail = driftMail
        self.deliverEvery = deliverEvery
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        self.version = version
    }

    package static let usualRateLimit = 1_200
}
