extension EmailAddress {
    /// The address that a text is, or why it is none. Plain ASCII costs one pass over its bytes; a
    /// text that is canonical as it stands is shared, not copied.
    ///
    /// Surrounding spaces are no part of the spelling. Dot-atom local parts only (RFC 5322, with
    /// the characters of RFC 6531); 64, 255 and 254 bytes at most.
    package static func parse(_ text: String) -> Result<EmailAddress, EmailProblem> {
        var text = text
        switch text.withUTF8(asciiForm) {
        case .canonical: return .success(EmailAddress(canonical: text))
        case .upperCase:
            return .success(EmailAddress(canonical: asciiLowercased(text), spelling: text))
        case .other: break
        }
        do throws(EmailProblem) {
            return .success(try carefully(parsed: text))
        } catch {
            return .failure(error)
        }
    }
}

extension EmailAddress {
    /// Whether these bytes are a canonical address, as far as a quick look can tell.
    package static func isPlainlyCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        asciiForm(bytes) == .canonical
    }
}

/// What a quick look at bytes says.
enum ASCIIForm { case canonical, upperCase, other }

/// The quick look: `other` is whatever needs a closer one, valid or not.
private func asciiForm(_ bytes: UnsafeBufferPointer<UInt8>) -> ASCIIForm {
    guard bytes.count <= EmailProblem.Part.whole.limit else { return .other }
    var upper = false
    var index = 0
    var previous = UInt8(ascii: ".")
    while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "@") { break }
        if byte == UInt8(ascii: ".") {
            if previous == UInt8(ascii: ".") { return .other }
        } else if !isAtomText(byte) {
            return .other
        }
        if isUpper(byte) { upper = true }
        previous = byte
        index += 1
    }
    guard index < bytes.count, index <= EmailProblem.Part.local.limit, previous != UInt8(ascii: ".")
    else { return .other }
    let domain = UnsafeBufferPointer(rebasing: bytes[(index + 1)...])
    switch asciiDomainForm(domain) {
    case .canonical: return upper ? .upperCase : .canonical
    case .upperCase: return .upperCase
    case .other: return .other
    }
}

func asciiDomainForm(_ bytes: UnsafeBufferPointer<UInt8>) -> ASCIIForm {
    var upper = false
    var labels = 0
    var length = 0
    var digits = 0
    var previous = UInt8(ascii: ".")
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "."):
            if length == 0 || previous == UInt8(ascii: "-") { return .other }
            labels += 1
            length = 0
            digits = 0
            previous = byte
            continue
        case UInt8(ascii: "-"):
            // Two at the third and fourth place make an A-label, which IDNA has to look at.
            if length == 0 || (length == 3 && previous == byte) { return .other }
        case UInt8(ascii: "a")...UInt8(ascii: "z"): break
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): upper = true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        default: return .other
        }
        length += 1
        if length > 63 { return .other }
        previous = byte
    }
    guard labels > 0, length > 0, previous != UInt8(ascii: "-"), digits < length else {
        return .other
    }
    return upper ? .upperCase : .canonical
}

/// The closer look, which also finds what to say.
private func carefully(parsed text: String) throws(EmailProblem) -> EmailAddress {
    let spelling = nfc(trimmingSpaces(text))
    if spelling.isEmpty { throw .empty }
    if let problem = textProblem(in: spelling, strictness: .name) {
        throw .forbiddenCharacter(problem)
    }
    try refuseWrapping(of: spelling)
    guard let at = spelling.utf8.firstIndex(of: UInt8(ascii: "@")), at != spelling.startIndex
    else { throw .noAt }
    let local = String(spelling[..<at])
    let written = String(spelling[spelling.utf8.index(after: at)...])
    try checkDotAtom(local)
    if let problem = textProblem(in: local, strictness: .identifier) {
        throw .forbiddenCharacter(problem)
    }
    let domain = try canonicalDomain(written)
    if local.utf8.count > EmailProblem.Part.local.limit { throw .tooLong(.local) }
    var canonical = ""
    canonical.reserveCapacity(local.utf8.count + 1 + domain.utf8.count)
    canonical += asciiLowercased(local)
    canonical += "@"
    canonical += domain
    if canonical.utf8.count > EmailProblem.Part.whole.limit { throw .tooLong(.whole) }
    return EmailAddress(canonical: canonical, spelling: spelling)
}

/// Display names, links and quotes around an address that is good in itself.
private func refuseWrapping(of text: String) throws(EmailProblem) {
    func bare(_ inner: some StringProtocol) -> String? {
        guard inner.utf8.count < text.utf8.count else { return nil }
        return (try? EmailAddress.parse(String(inner)).get())?.spelling
    }
    guard let first = text.utf8.first, let last = text.utf8.last,
        [UInt8(ascii: "\""), UInt8(ascii: "m"), UInt8(ascii: "M")].contains(first)
            || last == UInt8(ascii: ">")
    else { return }
    let bytes = Array(text.utf8)
    if last == UInt8(ascii: ">"), let open = bytes.lastIndex(of: UInt8(ascii: "<")) {
        let inner = String(decoding: bytes[(open + 1)..<(bytes.count - 1)], as: UTF8.self)
        throw .displayName(suggestion: bare(inner))
    }
    if asciiLowercased(String(decoding: bytes.prefix(7), as: UTF8.self)) == "mailto:" {
        let inner = bytes.dropFirst(7).prefix { $0 != UInt8(ascii: "?") }
        throw .mailto(suggestion: bare(String(decoding: inner, as: UTF8.self)))
    }
    if first == UInt8(ascii: "\""), let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0,
        bytes[at - 1] == UInt8(ascii: "\"")
    {
        let inner = bytes.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        throw .quotedLocalPart(suggestion: bare(String(decoding: inner, as: UTF8.self)))
    }
}

private func checkDotAtom(_ local: String) throws(EmailProblem) {
    var previous = Unicode.Scalar(".")
    for scalar in local.unicodeScalars {
        if scalar == "." {
            if previous == "." { throw .notDotAtom(".") }
        } else if scalar.isASCII, !isAtomText(UInt8(truncatingIfNeeded: scalar.value)) {
            throw .notDotAtom(scalar)
        }
        previous = scalar
    }
    if previous == "." { throw .notDotAtom(".") }
}

/// RFC 5322 section 3.2.3, `atext`.
private func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    // ! # $ % & ' * + - / = ? ^ _ ` { | } ~
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: true
    default: false
    }
}

private func isUpper(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
}

/// ASCII letters lower-cased, everything else as it is.
func asciiLowercased(_ text: String) -> String {
    let bytes = text.utf8
    return String(unsafeUninitializedCapacity: bytes.count) { buffer in
        var index = 0
        for byte in bytes {
            buffer[index] = isUpper(byte) ? byte | 0x20 : byte
            index += 1
        }
        return index
    }
}

/// Without the spaces at both ends; shared when there are none.
package func trimmingSpaces(_ text: String) -> String {
    guard text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    let start = text.utf8.drop { $0 == 0x20 }
    guard let last = start.lastIndex(where: { $0 != 0x20 }) else { return "" }
    return String(start[...last]) ?? text
}
