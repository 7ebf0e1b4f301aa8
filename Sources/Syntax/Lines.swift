/// Questions about lines of bytes. They end with LF, CRLF or a lone CR.
struct Lines {
    let bytes: [UInt8]

    /// Where the line of an offset begins.
    func start(of offset: Int) -> Int {
        var index = min(offset, bytes.count)
        while index > 0, !isEnd(bytes[index - 1]) { index -= 1 }
        return index
    }

    /// Where the line of an offset ends, before its line end.
    func end(of offset: Int) -> Int {
        var index = min(offset, bytes.count)
        while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
        return index
    }

    /// 1-based.
    func number(of offset: Int) -> Int {
        var number = 1
        var index = 0
        while index < min(offset, bytes.count) {
            let isPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if isEnd(bytes[index]), !isPair { number += 1 }
            index += 1
        }
        return number
    }

    func areOnOneLine(_ a: Int, _ b: Int) -> Bool { start(of: a) == start(of: b) }

    /// Where the content of a line begins: after spaces, tabs and the dashes of list items.
    func content(of offset: Int) -> Int {
        var index = start(of: offset)
        while index < bytes.count {
            let isDash =
                bytes[index] == UInt8(ascii: "-") && index + 1 < bytes.count
                && bytes[index + 1] == 0x20
            guard bytes[index] == 0x20 || bytes[index] == 0x09 || isDash else { break }
            index += 1
        }
        return index
    }

    /// Where a line's first byte is that is no space or tab.
    func indentation(of offset: Int) -> Int {
        var index = start(of: offset)
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        return index
    }

    /// The end of the word at an offset, at least one byte of it if there is one.
    func wordEnd(_ offset: Int) -> Int {
        var index = offset
        while index < bytes.count, bytes[index] > 0x20 { index += 1 }
        return min(max(index, offset + 1), max(bytes.count, offset))
    }

    /// `---` or `...` at the beginning of a line.
    func isDocumentMarker(_ offset: Int) -> Bool {
        guard start(of: offset) == offset, offset < bytes.count else { return false }
        let rest = bytes[offset...]
        return rest.starts(with: Array("---".utf8)) || rest.starts(with: Array("...".utf8))
    }

    subscript(offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

    private func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
