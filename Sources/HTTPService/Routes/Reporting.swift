internal import AccessModel
internal import Hummingbird
internal import Logging
internal import Presentation
internal import Reconciliation

/// Around every request: the headers that every answer has, a page for what went wrong, a line in
/// the log, and the figures. No path is logged, for the path of an invitation is its token.
struct Reporting: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: Call,
        next: (Request, Call) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = answer(to: request, error.status)
        } catch {
            desk.logger.error("request failed", metadata: ["route": "\(route(request))"])
            response = desk.response(.failed, .internalServerError, to: request)
        }
        secure(&response)
        let duration = ContinuousClock.now - start
        report(request, response, duration)
        return response
    }

    private func report(_ request: Request, _ response: Response, _ duration: Duration) {
        let route = route(request)
        let method = Self.methods.contains(request.method) ? request.method.rawValue : "other"
        desk.figures.request(route, method, response.status.code, duration)
        let milliseconds =
            duration.components.seconds * 1_000
            + duration.components.attoseconds / 1_000_000_000_000_000
        desk.logger.log(
            level: Self.machines.contains(route) ? .debug : .info, "request",
            metadata: [
                "route": "\(route)", "method": "\(method)", "status": "\(response.status.code)",
                "ms": "\(milliseconds)",
            ])
    }

    private func answer(to request: Request, _ status: HTTPResponse.Status) -> Response {
        guard status == .notFound, let allowed = allowedMethods(request) else {
            return status == .notFound
                ? desk.response(.notFound, .notFound, to: request)
                : desk.response(.badForm, status, to: request)
        }
        var response = desk.response(.wrongMethod, .methodNotAllowed, to: request)
        response.headers[.allow] = allowed
        return response
    }

    /// What a path that is there can be asked with; `nil` for any other path.
    private func allowedMethods(_ request: Request) -> String? {
        let parts = request.uri.path.split(separator: "/")
        let place = "/" + parts.dropLast().joined(separator: "/")
        if places.contains(place) { return "GET, HEAD, POST" }
        if place == "/decline" { return "POST" }
        return parts.count == 1 && Self.machines.contains(String(parts[0])) ? "GET, HEAD" : nil
    }

    private func route(_ request: Request) -> String {
        let path = request.uri.path
        if places.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) { return "accept" }
        let first = path.split(separator: "/").first.map(String.init) ?? ""
        return first == "decline" || Self.machines.contains(first) ? first : "other"
    }

    private var places: [String] {
        AcceptanceRoutes.places(acceptURL: desk.ports.project.invitations.acceptURL)
    }

    private static let machines: Set = ["healthz", "readyz", "metrics"]
    private static let methods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]

    private static let policy =
        "default-src 'none'; style-src '\(AcceptancePage.styleHash)'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"

    private func secure(_ response: inout Response) {
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
