/// The words of a story's command line, with quotes resolved and values put in.
enum CommandWords {
    /// `$NAME` and `${NAME}` in a text; a name that has no value stays as it is written.
    static func expanded(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "$", let value = takeVariable(&rest, values) {
                result += value
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func words(of text: String, _ values: [String: String]) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Unicode.Scalar?
        var rest = text.unicodeScalars[...]
        func add(_ scalar: Unicode.Scalar) { word = (word ?? "") + String(scalar) }
        while let scalar = rest.popFirst() {
            switch (scalar, quote) {
            case ("'", nil), ("\"", nil):
                quote = scalar
                word = word ?? ""
            case ("'", "'"), ("\"", "\""): quote = nil
            case (_, "'"): add(scalar)
            case ("$", _):
                if let value = takeVariable(&rest, values) {
                    word = (word ?? "") + value
                } else {
                    add(scalar)
                }
            case ("\\", _): if let next = rest.popFirst() { add(next) }
            case (" ", nil):
                if let done = word { words.append(done) }
                word = nil
            default: add(scalar)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }

    private static func takeVariable(
        _ rest: inout Substring.UnicodeScalarView, _ values: [String: String]
    ) -> String? {
        var ahead = rest
        let braced = ahead.first == "{"
        if braced { ahead.removeFirst() }
        let name = String(String.UnicodeScalarView(ahead.prefix { isNamePart($0) }))
        ahead.removeFirst(name.unicodeScalars.count)
        if braced { guard ahead.popFirst() == "}" else { return nil } }
        guard let value = values[name] else { return nil }
        rest = ahead
        return value
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_" || isDigit(scalar))
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}
