/// One replacement in the bytes of a file.
package struct TextEdit: Hashable, Sendable {
    package var range: Range<Int>
    package var text: String
    /// Of insertions at one place the deeper one comes first: what belongs to a list's last item
    /// stands before the next item.
    package var depth: Int

    package init(_ range: Range<Int>, _ text: String, depth: Int = 0) {
        self.range = range
        self.text = text
        self.depth = depth
    }
}

extension [TextEdit] {
    /// The file with all replacements made, or `nil` when two of them are about the same bytes.
    ///
    /// Everything else stays to the byte. New lines end as the file's own lines do.
    package func applied(to bytes: [UInt8]) -> [UInt8]? {
        let isCRLF = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
        let edits = enumerated().sorted { a, b in
            if a.element.range.lowerBound != b.element.range.lowerBound {
                return a.element.range.lowerBound < b.element.range.lowerBound
            }
            if a.element.depth != b.element.depth { return a.element.depth > b.element.depth }
            return a.offset < b.offset
        }.map(\.element)
        var result: [UInt8] = []
        var place = 0
        for edit in edits {
            guard edit.range.lowerBound >= place, edit.range.upperBound <= bytes.count else {
                return nil
            }
            result += bytes[place..<edit.range.lowerBound]
            // A last line without an end gets one before something follows it.
            let beginsLine = edit.text.hasSuffix("\n") && edit.range.isEmpty
            if beginsLine, let last = result.last, last != 0x0A {
                result += isCRLF ? [0x0D, 0x0A] : [0x0A]
            }
            for byte in edit.text.utf8 {
                if byte == 0x0A, isCRLF { result.append(0x0D) }
                result.append(byte)
            }
            place = edit.range.upperBound
        }
        return result + bytes[place...]
    }
}
