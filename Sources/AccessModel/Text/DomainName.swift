internal import CUnicode
internal import Synchronization

/// A domain lower-cased and in A-labels: IDNA 2008, non-transitional, with the mapping of UTS 46.
func canonicalDomain(_ written: String) throws(EmailProblem) -> String {
    var domain = asciiLowercased(written)
    if domain.utf8.count <= EmailProblem.Part.domain.limit,
        domain.withUTF8(asciiDomainForm) == .canonical
    {
        return domain
    }
    if let known = knownDomains.withLock({ $0[domain] }) { return known }
    for label in domain.split(separator: ".") {
        if let problem = textProblem(in: String(label), strictness: .identifier) {
            throw .forbiddenCharacter(problem)
        }
    }
    let canonical = try carefully(canonical: domain)
    knownDomains.withLock { if $0.count < 1_024 { $0[domain] = canonical } }
    return canonical
}

/// What was found before: many people share a few domains, and IDNA takes its time.
private let knownDomains = Mutex<[String: String]>([:])

/// The closer look, which also finds what to say.
private func carefully(canonical domain: String) throws(EmailProblem) -> String {
    if domain.isEmpty { throw .badDomain(.empty) }
    if domain.hasPrefix("[") && domain.hasSuffix("]") { throw .ipLiteral }
    let needsIDNA =
        !domain.utf8.allSatisfy { $0 < 0x80 }
        || domain.split(separator: ".").contains { $0.hasPrefix("xn--") }
    // What is plainly wrong is said before IDNA says it in its own words.
    for scalar in domain.unicodeScalars where scalar.isASCII && !isLDH(scalar) && scalar != "." {
        throw .badDomain(.character(scalar))
    }
    let canonical = needsIDNA ? try aLabels(of: domain) : domain
    try checkLabels(of: canonical)
    return canonical
}

private func checkLabels(of domain: String) throws(EmailProblem) {
    if domain.utf8.count > EmailProblem.Part.domain.limit { throw .tooLong(.domain) }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    for label in labels {
        if label.isEmpty { throw .badDomain(.emptyLabel) }
        if label.utf8.count > 63 { throw .badDomain(.longLabel) }
        if label.hasPrefix("-") || label.hasSuffix("-") {
            throw .badDomain(.hyphenAtEdge(label: String(label)))
        }
        for scalar in label.unicodeScalars where !isLDH(scalar) {
            throw .badDomain(.character(scalar))
        }
    }
    if labels.count < 2 { throw .badDomain(.noDot) }
    if labels[labels.count - 1].utf8.allSatisfy(isDigit) {
        let isAddress = labels.count == 4 && labels.allSatisfy { $0.utf8.allSatisfy(isDigit) }
        throw isAddress ? .ipLiteral : .badDomain(.numericTopLevel)
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func isLDH(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", "-": true
    default: false
    }
}

private func aLabels(of domain: String) throws(EmailProblem) -> String {
    var output: UnsafeMutablePointer<UInt8>?
    let flags = CInt(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
    let status = Array(domain.utf8 + [0]).withUnsafeBufferPointer {
        idn2_lookup_u8($0.baseAddress, &output, flags)
    }
    defer { idn2_free(output) }
    let code = idn2_rc(rawValue: status)
    if code == IDN2_TOO_BIG_DOMAIN { throw .tooLong(.domain) }
    if code == IDN2_TOO_BIG_LABEL { throw .badDomain(.longLabel) }
    guard code == IDN2_OK, let output else {
        throw .badDomain(.internationalised(String(cString: idn2_strerror(status))))
    }
    return asciiLowercased(String(cString: output))
}
