internal import AccessModel
internal import CCurl
internal import Crypto
internal import FoundationEssentials
internal import Glibc
internal import Invitations

/// Letters as JSON to an HTTPS endpoint, for whoever sends mail by an API of their own.
///
/// The body is signed: `Muster-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA-256 of `SECONDS.BODY`
/// under `MUSTER_WEBHOOK_KEY`. `Idempotency-Key` is the Message-ID, the same however often a letter
/// comes. 2xx is sent; 4xx is never, but for 408 and 429; all else comes again, not before
/// `Retry-After`. Redirects are not followed. It blocks while it waits.
actor WebhookTransport: MailTransport {
    private let curl: CurlHandle
    private let host: String
    private let key: SymmetricKey
    /// How many letters in a row were answered by nothing of use.
    private var losses = 0
    private static let mostLosses = 3

    init(_ url: String, timeout: Int64, _ secrets: Secrets) throws(DeliveryProblem) {
        guard let key = try secrets.secret("MUSTER_WEBHOOK_KEY") else {
            throw DeliveryProblem(
                "letters are signed; set MUSTER_WEBHOOK_KEY or MUSTER_WEBHOOK_KEY_FILE")
        }
        guard key.utf8.count >= 16 else {
            throw DeliveryProblem("MUSTER_WEBHOOK_KEY is too short; 16 bytes are the least")
        }
        self.key = SymmetricKey(data: Array(key.utf8))
        curl = try CurlHandle()
        host = String(url.dropFirst("https://".count).prefix { $0 != "/" })
        curl.set(CURLOPT_URL, url)
        curl.set(CURLOPT_PROTOCOLS_STR, "https")
        if let authority = secrets["MUSTER_WEBHOOK_CA"] { curl.set(CURLOPT_CAINFO, authority) }
        curl.set(CURLOPT_USERAGENT, "muster")
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_CONNECTTIMEOUT, Int(min(timeout, 30)))
        curl.set(CURLOPT_TIMEOUT, Int(timeout))
    }

    /// An endpoint's 2xx is for good.
    nonisolated var lettersPerRecord: Int { 1 }
    func settle() async throws(DeliveryError) {}

    /// The body's fields, sorted by name.
    private struct Body: Encodable {
        var format = "muster.letter/1"
        var from: String
        var id: String
        /// The whole of it, as RFC 5322 has it, with LF line ends.
        var message: String
        var to: String
    }

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        let body = Body(
            from: addressForEnvelope(message.envelopeFrom), id: message.messageID,
            message: String(decoding: message.bytes, as: UTF8.self),
            to: addressForEnvelope(message.recipient))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(body) else {
            preconditionFailure("texts can be written as JSON")
        }
        curl.upload = Array(data)
        curl.set(size: CURLOPT_POSTFIELDSIZE_LARGE, curl.upload.count)
        let outcome = curl.perform([
            CURLOPT_HTTPHEADER: [
                "Content-Type: application/json", "Idempotency-Key: \(message.messageID)",
                "Muster-Signature: \(signature(of: curl.upload))", "Expect:",
            ]
        ])
        guard outcome.code == CURLE_OK else { throw failure(outcome) }
        try judge(status: curl.number(CURLINFO_RESPONSE_CODE))
    }

    private func signature(of body: [UInt8]) -> String {
        let seconds = time(nil)
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(seconds).".utf8) + body, using: key)
        return "t=\(seconds),v1="
            + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func judge(status: Int) throws(DeliveryError) {
        let text = quoted(curl.received)
        let said = "\(host) answered \(status)" + (text.isEmpty ? "" : ": \(text)")
        switch status {
        case 200..<300: losses = 0
        case 300..<400: throw .unavailable(reason: said + "; redirects are not followed")
        case 408, 429: throw lost(said)
        case 400..<500:
            losses = 0
            throw .permanent(reason: said)
        default: throw lost(said)
        }
    }

    private func failure(_ outcome: CurlHandle.Outcome) -> DeliveryError {
        let reason = "\(host) did not take the letter (\(outcome.message))"
        // Without a connection no other letter fares better.
        let isConnected = curl.size(CURLINFO_PRETRANSFER_TIME_T) > 0
        return isConnected ? lost(reason) : .unavailable(reason: reason)
    }

    /// It may be this letter, until others fare alike.
    private func lost(_ reason: String) -> DeliveryError {
        let seconds = curl.size(CURLINFO_RETRY_AFTER)
        let retryAfter = seconds > 0 ? min(seconds, 24 * 3_600) : nil
        losses += 1
        guard losses >= Self.mostLosses else {
            return .temporary(reason: reason, retryAfter: retryAfter)
        }
        losses = 0
        return .unavailable(reason: reason, retryAfter: retryAfter)
    }
}
