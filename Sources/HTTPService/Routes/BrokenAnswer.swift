internal import AccessModel
internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import Presentation
internal import Reconciliation

extension Entrance {
    /// The one answer to wrong tokens, for a request that cannot be read but began as one for an
    /// invitation. It says in addition that the connection ends. `nil` for anything else.
    func answer(toBroken beginning: [UInt8]) -> BrokenRequests.Answer? {
        let words = beginning.split(
            separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2 else { return nil }
        let method: HTTPRequest.Method? =
            words[0].elementsEqual("GET".utf8)
            ? .get : words[0].elementsEqual("POST".utf8) ? .post : nil
        let path = words[1].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "\r") }
        guard let method else { return nil }
        let destination = Destination(path: path, places: desk.places)
        switch destination {
        case .invitation: break
        case .decline where method == .post: break
        case .decline, .health, .readiness, .metrics, .elsewhere: return nil
        }
        let page = AcceptancePage(
            .invalid, languages: [desk.ports.project.invitations.language])
        var response = desk.response(page, .notFound)
        reporting.secure(&response)
        response.headers[.connection] = "close"
        response.headers[.date] = httpDate()
        reporting.report(destination, method, response, .zero)
        return BrokenRequests.Answer(head: response.head, body: page.bytes)
    }
}

/// The present as RFC 9110 (5.6.7) writes it.
private func httpDate() -> String {
    var (seconds, parts) = (time(nil), tm())
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 64)
    let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
}
