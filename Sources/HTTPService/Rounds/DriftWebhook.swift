internal import AsyncHTTPClient
internal import Crypto
internal import NIOCore
internal import NIOHTTP1
internal import Presentation
internal import Reconciliation

/// Posts a drift report, as `muster drift --format json` prints it, to one URL. With a key it is
/// signed as GitHub signs: `X-Muster-Signature: sha256=` and the HMAC-SHA256 of the body.
struct DriftWebhook: Sendable {
    let target: ServiceSettings.Webhook

    /// `nil` when it was taken, else why not. Never follows to another address.
    func send(_ report: DriftReport) async -> String? {
        let body = Array(report.json.utf8)
        var request = HTTPClientRequest(url: target.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "User-Agent", value: "muster")
        request.headers.add(name: "X-Muster-Event", value: "drift")
        if let key = target.key {
            request.headers.add(
                name: "X-Muster-Signature", value: "sha256=" + signature(of: body, key: key))
        }
        request.body = .bytes(body)
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let failure: String?
        do {
            let status = try await client.execute(request, timeout: .seconds(15)).status.code
            failure = (200..<300).contains(status) ? nil : "it answered \(status)"
        } catch {
            // The error's own words may hold the URL, and that a secret.
            failure = "it cannot be reached (\(type(of: error)))"
        }
        try? await client.shutdown()
        return failure
    }

    func signature(of body: [UInt8], key: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: body, using: SymmetricKey(data: Array(key.utf8)))
        return code.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
