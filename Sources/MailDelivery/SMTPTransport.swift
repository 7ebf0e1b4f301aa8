internal import AccessModel
internal import CCurl
internal import Invitations

/// Letters to a relay by SMTP (RFC 5321), over TLS unless the delivery says otherwise, many on one
/// connection.
///
/// A letter is sent when the relay has answered its last line with 250. If the connection breaks
/// before that answer, the letter goes again, and a copy with the same Message-ID may arrive twice:
/// SMTP cannot be exactly once. It blocks while it waits.
actor SMTPTransport: MailTransport {
    private let curl: CurlHandle
    /// As sentences name it.
    private let relay: String
    private let timeout: Int64
    private let wantsAuthentication: Bool
    private let secrets: [String]
    private var dialogue = Box()
    /// The last letter may have left its connection. libcurl also keeps one on which nothing is
    /// answered any more.
    private var isOpen = false
    /// How many letters in a row met a connection that broke, or a refusal of whoever sends.
    private var losses = 0

    /// How long a relay may take until it takes letters, in seconds.
    private static let patience: Int64 = 30
    /// How long libcurl waits for the answer to QUIT, in seconds.
    private static let farewell = 1
    /// After so many the relay is left alone for this time.
    private static let mostLosses = 3

    /// What libcurl's callbacks write into.
    private final class Box {
        var value = SMTPDialogue()
    }

    init(_ relay: Delivery.Relay, timeout: Int64, _ secrets: Secrets) throws(DeliveryProblem) {
        let user = secrets["MUSTER_SMTP_USER"] ?? relay.user
        let password = try secrets.secret("MUSTER_SMTP_PASSWORD")
        if user != nil, password == nil {
            throw DeliveryProblem(
                "there is a user and no password; set MUSTER_SMTP_PASSWORD or "
                    + "MUSTER_SMTP_PASSWORD_FILE")
        }
        if user == nil, password != nil {
            throw DeliveryProblem("there is a password and no user; set MUSTER_SMTP_USER")
        }
        if user != nil, relay.security == .none, !relay.isLoopback {
            throw DeliveryProblem("?tls=none would send the password in clear")
        }
        let curl = try CurlHandle()
        self.curl = curl
        self.relay = "\(relay.host):\(relay.port)"
        self.timeout = timeout
        wantsAuthentication = user != nil
        self.secrets = [password].compactMap(\.self)
        let scheme = relay.security == .tls ? "smtps" : "smtp"
        curl.set(CURLOPT_URL, "\(scheme)://\(relay.host):\(relay.port)")
        curl.set(
            CURLOPT_USE_SSL,
            Int((relay.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        if let authority = secrets["MUSTER_SMTP_CA"] { curl.set(CURLOPT_CAINFO, authority) }
        if let user, let password {
            curl.set(CURLOPT_USERNAME, user)
            curl.set(CURLOPT_PASSWORD, password)
        }
        curl.set(CURLOPT_UPLOAD, 1)
        let patience = min(timeout, Self.patience)
        curl.set(CURLOPT_CONNECTTIMEOUT, Int(patience))
        // A relay that sends one byte a minute is none.
        curl.set(CURLOPT_TIMEOUT, Int(2 * timeout + patience))
        let box = dialogue
        curl.commanded = { [unowned curl] bytes in
            box.value.command(bytes)
            if box.value.isOver { curl.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Self.farewell) }
        }
        curl.answered = { box.value.line($0) }
        curl.uploadEnded = { box.value.letterEnded() }
    }

    /// A relay's 250 is for good.
    nonisolated var lettersPerRecord: Int { 1 }
    func settle() async throws(DeliveryError) {}

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        guard let sender = envelope(message.envelopeFrom),
            let recipient = envelope(message.recipient)
        else { throw .permanent(reason: "the address cannot be one of SMTP") }
        curl.set(CURLOPT_MAIL_FROM, sender)
        curl.upload = withNetworkLines(message.bytes)
        curl.set(size: CURLOPT_INFILESIZE_LARGE, curl.upload.count)

        var verdict = exchange(with: recipient, onNewConnection: !isOpen)
        // The relay may have had enough of a connection that worked until now.
        if isOpen, !dialogue.value.isNew, verdict?.mayDoOnNewConnection ?? false {
            curl.upload = curl.upload
            verdict = exchange(with: recipient, onNewConnection: true)
        }
        isOpen = verdict?.leavesConnection ?? true
        switch verdict {
        case nil: losses = 0
        case .refused(let reason):
            losses = 0
            throw .permanent(reason: hiding(secrets, in: reason))
        case .deferred(let reason):
            losses = 0
            throw .temporary(reason: hiding(secrets, in: reason))
        case .lost(let said, _), .unwelcome(let said):
            let reason = hiding(secrets, in: said)
            losses += 1
            if losses >= Self.mostLosses {
                losses = 0
                throw .unavailable(reason: reason)
            }
            throw .temporary(reason: reason)
        case .closed(let reason): throw .unavailable(reason: hiding(secrets, in: reason))
        }
    }

    private func exchange(with recipient: String, onNewConnection isNew: Bool) -> SMTPVerdict? {
        dialogue.value = SMTPDialogue()
        curl.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(timeout))
        curl.set(CURLOPT_FRESH_CONNECT, isNew ? 1 : 0)
        let outcome = curl.perform([CURLOPT_MAIL_RCPT: [recipient]])
        if outcome.code == CURLE_OK { return nil }
        return SMTPVerdict(
            outcome, dialogue.value, relay: relay, timeout: timeout,
            wantsAuthentication: wantsAuthentication)
    }
}

/// `<local@domain>`; `nil` for what would be more than an address in a command.
private func envelope(_ address: EmailAddress) -> String? {
    let text = addressForEnvelope(address)
    let isClean = text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value != 0x7F && $0 != "<" && $0 != ">"
    }
    return isClean && text.contains("@") ? "<\(text)>" : nil
}

/// CRLF at each line's end, and at the last one's. (libcurl doubles the dots.)
func withNetworkLines(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 32)
    for byte in bytes where byte != 0x0D {
        if byte == 0x0A { result.append(0x0D) }
        result.append(byte)
    }
    if result.last != 0x0A { result += [0x0D, 0x0A] }
    return result
}

extension Delivery.Relay {
    fileprivate var isLoopback: Bool {
        host == "localhost" || host == "[::1]"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { $0 < 0x3A })
    }
}
