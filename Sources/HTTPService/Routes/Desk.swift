internal import AccessModel
internal import Hummingbird
internal import Logging
internal import Presentation
internal import Reconciliation
internal import Storage

/// What all handlers share.
struct Desk: Sendable {
    let settings: ServiceSettings
    let ports: ServicePorts
    let threads: StoreThreads
    let figures: ServiceFigures
    let logger: Logger
    let offers: OfferDesk
    let reception: Reception
    let counter: StoreCounter
    let clients: RateLimiter
    let tokens: RateLimiter
    /// Where invitations are.
    let places: [[String]]

    init(
        _ settings: ServiceSettings, _ ports: ServicePorts, logger: Logger,
        figures: ServiceFigures = ServiceFigures(), threads: StoreThreads = StoreThreads()
    ) throws(StoreError) {
        self.settings = settings
        self.ports = ports
        self.logger = logger
        self.figures = figures
        self.threads = threads
        offers = try OfferDesk(ports)
        reception = Reception(ports, offers: offers)
        counter = try StoreCounter(ports)
        clients = RateLimiter(perMinute: settings.rateLimit)
        tokens = RateLimiter(perMinute: settings.rateLimit)
        places = Destination.places(acceptURL: ports.project.invitations.acceptURL)
    }

    /// The reader's wishes for a page, before the project's own.
    func languages(_ request: Request) -> [String] {
        request.languages + [ports.project.invitations.language]
    }

    func response(_ page: AcceptancePage, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLanguage: page.language,
                .vary: "Accept-Language",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.bytes)))
    }

    func response(
        _ notice: AcceptanceNotice, _ status: HTTPResponse.Status, to request: Request
    ) -> Response {
        var response = response(AcceptancePage(notice, languages: languages(request)), status)
        if notice == .busy { response.headers[.retryAfter] = "5" }
        return response
    }

    func text(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
