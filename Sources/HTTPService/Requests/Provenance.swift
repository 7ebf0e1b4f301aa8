internal import Hummingbird

extension Request {
    /// Whether a browser says that another site's page sent this. Without cookies there is nothing
    /// to forge with, for the token is all the authority there is; so a client that says nothing,
    /// as programs do, is believed.
    ///
    /// A page with `Referrer-Policy: no-referrer` sends its own form with `Origin: null`, so that
    /// word alone tells nothing.
    var isFromElsewhere: Bool {
        if let site = headers[.fetchSite] { return site != "same-origin" && site != "none" }
        guard let origin = headers[.origin], origin != "null" else { return false }
        let parts = origin.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        return parts.count != 2 || String(parts[1]).lowercased() != head.authority?.lowercased()
    }

    /// What a form sends, or nothing at all, which says yes.
    var isForm: Bool {
        guard let type = headers[.contentType] else {
            return headers[.contentLength] ?? "0" == "0" && headers[.transferEncoding] == nil
        }
        let name = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return name == "application/x-www-form-urlencoded"
    }
}

/// The fields of `application/x-www-form-urlencoded` (WHATWG URL section 5.1); the first of a name
/// counts. `nil` when there are more than a form of ours has.
func formFields(_ body: some Sequence<UInt8>) -> [String: String]? {
    var fields: [String: String] = [:]
    let pairs = Array(body).split(separator: UInt8(ascii: "&"))
    guard pairs.count <= 20 else { return nil }
    for pair in pairs {
        let parts = pair.split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = percentDecoded(field: parts[0])
        if fields[name] == nil {
            fields[name] = parts.count == 2 ? percentDecoded(field: parts[1]) : ""
        }
    }
    return fields
}

private func percentDecoded(field bytes: ArraySlice<UInt8>) -> String {
    let spaced = bytes.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }
    return String(decoding: percentDecoded(spaced), as: UTF8.self)
}
