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
        let name = percentDecoded(parts[0])
        if fields[name] == nil { fields[name] = parts.count == 2 ? percentDecoded(parts[1]) : "" }
    }
    return fields
}

private func percentDecoded(_ bytes: ArraySlice<UInt8>) -> String {
    func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case let byte? where (0x30...0x39).contains(byte): byte - 0x30
        case let byte? where (0x41...0x46).contains(byte & 0xDF): (byte & 0xDF) - 0x37
        default: nil
        }
    }
    var decoded: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let high = digit(rest.first),
            let low = digit(rest.dropFirst().first)
        {
            decoded.append(high << 4 | low)
            rest = rest.dropFirst(2)
        } else {
            decoded.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        }
    }
    return String(decoding: decoded, as: UTF8.self)
}
