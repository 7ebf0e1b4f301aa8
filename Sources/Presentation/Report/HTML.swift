internal import AccessModel
internal import Diagnostics

/// Markup that is fit to be sent. What is written in this program's source stands as it is; every
/// text that is put into it is escaped, for an element as for a quoted attribute.
///
/// Markup comes from literals alone: `StaticString` is what a literal is and a value cannot be, so
/// that text which was not escaped cannot get in by mistake.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        mutating func appendInterpolation(_ text: String) { escape(text, into: &bytes) }
        mutating func appendInterpolation(_ number: Int) { bytes += grouped(number).utf8 }
        mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }

        mutating func appendInterpolation(_ parts: some Sequence<HTML>) {
            for part in parts { bytes += part.bytes }
        }

        /// Words as they are, values apart from the direction of the text around them.
        mutating func appendInterpolation(_ phrase: Phrase) {
            for piece in phrase.pieces {
                switch piece {
                case .words(let words): escape(words, into: &bytes)
                case .value(let value): appendInterpolation(value: value)
                }
            }
        }

        /// A value in running text.
        mutating func appendInterpolation(value: String) {
            bytes += "<bdi>".utf8
            escape(value, into: &bytes)
            bytes += "</bdi>".utf8
        }

        /// A sentence of this program, in which back-ticks stand around what can be typed.
        mutating func appendInterpolation(sentence: String) {
            for (place, part) in sentence.split(
                separator: "`", omittingEmptySubsequences: false
            ).enumerated() {
                let isCode = !place.isMultiple(of: 2)
                if isCode { bytes += "<code>".utf8 }
                escape(String(part), into: &bytes)
                if isCode { bytes += "</code>".utf8 }
            }
        }

        /// What something is called, with places where a long one may be broken.
        mutating func appendInterpolation(address: String) {
            bytes += "<bdi>".utf8
            var start = bytes.count
            escape(address, into: &bytes)
            while let mark = bytes[start...].firstIndex(of: UInt8(ascii: "@")) {
                bytes.insert(contentsOf: "<wbr>".utf8, at: mark)
                start = mark + 6
            }
            bytes += "</bdi>".utf8
        }

        /// A point in time that people and programs can read.
        mutating func appendInterpolation(_ instant: Instant) {
            bytes += "<time datetime=\"".utf8
            escape(instant.text, into: &bytes)
            bytes += "\">".utf8
            escape(instant.words, into: &bytes)
            bytes += "</time>".utf8
        }
    }

    private(set) var bytes: [UInt8] = []

    init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    init(stringLiteral literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    static func += (html: inout HTML, more: HTML) { html.bytes += more.bytes }

    var isEmpty: Bool { bytes.isEmpty }
}

/// Adds the text so that it means nothing to whoever reads HTML, and nothing in it is hidden: what
/// a terminal would not show is no better on a page.
private func escape(_ text: String, into bytes: inout [UInt8]) {
    for byte in escapedForTerminal(text).utf8 {
        switch byte {
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        case UInt8(ascii: ">"): bytes += "&gt;".utf8
        case UInt8(ascii: "\""): bytes += "&quot;".utf8
        case UInt8(ascii: "'"): bytes += "&#39;".utf8
        default: bytes.append(byte)
        }
    }
}
