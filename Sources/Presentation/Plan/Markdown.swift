internal import Diagnostics

/// Text for a Markdown comment. Whatever comes from manifests or the store stays text: nothing in
/// it becomes markup, a link, an image, a mention or a reference.
enum Markdown {
    /// A value, shown as code: there mentions and references are left alone, and entities keep the
    /// rest from being read as markup before it gets there.
    static func code(_ text: String) -> String {
        if isPlain(text) { return "`\(text)`" }
        return "<code>" + entities(text) + "</code>"
    }

    /// Running text, with the values of it as code.
    static func text(_ phrase: Phrase) -> String {
        phrase.pieces.map { piece in
            switch piece {
            case .words(let words): entities(words)
            case .value(let value): value.isEmpty ? "" : code(value)
            }
        }.joined()
    }

    /// Several lines, as they are.
    static func block(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return "<pre>\n" + lines.map(preformatted).joined(separator: "\n") + "</pre>\n"
    }

    /// Within `<pre>` Markdown means nothing, so that fewer characters have to be escaped.
    private static func preformatted(_ line: Substring) -> String {
        var result = ""
        var previous: Unicode.Scalar = " "
        for scalar in escapedForTerminal(String(line)).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "`", "@", "#": result += "&#\(scalar.value);"
            case "[" where previous == "!", "(" where previous == "]":
                result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result
    }

    static func folded(_ title: String, _ body: String) -> String {
        "<details><summary>\(entities(title))</summary>\n\n\(body)\n</details>\n"
    }

    /// Names and addresses: nothing in them means anything inside back-ticks, nor in a table.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, !"@:#".utf8.contains(first) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: true
            default: "._-@/:+#".utf8.contains(byte)
            }
        }
    }

    /// Whether an address that becomes a link may have it before the `@`.
    private static func isLinkable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "+", "-", "_": true
        default: false
        }
    }

    /// Every character that Markdown or HTML could take for more than itself, as an entity.
    static func entities(_ text: String) -> String {
        var result = ""
        let scalars = Array(escapedForTerminal(text).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "`", "|", "[", "]", "!", "#", "*", "_", "~", "\\", "$":
                result += "&#\(scalar.value);"
            // Addresses become links after the entities are read, in `<code>` too, unless a tag
            // stands in the middle of them.
            case "@":
                let isAddress = index > 0 && isLinkable(scalars[index - 1])
                result += isAddress ? "<wbr>&#64;" : "&#64;"
            // `https://` and `www.` would become links by themselves.
            case ":" where index + 1 < scalars.count && scalars[index + 1] == "/": result += "&#58;"
            case "." where index > 0 && (scalars[index - 1] == "w" || scalars[index - 1] == "W"):
                result += "&#46;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
