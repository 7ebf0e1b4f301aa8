/// Lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// The bytes that hexadecimal digits stand for; `nil` when there are none, an odd number, or
/// others.
func bytesOfHexadecimal(_ text: [UInt8]) -> [UInt8]? {
    guard !text.isEmpty, text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 2) {
        guard let high = digitValue(text[start]), let low = digitValue(text[start + 1]) else {
            return nil
        }
        bytes.append(high << 4 | low)
    }
    return bytes
}

private func digitValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

/// RFC 4648: `mail` is section 4 with padding, `url` section 5 without.
enum Base64Alphabet { case mail, url }

func base64(_ bytes: [UInt8], alphabet: Base64Alphabet) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    let digits = Array((letters + (alphabet == .url ? "-_" : "+/")).utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let value =
            group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
        for place in 0...group.count {
            text.append(digits[Int(value >> (18 - 6 * UInt32(place)) & 63)])
        }
        if alphabet == .mail { text += Array(repeating: UInt8(ascii: "="), count: 3 - group.count) }
    }
    return String(decoding: text, as: UTF8.self)
}

/// RFC 2045 section 6.7 with LF line ends: no line over 76 characters.
func quotedPrintable(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        .enumerated()
    {
        if number > 0 { result.append(0x0A) }
        var width = 0
        for index in line.indices {
            let byte = line[index]
            let isLast = line.index(after: index) == line.endIndex
            let isPlain =
                (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
                || (byte == 0x20 && !isLast)
            let piece =
                isPlain
                ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            // The last place of a line is for the = that goes on.
            if width + piece.count > (isLast ? 76 : 75) {
                result += [UInt8(ascii: "="), 0x0A]
                width = 0
            }
            result += piece
            width += piece.count
        }
    }
    return String(decoding: result, as: UTF8.self)
}
