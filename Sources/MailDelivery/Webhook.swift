internal import CCurl
internal import Crypto
internal import Glibc
package import Invitations

/// Posts JSON to one endpoint. With a key the body is signed: `Muster-Signature: t=SECONDS,v1=HEX`
/// is the HMAC-SHA-256 of `SECONDS.BODY` under `MUSTER_WEBHOOK_KEY`. Redirects are not followed.
/// It blocks while it waits.
struct Webhook {
    let curl: CurlHandle
    let host: String
    private let key: SymmetricKey?

    var isSigned: Bool { key != nil }

    init(_ url: String, timeout: Int64, _ secrets: Secrets) throws(DeliveryProblem) {
        if let key = try secrets.secret("MUSTER_WEBHOOK_KEY") {
            guard key.utf8.count >= 16 else {
                throw DeliveryProblem("MUSTER_WEBHOOK_KEY is too short; 16 bytes are the least")
            }
            self.key = SymmetricKey(data: Array(key.utf8))
        } else {
            key = nil
        }
        curl = try CurlHandle()
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        host = String(url[start...].prefix { $0 != "/" && $0 != "?" })
        curl.set(CURLOPT_URL, url)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        if let authority = secrets["MUSTER_WEBHOOK_CA"] { curl.set(CURLOPT_CAINFO, authority) }
        curl.set(CURLOPT_USERAGENT, "muster")
        curl.set(CURLOPT_POST, 1)
        curl.set(CURLOPT_CONNECTTIMEOUT, Int(min(timeout, 30)))
        curl.set(CURLOPT_TIMEOUT, Int(timeout))
    }

    /// - Parameter field: One more field of the header.
    func post(_ body: [UInt8], _ field: String) -> CurlHandle.Outcome {
        curl.upload = body
        curl.set(size: CURLOPT_POSTFIELDSIZE_LARGE, body.count)
        let signature = key.map { "Muster-Signature: " + Self.signature(of: body, $0) }
        return curl.perform([
            CURLOPT_HTTPHEADER: ["Content-Type: application/json", field, "Expect:"]
                + [signature].compactMap(\.self)
        ])
    }

    /// Of the answer.
    var status: Int { curl.number(CURLINFO_RESPONSE_CODE) }

    private static func signature(of body: [UInt8], _ key: SymmetricKey) -> String {
        let seconds = time(nil)
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(seconds).".utf8) + body, using: key)
        return "t=\(seconds),v1="
            + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// How to tell a webhook of an event. What can be known to be missing is said now.
///
/// - Returns: Posts a body. It gives back why it was not taken, a sentence's end without the URL,
///   which may hold a secret; `nil` when it was.
package func webhookNotice(
    to url: String, event: String, secrets: Secrets
) throws(DeliveryProblem) -> @Sendable ([UInt8]) -> String? {
    _ = try Webhook(url, timeout: 15, secrets)
    return { body in
        do throws(DeliveryProblem) {
            // Made anew, as are its secrets.
            let webhook = try Webhook(url, timeout: 15, secrets)
            let outcome = webhook.post(body, "Muster-Event: \(event)")
            guard outcome.code == CURLE_OK else {
                return "\(webhook.host) did not take it (\(outcome.message))"
            }
            return (200..<300).contains(webhook.status)
                ? nil : "\(webhook.host) answered \(webhook.status)"
        } catch {
            return error.reason
        }
    }
}
