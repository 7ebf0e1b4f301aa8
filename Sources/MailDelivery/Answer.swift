internal import FoundationEssentials
internal import Invitations

/// What somebody else answered, as a part of a sentence: one line, short, without what steers a
/// terminal. Runs that are long enough to be a link's token are left out: filters like to repeat
/// the address that they object to.
func quoted(_ answer: some Sequence<UInt8>, limit: Int = 200) -> String {
    var text = String.UnicodeScalarView()
    for scalar in String(decoding: Array(answer.prefix(4096)), as: UTF8.self).unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator, .spaceSeparator:
            if text.last != " ", !text.isEmpty { text.append(" ") }
        default: text.append(scalar)
        }
    }
    while text.last == " " || text.last == "." { text.removeLast() }
    let shown = withoutTokens(text)
    guard shown.count > limit else { return String(shown) }
    return String(String.UnicodeScalarView(shown.prefix(limit))) + "…"
}

/// A sentence without secrets that somebody else repeated, as they are and as AUTH sends them.
func hiding(_ secrets: [String], in sentence: String) -> String {
    secrets.reduce(sentence) { text, secret in
        [secret, Data(secret.utf8).base64EncodedString()].reduce(text) { text, form in
            form.utf8.count < 4 ? text : text.replacing(form, with: "…")
        }
    }
}

private func withoutTokens(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView {
    var result = String.UnicodeScalarView()
    var run = String.UnicodeScalarView()
    func isOfTokens(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }
    for scalar in text {
        if isOfTokens(scalar) {
            run.append(scalar)
            continue
        }
        result.append(contentsOf: run.count < 40 ? run : "…".unicodeScalars)
        run = String.UnicodeScalarView()
        result.append(scalar)
    }
    result.append(contentsOf: run.count < 40 ? run : "…".unicodeScalars)
    return result
}
