import Diagnostics

extension TreeBuilder {
    /// Something where only the next key, the next item or the next document may stand.
    mutating func explainStranger(at offset: Int, collection: Int) {
        if reportSwallowingQuote(before: offset) { return }
        let word = offset..<min(lines.wordEnd(offset), max(lines.end(of: offset), offset + 1))
        guard lines.indentation(of: offset) == offset else { return explainTrailing(word) }
        let isList = lines[collection] == UInt8(ascii: "-")
        let isItem = lines[offset] == UInt8(ascii: "-")
        if lines[offset] == UInt8(ascii: ":") {
            report(
                "`:`", "there is no key before this colon.", help: "Write `key: value`.",
                offset..<(offset + 1))
        } else if frames.isEmpty {
            // What is here may be the rest of it.
            if let last = roots.last { nodes[Int(last)].isIncomplete = true }
            report(
                "document", "this does not belong to the document above.",
                help: "Correct its indentation, or begin a document with `---`.", word)
        } else if isItem, !isList, column(offset) == column(collection) {
            report(
                "list item", "a list item stands where a key is expected.",
                help: "Put it under the key that it belongs to.", word,
                notes: [("the mapping begins here", collection..<(collection + 1))])
        } else if !isItem, isList, column(offset) == column(collection) {
            report(
                "key", "a key stands where a list item is expected.",
                help: "Begin the item with `- `, or indent the list under a key of its own.", word,
                notes: [("the list begins here", collection..<(collection + 1))])
        } else {
            report(
                "indentation", "this line fits none of the lines above it.",
                help: "Align it with the keys or items that it belongs to.", word,
                notes: [
                    (
                        "the \(isList ? "list" : "mapping") around it begins here",
                        collection..<(collection + 1)
                    )
                ])
        }
    }

    /// Text after a value that is already complete.
    private mutating func explainTrailing(_ word: Range<Int>) {
        if let byte = lines[word.lowerBound], byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
        {
            return report(
                "bracket `\(UnicodeScalar(byte))`", "nothing is open that it would close.",
                help: "Delete it, or put quotes around the whole value.",
                word.lowerBound..<(word.lowerBound + 1))
        }
        let isQuoted = lastScalar.map { nodes[Int($0)].style } != .plain
        report(
            "value", "there is text after the end of the value.",
            help: isQuoted
                ? "Put the whole value in one pair of quotes; write a quote in single quotes twice."
                : "Put quotes around the whole value.", word)
    }

    /// A quote that was not closed takes the text up to the next quote, lines below; what follows
    /// that one is where reading fails. True when that is what happened.
    mutating func reportSwallowingQuote(before offset: Int) -> Bool {
        guard let last = lastScalar.map({ nodes[Int($0)] }),
            last.style == .singleQuoted || last.style == .doubleQuoted,
            Int(last.end) <= offset, lines.areOnOneLine(Int(last.end), offset),
            !lines.areOnOneLine(Int(last.start), offset)
        else { return false }
        let (start, end) = (Int(last.start), Int(last.end))
        report(
            "quote", "the quote that begins here is closed only on line \(lines.number(of: end)).",
            help: "Close it on its own line.", start..<(start + 1),
            notes: [("it is closed here", (end - 1)..<end)])
        return true
    }

    mutating func explainCharacter(at offset: Int) {
        if lines[offset] == 0x09 {
            return report(
                "tab", "a tab cannot indent a line.", help: "Indent with spaces.",
                offset..<(offset + 1))
        }
        if text.bytes[min(offset, text.bytes.count)...].starts(with: "```".utf8) {
            return report(
                "value", "this begins a block of code in Markdown, and means nothing in YAML.",
                help: "Delete the line.", offset..<lines.wordEnd(offset))
        }
        let byte = lines[offset].map { String(UnicodeScalar($0)) } ?? ""
        report(
            "value", "a value cannot begin with `\(byte)`.", help: "Put quotes around it.",
            offset..<lines.wordEnd(offset))
    }

    mutating func explainRest(_ problem: String, at offset: Int, context: Int) {
        let word = offset..<lines.wordEnd(offset)
        switch problem {
        case "found unknown directive name":
            let end = lines.wordEnd(context)
            let word = String(decoding: text.bytes[context..<end], as: UTF8.self)
            let name = Findings.shown(word)
            report(
                "directive `\(name)`", "only `%YAML 1.1` and `%YAML 1.2` are known.",
                help: "Delete the line, or put quotes around a value that begins with `%`.",
                context..<end)
        case "found incompatible YAML document":
            report(
                "directive `%YAML`", "only `%YAML 1.1` and `%YAML 1.2` are known.",
                help: "Delete the line.", offset..<max(lines.end(of: offset), offset + 1))
        case "did not find expected node content":
            report("value", "a value is expected here.", help: "Add it, or quote the text.", word)
        case "did not find expected alphabetic or numeric character":
            report(
                "value",
                "a value that begins with `&` or `*` names an anchor, and this is no name.",
                help: "Put quotes around it.", context..<lines.wordEnd(context))
        case "block sequence entries are not allowed in this context":
            report(
                "list item", "a list cannot begin on this line.",
                help: "Begin it on a line of its own, or quote the text.", word)
        case "did not find expected comment or line break":
            report(
                "block text", "after `|` or `>` the text begins on the next line.",
                help: "Move it there, or quote the value.", word)
        case "mapping keys are not allowed in this context":
            report("`?`", "a key cannot begin here.", help: "Quote the text.", word)
        case "could not find expected directive name",
            "found unexpected non-alphabetical character":
            report(
                "directive", "a line that begins with `%` is a directive, and this is none.",
                help: "Delete it, or quote the text.", word)
        case "found undefined tag handle", "did not find expected '!'",
            "did not find expected tag URI", "did not find expected whitespace or line break":
            report("tag", "tags have no meaning in a manifest.", help: "Delete it.", word)
        default:
            report(
                "YAML", problem.isEmpty ? "this cannot be read." : problem + ".",
                help: "Quote the text if it is meant as it stands.", word)
        }
    }
}
