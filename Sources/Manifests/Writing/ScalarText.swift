/// A text as a YAML scalar that reads back as exactly itself, here and in every other YAML tool.
///
/// Plain where nobody could take it for something else, in block and in flow context; otherwise in
/// double quotes.
package func scalarText(_ text: String) -> String {
    isPlain(text) ? text : quotedText(text)
}

/// In double quotes. Besides the quote and the backslash, what no reader takes as it is has an
/// escape: controls, separators of lines, and format characters, which nobody would see.
package func quotedText(_ text: String) -> String {
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\":
            quoted.append("\\")
            quoted.append(scalar)
        case "\n": quoted.append(contentsOf: "\\n".unicodeScalars)
        default:
            guard isUnseen(scalar) else {
                quoted.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let width = digits.count > 4 ? 8 : 4
            quoted.append(contentsOf: (width == 4 ? "\\u" : "\\U").unicodeScalars)
            quoted.append(contentsOf: repeatElement("0", count: width - digits.count))
            quoted.append(contentsOf: digits.unicodeScalars)
        }
    }
    quoted.append("\"")
    return String(quoted)
}

/// Controls, format characters (zero-width, bidirectional, tags) and separators of lines.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}

private func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
        isLetterOrDigit(first), last != " ", otherReading(ofPlain: text) == nil
    else { return false }
    // Words that other tools read as something else may be written in any case there.
    guard otherReading(ofPlain: text.lowercased()) == nil else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
        isLetterOrDigit(scalar) || " _-.@/+()'".unicodeScalars.contains(scalar)
    }
}

private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
        ? ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar)
            || ("A"..."Z").contains(scalar)
        : scalar.properties.isAlphabetic
}
