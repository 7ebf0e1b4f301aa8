internal import AccessModel
internal import CCurl
internal import FoundationEssentials
internal import Invitations

/// Letters as JSON to an HTTPS endpoint, for whoever sends mail by an API of their own.
///
/// The body is always signed. `Idempotency-Key` is the Message-ID, the same however often a letter
/// comes. 2xx is sent; 4xx is never, but for 408 and 429; all else comes again, not before
/// `Retry-After`. It blocks while it waits.
actor WebhookTransport: MailTransport {
    private let webhook: Webhook
    /// How many letters in a row were answered by nothing of use.
    private var losses = 0
    private static let mostLosses = 3

    init(_ url: String, timeout: Int64, _ secrets: Secrets) throws(DeliveryProblem) {
        webhook = try Webhook(url, timeout: timeout, secrets)
        guard webhook.isSigned else {
            throw DeliveryProblem(
                "letters are signed; set MUSTER_WEBHOOK_KEY or MUSTER_WEBHOOK_KEY_FILE")
        }
    }

    /// An endpoint's 2xx is for good.
    nonisolated var lettersPerRecord: Int { 1 }
    func settle() async throws(DeliveryError) {}

    /// The body's fields, sorted by name.
    private struct Body: Encodable {
        var format = "muster.letter/1"
        var from: String
        var id: String
        /// The whole of it, as RFC 5322 has it.
        var message: String
        var to: String
    }

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        let body = Body(
            from: addressForEnvelope(message.envelopeFrom), id: message.messageID,
            message: String(decoding: withNetworkLines(message.bytes), as: UTF8.self),
            to: addressForEnvelope(message.recipient))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(body) else {
            preconditionFailure("texts can be written as JSON")
        }
        let outcome = webhook.post(Array(data), "Idempotency-Key: \(message.messageID)")
        guard outcome.code == CURLE_OK else { throw failure(outcome) }
        try judge(status: webhook.status)
    }

    private func judge(status: Int) throws(DeliveryError) {
        let text = quoted(webhook.curl.received)
        let said = "\(webhook.host) answered \(status)" + (text.isEmpty ? "" : ": \(text)")
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
        let reason = "\(webhook.host) did not take the letter (\(outcome.message))"
        // Without a connection no other letter fares better.
        let isConnected = webhook.curl.size(CURLINFO_PRETRANSFER_TIME_T) > 0
        return isConnected ? lost(reason) : .unavailable(reason: reason)
    }

    /// It may be this letter, until others fare alike.
    private func lost(_ reason: String) -> DeliveryError {
        let seconds = webhook.curl.size(CURLINFO_RETRY_AFTER)
        let retryAfter = seconds > 0 ? min(seconds, 24 * 3_600) : nil
        losses += 1
        guard losses >= Self.mostLosses else {
            return .temporary(reason: reason, retryAfter: retryAfter)
        }
        losses = 0
        return .unavailable(reason: reason, retryAfter: retryAfter)
    }
}
