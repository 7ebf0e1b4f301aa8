internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Presentation
internal import Reconciliation

/// Around every request: the headers that every answer has, a line in the log, and the figures. No
/// path is logged, for the path of an invitation is its token.
struct Reporting: Sendable {
    let desk: Desk

    func around(
        _ request: Request, _ destination: Destination, _ answer: () async -> Response
    ) async -> Response {
        let start = ContinuousClock.now
        var response = await answer()
        secure(&response)
        report(destination, request.method, response, ContinuousClock.now - start)
        return request.method == .head ? response.createHeadResponse() : response
    }

    func report(
        _ destination: Destination, _ method: HTTPRequest.Method, _ response: Response,
        _ duration: Duration
    ) {
        let method = Self.methods.contains(method) ? method.rawValue : "other"
        desk.figures.request(destination.label, method, response.status.code, duration)
        let milliseconds =
            duration.components.seconds * 1_000
            + duration.components.attoseconds / 1_000_000_000_000_000
        desk.logger.log(
            level: destination.isForMachines ? .debug : .info, "request",
            metadata: [
                "route": "\(destination.label)", "method": "\(method)",
                "status": "\(response.status.code)", "ms": "\(milliseconds)",
            ])
    }

    private static let methods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]

    private static let policy =
        "default-src 'none'; style-src '\(AcceptancePage.styleHash)'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"

    func secure(_ response: inout Response) {
        response.headers[.cacheControl] = "no-store"
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.frameOptions] = "DENY"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        if desk.settings.certificate != nil {
            response.headers[.strictTransportSecurity] = "max-age=31536000"
        }
    }
}
