import Diagnostics

/// What libyaml calls an error is where it gave up; these say what a person did.
extension TreeBuilder {
    /// Reports the syntax error that ends the file (E100), where the mistake begins.
    mutating func explain(_ problem: String, at offset: Int, context: Int) {
        if isAfterFault(offset) { return }
        let isOpenQuote = problem == "found unexpected end of stream"
        let isEnd = offset >= text.bytes.count || lines.isDocumentMarker(offset)
        if isEnd, !isOpenQuote, let bracket = openBracket {
            return reportOpenBracket(at: bracket, reached: offset)
        }
        switch problem {
        case "found unexpected end of stream", "found unexpected document indicator":
            reportOpenQuote(at: context)
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            explainFlow(at: offset, bracket: context)
        case "mapping values are not allowed in this context":
            explainColon(at: offset)
        case "could not find expected ':'":
            explainMissingColon(at: offset, key: context)
        case "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>":
            explainStranger(at: offset, collection: context)
        case "found character that cannot start any token",
            "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            explainCharacter(at: offset)
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            let end = min(offset + 2, lines.end(of: offset))
            report(
                "escape", "YAML does not know this escape in double quotes.",
                help: "Write `\\\\` for a backslash, or use single quotes.", offset..<end)
        default:
            explainRest(problem, at: offset, context: context)
        }
    }

    /// What libyaml stumbles over is a line end that has been reported, or what it made of it.
    private func isAfterFault(_ offset: Int) -> Bool {
        if let start = text.loneReturn, start < offset { return true }
        return text.faults.contains {
            $0.lowerBound < offset && lines.areOnOneLine($0.lowerBound, offset)
        }
    }

    var lines: Lines { Lines(bytes: text.bytes) }

    mutating func report(
        _ subject: String, _ message: String, help: String? = nil, _ range: Range<Int>,
        notes: [(String, Range<Int>)] = []
    ) {
        let most = text.bytes.count
        let range = min(range.lowerBound, most)..<min(range.upperBound, most)
        findings.add("E100", subject, message, help: help, at: range, notes: notes)
    }

    /// `key:"x"` or `key:x`. False when the range does not begin like that.
    mutating func reportMissingSpace(in range: Range<Int>) -> Bool {
        var index = range.lowerBound
        let isWord: (UInt8) -> Bool = {
            $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
        }
        while index < range.upperBound, isWord(text.bytes[index]) { index += 1 }
        if index > range.lowerBound, let space = oddSpace(after: index) {
            report(
                "key", "the character after its colon is no space, though it looks like one.",
                help: "Replace it by a space.", space)
            return true
        }
        guard index > range.lowerBound, index + 1 < range.upperBound,
            text.bytes[index] == UInt8(ascii: ":"), text.bytes[index + 1] > 0x20,
            text.bytes[index + 1] != UInt8(ascii: "/")
        else { return false }
        let word = String(decoding: text.bytes[range.lowerBound..<index], as: UTF8.self)
        let key = Findings.shown(word)
        report(
            "key \"\(key)\"", "there is no space after its colon.",
            help: "Write `\(key): ` and then the value.", index..<(index + 1))
        return true
    }

    /// A character behind a colon that people see as a space and YAML does not.
    private func oddSpace(after colon: Int) -> Range<Int>? {
        guard lines[colon] == UInt8(ascii: ":") else { return nil }
        return text.bytes.withUnsafeBufferPointer { bytes in
            guard colon + 1 < bytes.count,
                let (scalar, length) = Characters.decoded(bytes, at: colon + 1),
                Characters.isOddSpace(scalar)
            else { return nil }
            return (colon + 1)..<(colon + 1 + length)
        }
    }

    private mutating func reportOpenQuote(at start: Int) {
        report(
            "quote", "the quote that begins here is never closed.",
            help: "Close it, or write a quote inside single quotes twice.", start..<(start + 1))
    }

    /// The innermost bracket that has been opened and not closed.
    private var openBracket: Int? {
        frames.last {
            let byte = lines[Int(nodes[Int($0.node)].start)]
            return byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
        }.map { Int(nodes[Int($0.node)].start) }
    }

