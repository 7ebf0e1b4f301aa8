/// What other YAML tools read a plain scalar as, where it is not text to them.
///
/// Muster keeps it as text; where a name is expected it says so (W106).
func otherReading(ofPlain text: String) -> String? {
    guard let first = text.utf8.first else { return nil }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        let bytes = Array(text.utf8)
        if isDate(bytes) { return "a date" }
        return isNumber(bytes) ? "a number" : nil
    default:
        guard text.utf8.count <= 5, isUniform(text) else { return nil }
        switch text.lowercased() {
        case "y", "n", "yes", "no", "on", "off", "true", "false": return "a boolean"
        case "null": return "nothing"
        default: return nil
        }
    }
}

/// `no`, `No`, `NO`, but not `nO`.
private func isUniform(_ text: String) -> Bool {
    let rest = text.utf8.dropFirst()
    func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    return rest.allSatisfy(isLower) || text.utf8.allSatisfy(isUpper)
}

/// `2024-01-01`, also with a time behind it.
private func isDate(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].count == 4, (1...2).contains(parts[1].count) else {
        return false
    }
    let day = parts[2].prefix { isDigit($0) }
    guard parts[0].allSatisfy(isDigit), parts[1].allSatisfy(isDigit) else { return false }
    return (1...2).contains(day.count)
        && (day.count == parts[2].count || [0x54, 0x74, 0x20].contains(parts[2][day.endIndex]))
}

/// `12`, `1_000`, `0x1F`, `0o17`, `1e3`, `1.5`, `1:30`, `.inf`, `.nan`
private func isNumber(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
    }
    let word = String(decoding: rest, as: UTF8.self).lowercased()
    if word == ".inf" || word == ".nan" { return true }
    for (prefix, digits) in [("0x", "0123456789abcdef_"), ("0o", "01234567_"), ("0b", "01_")]
    where word.hasPrefix(prefix) {
        return word.utf8.count > 2 && word.utf8.dropFirst(2).allSatisfy(digits.utf8.contains)
    }
    if rest.contains(UInt8(ascii: ":")) {
        let parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
        }
    }
    return isDecimal(rest)
}

private func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
    let whole = rest.prefix(while: isPart)
    rest = rest.dropFirst(whole.count)
    var digits = whole.contains(where: isDigit)
    if rest.first == UInt8(ascii: ".") {
        let fraction = rest.dropFirst().prefix(while: isPart)
        digits = digits || fraction.contains(where: isDigit)
        rest = rest.dropFirst(1 + fraction.count)
    }
    guard digits else { return false }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }
    return rest.isEmpty
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
