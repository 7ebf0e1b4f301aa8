internal import CCurl

/// What a dialogue that failed means for its letter, and for the others.
enum SMTPVerdict: Hashable {
    /// The relay has said no to this letter, for good.
    case refused(String)
    /// The relay has said not now, of this letter.
    case deferred(String)
    /// The connection broke, or makes no sense. On a new one it may do; where `mayHaveArrived`, at
    /// the price of a second copy.
    case lost(String, mayHaveArrived: Bool)
    /// Nothing can be delivered there at the moment.
    case closed(String)

    init(
        _ outcome: CurlHandle.Outcome, _ dialogue: SMTPDialogue, relay: String, timeout: Int64,
        wantsAuthentication: Bool
    ) {
        guard dialogue.step >= .sender else {
            self = .closed(Self.noSession(outcome, dialogue, relay))
            return
        }
        let said = "\(relay) answered \(dialogue.step.command) with \(dialogue.quotation)"
        let isLate = outcome.isTimeout
        switch (dialogue.code, dialogue.step) {
        case (421, _):
            self = .lost(said, mayHaveArrived: false)
        case (530, _) where !isLate,
            (500..., _) where wantsAuthentication && !dialogue.hasAuthenticated && dialogue.isNew:
            self = .closed(said + "; it offers no AUTH that fits")
        // 552: the letter is too long, which the command says beforehand.
        case (500..., .sender) where dialogue.code != 552: self = .closed(said)
        case (500..., _): self = .refused(said)
        case (400..<500, .sender): self = .lost(said, mayHaveArrived: false)
        case (400..<500, _): self = .deferred(said)
        default:
            let what = dialogue.step == .end ? "the letter" : dialogue.step.command
            let how =
                isLate
                ? "\(relay) did not answer \(what) within \(timeout) s"
                : "\(relay) broke the connection at \(what) (\(outcome.message))"
            self = .lost(how, mayHaveArrived: dialogue.step == .end)
        }
    }

    /// Before the first letter could be named.
    private static func noSession(
        _ outcome: CurlHandle.Outcome, _ dialogue: SMTPDialogue, _ relay: String
    ) -> String {
        let said = dialogue.code > 0 ? " with \(dialogue.quotation)" : ""
        switch outcome.code {
        case CURLE_OPERATION_TIMEDOUT:
            return "\(relay) did not answer \(dialogue.step.command) in time"
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            return "\(relay) cannot be reached (\(outcome.message))"
        case CURLE_USE_SSL_FAILED where dialogue.step == .startTLS:
            return "\(relay) answered STARTTLS\(said)"
        case CURLE_USE_SSL_FAILED:
            return "\(relay) offers no STARTTLS; only ?tls=none does without"
        case CURLE_LOGIN_DENIED:
            return "\(relay) refuses the user or the password" + (said.isEmpty ? "" : said)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            return "TLS with \(relay) failed (\(outcome.message))"
        default:
            return said.isEmpty || dialogue.code < 400
                ? "\(relay) broke the connection at \(dialogue.step.command) (\(outcome.message))"
                : "\(relay) answered \(dialogue.step.command)\(said)"
        }
    }
}
