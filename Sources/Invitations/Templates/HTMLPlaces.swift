/// Variables in HTML that escaping does not protect: in a tag outside of quotes, in a script or a
/// style sheet, in attributes that are code, in a comment, and URLs that anybody's name could be.
///
/// Values are text in elements and in quoted attributes, and nothing else. A section is in text at
/// both its ends, or in one attribute: where a value stands must not depend on whether a section is
/// there that holds a quote.
func problems(ofPlaces tags: [TemplateTag], in bytes: [UInt8]) -> [TemplateProblem] {
    var reader = HTMLReader()
    var problems: [TemplateProblem] = []
    var place = 0
    var open: [Int?] = []
    for tag in tags {
        for byte in bytes[place..<tag.range.lowerBound] { reader.take(byte) }
        place = tag.range.upperBound
        switch tag.sign {
        case .variable: break
        case .comment: continue
        case .section, .inverted:
            open.append(reader.whole)
            if reader.whole == nil {
                problems.append(TemplateProblem(.unsafeSection(tag.name), at: tag.range))
            }
            continue
        case .end:
            // One that began where it must not was told of there.
            if let begun = open.popLast() ?? nil, begun != reader.whole {
                problems.append(TemplateProblem(.unsafeSection(tag.name), at: tag.range))
            }
            continue
        }
        switch reader.place {
        case .text: break
        case .attribute(let name) where isURL(name):
            if !LetterVariables.links.contains(tag.name) {
                problems.append(TemplateProblem(.noLinkVariable(tag.name), at: tag.range))
            }
        case .attribute(let name)
        where ["style", "srcdoc", "content"].contains(name) || name.hasPrefix("on"):
            problems.append(TemplateProblem(.unsafePlace, at: tag.range))
        case .attribute: break
        case .unsafe: problems.append(TemplateProblem(.unsafePlace, at: tag.range))
        }
    }
    return problems
}

private func isURL(_ attribute: String) -> Bool {
    [
        "href", "src", "action", "formaction", "background", "poster", "data", "srcset", "cite",
        "ping",
    ].contains(attribute) || attribute.hasSuffix(":href")
}

/// As much of HTML as tells text, attributes and the rest apart.
private struct HTMLReader {
    enum Place { case text, attribute(String), unsafe }

    private enum State { case text, element, tag, quoted(UInt8), declaration, comment, raw }

    private var state = State.text
    /// The last bytes, in lower case: enough for the end of a script.
    private var recent: [UInt8] = []
    private var element = ""
    /// How many quoted values have begun.
    private var values = 0
    private var attribute = ""
    /// The next letter begins another attribute.
    private var isBetween = true

    /// The attribute's value that the reader is in, counted from 1, or 0 for text.
    var whole: Int? {
        switch place {
        case .text: 0
        case .attribute: values
        case .unsafe: nil
        }
    }

    var place: Place {
        switch state {
        case .text: ends("<") || ends("</") ? .unsafe : .text
        case .quoted: .attribute(attribute)
        case .element, .tag, .declaration, .comment, .raw: .unsafe
        }
    }

    mutating func take(_ byte: UInt8) {
        let byte = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        let wasOpened = ends("<")
        recent = recent.suffix(15) + [byte]
        switch state {
        case .text:
            if ends("<!") || ends("<?") {
                state = .declaration
            } else if wasOpened, (0x61...0x7A).contains(byte) {
                state = .element
                element = String(UnicodeScalar(byte))
            }
        case .element:
            if isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") {
                (state, attribute, isBetween) = (.tag, "", true)
                inTag(byte)
            } else {
                element.unicodeScalars.append(UnicodeScalar(byte))
            }
        case .tag: inTag(byte)
        case .quoted(let quote): if byte == quote { (state, attribute) = (.tag, "") }
        case .declaration:
            if ends("<!--") { state = .comment } else if ends(">") { state = .text }
        case .comment: if ends("-->") { state = .text }
        case .raw: if ends("</" + element) { (state, element) = (.tag, "") }
        }
    }

    private mutating func inTag(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ">"):
            state =
                ["script", "style", "xmp", "iframe", "noscript"].contains(element) ? .raw : .text
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            state = .quoted(byte)
            values += 1
        case UInt8(ascii: "="): isBetween = false
        case _ where isSpace(byte) || byte == UInt8(ascii: "/"): isBetween = true
        default:
            if isBetween { (attribute, isBetween) = ("", false) }
            attribute.unicodeScalars.append(UnicodeScalar(byte))
        }
    }

    private func ends(_ text: String) -> Bool {
        recent.suffix(text.utf8.count).elementsEqual(text.utf8)
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }
}
