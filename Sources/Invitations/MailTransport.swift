package import AccessModel

/// A message that is ready to go.
package struct OutgoingMessage: Hashable, Sendable {
    package var envelopeFrom: EmailAddress
    package var recipient: EmailAddress
    /// RFC 5322 with LF line ends; a transport whose medium wants CRLF makes them so.
    package var bytes: [UInt8]
    /// Without its angle brackets; the same however often the message is sent.
    package var messageID: String
    package var date: Instant

    package init(
        envelopeFrom: EmailAddress, recipient: EmailAddress, bytes: [UInt8], messageID: String,
        date: Instant
    ) {
        self.envelopeFrom = envelopeFrom
        self.recipient = recipient
        self.bytes = bytes
        self.messageID = messageID
        self.date = date
    }
}

/// Why a message did not leave. The reason is a sentence's end, without a full stop.
package enum DeliveryError: Error, Hashable, Sendable {
    /// This message may go later; not sooner than after so many seconds, where that was asked for.
    case temporary(reason: String, retryAfter: Int64? = nil)
    /// This message will never go: nobody is there, or nobody wants it.
    case permanent(reason: String)
    /// Nothing can go at the moment; trying the next message is of no use.
    case unavailable(reason: String, retryAfter: Int64? = nil)

    package var reason: String {
        switch self {
        case .temporary(let reason, _), .permanent(let reason), .unavailable(let reason, _): reason
        }
    }

    package var retryAfter: Int64? {
        switch self {
        case .temporary(_, let seconds), .unavailable(_, let seconds): seconds
        case .permanent: nil
        }
    }
}

/// Why nothing can be delivered by a `delivery` at all: a sentence's end, without a full stop.
/// Found before anything is sent or written.
package struct DeliveryProblem: Error, Hashable, Sendable {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
}

/// Where letters leave.
package protocol MailTransport: Sendable {
    /// Hands the message over for good, or throws. It must be safe to repeat: a message that was
    /// handed over before, with this Message-ID, may arrive twice only where the medium cannot
    /// tell.
    func send(_ message: OutgoingMessage) async throws(DeliveryError)

    /// Makes sure that what was handed over stays so even if the power fails now. Letters are
    /// recorded as sent only after it, so that many of them can share the cost.
    func settle() async throws(DeliveryError)

    /// How many letters share one `settle` and one record of their leaving. After a crash as many
    /// may be handed over again, so it is more than one only where a repeat replaces the first.
    var lettersPerRecord: Int { get }
}
