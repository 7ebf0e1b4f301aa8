internal import HTTPTypes
internal import Hummingbird
internal import Presentation

/// Sends each request to whoever answers it, by what it is about and its method.
struct Entrance: HTTPResponder {
    let desk: Desk
    private let acceptance: AcceptanceRoutes
    private let health: HealthRoutes
    let reporting: Reporting

    init(_ desk: Desk) {
        self.desk = desk
        acceptance = AcceptanceRoutes(desk: desk)
        health = HealthRoutes(desk: desk)
        reporting = Reporting(desk: desk)
    }

    func respond(to request: Request, context: Call) async -> Response {
        let destination = Destination(path: request.uri.path.utf8, places: desk.places)
        return await reporting.around(request, destination) {
            await answer(request, context, destination)
        }
    }

    private func answer(
        _ request: Request, _ context: Call, _ destination: Destination
    ) async -> Response {
        let isRead = request.method == .get || request.method == .head
        switch destination {
        case .invitation(let token) where isRead:
            return await acceptance.show(token, request, context)
        case .invitation(let token) where request.method == .post:
            return await acceptance.answer(token, request, context)
        case .invitation: return wrongMethod("GET, HEAD, POST", request)
        case .decline(let token) where request.method == .post:
            return await acceptance.answer(token, request, context, isDeclined: true)
        case .decline: return wrongMethod("POST", request)
        case .health where isRead: return health.health()
        case .readiness where isRead: return await health.ready()
        case .metrics where isRead: return await health.metrics()
        case .health, .readiness, .metrics: return wrongMethod("GET, HEAD", request)
        case .elsewhere: return desk.response(.notFound, .notFound, to: request)
        }
    }

    private func wrongMethod(_ allowed: String, _ request: Request) -> Response {
        var response = desk.response(.wrongMethod, .methodNotAllowed, to: request)
        response.headers[.allow] = allowed
        return response
    }
}