    private mutating func reportOpenBracket(at start: Int, reached: Int) {
        let bracket = lines[start] == UInt8(ascii: "[") ? "[" : "{"
        let notes =
            reached < text.bytes.count
            ? [("reading got this far", reached..<lines.wordEnd(reached))] : []
        report(
            "bracket `\(bracket)`", "it is never closed.",
            help: "Close it with `\(bracket == "[" ? "]" : "}")`.", start..<(start + 1),
            notes: notes)
    }

    /// Something in brackets that is neither a comma nor the end.
    private mutating func explainFlow(at offset: Int, bracket: Int) {
        if reportSwallowingQuote(before: offset) { return }
        let bracket =
            lines.bytes[min(bracket, text.bytes.count)...]
            .firstIndex { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } ?? bracket
        let isLeft =
            !lines.areOnOneLine(offset, bracket)
            && column(lines.indentation(of: offset)) <= column(lines.content(of: bracket))
        if isLeft || offset >= text.bytes.count {
            return reportOpenBracket(at: bracket, reached: offset)
        }
        let closing = lines[bracket] == UInt8(ascii: "[") ? "]" : "}"
        report(
            "bracket `\(closing == "]" ? "[" : "{")`", "a comma or `\(closing)` is missing here.",
            help: "Add it, or quote the text before it.", offset..<lines.wordEnd(offset),
            notes: [("the bracket was opened here", bracket..<(bracket + 1))])
    }

    /// A colon after something that is no key.
    private mutating func explainColon(at offset: Int) {
        guard let last = lastScalar.map({ nodes[Int($0)] }), Int(last.start) < offset else {
            return report(
                "`:`", "there is no key before this colon.", help: "Quote the text that it is in.",
                offset..<(offset + 1))
        }
        let start = Int(last.start)
        if last.style == .plain, reportMissingSpace(in: start..<min(lines.end(of: start), offset)) {
            return
        }
        if reportSwallowingQuote(before: offset) { return }
        if lines.areOnOneLine(start, offset) {
            // libyaml takes nothing that long for a key.
            if Int(last.end) - start > 1_000 { return reportLongKey(start..<Int(last.end)) }
            return report(
                "`:`", "a value cannot hold a colon and a space.",
                help: "Put quotes around the whole value.", offset..<(offset + 1))
        }
        let line = lines.indentation(of: offset)
        if column(line) <= column(lines.content(of: start)) {
            return report(
                "key", "there is no `: ` after it.", help: "Write `key: value`.",
                start..<min(Int(last.end), lines.end(of: start)))
        }
        report(
            "indentation", "this line is indented deeper than the key above it, which has a value.",
            help: "Align it with the other keys.", line..<offset,
            notes: [("the value is here", start..<min(Int(last.end), lines.end(of: start)))])
    }

    /// A line that should be `key: value` and has no colon.
    private mutating func explainMissingColon(at offset: Int, key: Int) {
        let end = lines.end(of: key)
        let range = key..<max(min(end, max(offset, key + 1)), key + 1)
        if text.isFaulty(range) || reportMissingSpace(in: key..<end) { return }
        if text.bytes[range].count > 1_000 {
            return reportLongKey(range)
        }
        if reportMarker(range) { return }
        let isItem = lines[key] == UInt8(ascii: "-")
        // Behind a list, whether it is as far to the left as its key or farther in.
        let isList = !isItem && frames.last.map { nodes[Int($0.node)].kind } == .sequence
        report(
            isItem ? "list item" : "key",
            isItem ? "there is no space after the dash." : "there is no `: ` after it.",
            help: isItem
                ? "Write `- ` and then the item."
                : isList ? "Write `- ` before it, or `key: value`." : "Write `key: value`.", range)
    }

    /// What a merge left, or a separator of documents that is none. False for any other line.
    private mutating func reportMarker(_ line: Range<Int>) -> Bool {
        let word = text.bytes[line.lowerBound..<lines.wordEnd(line.lowerBound)]
        if word.elementsEqual("=======".utf8) || word.elementsEqual("|||||||".utf8) {
            report(
                "merge conflict", "the file holds the markers of an unresolved merge conflict.",
                help: "Keep one of the two versions and delete the lines with the markers.",
                word.startIndex..<word.endIndex)
            return true
        }
        guard word.count > 1, word.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return false }
        report(
            "separator", "documents are separated by exactly three hyphens.",
            help: "Write `---` at the beginning of the line.", word.startIndex..<word.endIndex)
        return true
    }

    private mutating func reportLongKey(_ range: Range<Int>) {
        findings.add(
            "E116", "key", "it has \(range.count) bytes, more than \(limits.keyBytes).",
            help: "Shorten it.", at: range)
    }

    func column(_ offset: Int) -> Int { offset - lines.start(of: offset) }
}
