internal import AccessModel
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Presentation
internal import Reconciliation
internal import Storage

/// The pages behind the link of an invitation. GET shows and changes nothing; POST answers.
struct AcceptanceRoutes: Sendable {
    let desk: Desk

    private static let longestForm = 16 << 10

    func show(_ token: String, _ request: Request, _ context: Call) async -> Response {
        if let refusal = refusal(request, context, token) { return refusal }
        let languages = desk.languages(request)
        let found: Result<AcceptanceOffer?, StoreError> = await desk.threads.run {
            do throws(StoreError) {
                return .success(try await desk.offers.offer(for: token)?.offer)
            } catch {
                return .failure(error)
            }
        }
        switch found {
        case .success(let offer?):
            return desk.response(AcceptancePage(asking: offer, languages: languages), .ok)
        case .success(nil): return desk.response(.invalid, .notFound, to: request)
        case .failure(let error): return failure(error, request)
        }
    }

    func answer(
        _ token: String, _ request: Request, _ context: Call, isDeclined: Bool = false
    ) async -> Response {
        if let refusal = refusal(request, context, token) { return refusal }
        guard !request.isFromElsewhere else {
            return desk.response(.foreign, .forbidden, to: request)
        }
        guard request.isForm else {
            return desk.response(.badForm, .unsupportedMediaType, to: request)
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.longestForm)
        } catch {
            // What is left of it is not waited for.
            let isTooLarge = error is NIOTooManyBytesError
            var response = desk.response(
                .badForm, isTooLarge ? .contentTooLarge : .badRequest, to: request)
            response.headers[.connection] = "close"
            return response
        }
        guard let fields = formFields(body.readableBytesView) else {
            return desk.response(.badForm, .badRequest, to: request)
        }
        // A form without the button is a yes, as the POST is; a word that is neither is nothing.
        let word = fields[AcceptancePage.answerField] ?? AcceptancePage.accepting
        guard [AcceptancePage.accepting, AcceptancePage.declining].contains(word) else {
            return desk.response(.badForm, .badRequest, to: request)
        }
        let details = AcceptanceOffer.Detail.allCases.compactMap { detail in
            fields[detail.rawValue].map { (detail, $0) }
        }
        let form = ProfileForm(Dictionary(uniqueKeysWithValues: details))
        let saysNo = isDeclined || word == AcceptancePage.declining
        let start = ContinuousClock.now
        let outcome = await desk.threads.run {
            saysNo
                ? await desk.reception.decline(token)
                : await desk.reception.accept(token, with: form)
        }
        desk.figures.answer(outcome.name, ContinuousClock.now - start)
        return response(to: outcome, form, request)
    }

    private func response(
        to outcome: Reception.Outcome, _ form: ProfileForm, _ request: Request
    ) -> Response {
        let languages = desk.languages(request)
        switch outcome {
        case .accepted(let offer):
            return desk.response(AcceptancePage(accepted: offer, languages: languages), .ok)
        case .declined(let offer):
            return desk.response(AcceptancePage(declined: offer, languages: languages), .ok)
        case .invalid: return desk.response(.invalid, .notFound, to: request)
        case .incomplete(let offer, let faults):
            let page = AcceptancePage(
                asking: offer, languages: languages, form: form, faults: faults)
            return desk.response(page, .unprocessableContent)
        case .busy: return desk.response(.busy, .serviceUnavailable, to: request)
        case .failed(let error): return failure(error, request)
        }
    }

    /// The reason is the operator's to know, and stands in the log.
    private func failure(_ error: StoreError, _ request: Request) -> Response {
        if case .locked = error { return desk.response(.busy, .serviceUnavailable, to: request) }
        desk.logger.error("store", metadata: ["reason": "\(error.diagnostic.headline)"])
        return desk.response(.failed, .serviceUnavailable, to: request)
    }

    /// Too many from one client, or about one token. The beginning of a token names it well enough
    /// and opens nothing.
    private func refusal(_ request: Request, _ context: Call, _ token: String) -> Response? {
        let client = request.client(context.peer, trusting: desk.settings.trustedProxies)
        let waits = [
            client.flatMap { desk.clients.wait($0.client) },
            desk.tokens.wait(Array(token.utf8.prefix(8))),
        ].compactMap(\.self)
        guard let seconds = waits.max() else { return nil }
        var response = desk.response(.tooMany, .tooManyRequests, to: request)
        response.headers[.retryAfter] = "\(seconds)"
        return response
    }
}

extension Reception.Outcome {
    fileprivate var name: String {
        switch self {
        case .accepted: "accepted"
        case .declined: "declined"
        case .invalid: "invalid"
        case .incomplete: "incomplete"
        case .busy: "busy"
        case .failed: "failed"
        }
    }
}
