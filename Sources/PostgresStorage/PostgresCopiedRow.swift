internal import SQLStorage

/// A row as `COPY … TO STDOUT` writes it: a line of fields with tabs between them; one object for
/// all of them.
final class PostgresCopiedRow: SQLRow {
    private var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Where each field is; `nil` for NULL.
    private var fields: [Range<Int>?] = []

    /// - Parameter text: Good until the next one; escapes are undone in place.
    func stand(on text: UnsafeMutableBufferPointer<UInt8>) {
        fields.removeAll(keepingCapacity: true)
        line = UnsafeBufferPointer(text)
        var (start, place, isNull) = (0, 0, false)
        var read = 0
        while read < text.count {
            switch text[read] {
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"):
                fields.append(isNull ? nil : start..<place)
                (start, isNull) = (place, false)
            case UInt8(ascii: "\\") where read + 1 < text.count:
                read += 1
                if text[read] == UInt8(ascii: "N") {
                    isNull = true
                } else {
                    text[place] = Self.escaped(text[read])
                    place += 1
                }
            case let byte:
                text[place] = byte
                place += 1
            }
            read += 1
        }
    }

    /// The byte that a letter after a backslash stands for.
    private static func escaped(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "v"): 11
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "r"): 13
        default: letter
        }
    }

    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        fields[column].map { UnsafeBufferPointer(rebasing: line[$0]) }
    }

    func text(_ column: Int) -> String { optionalText(column) ?? "" }

    func optionalText(_ column: Int) -> String? {
        bytes(column).map { String(decoding: $0, as: UTF8.self) }
    }

    func integer(_ column: Int) -> Int64 { bytes(column).map(decimal) ?? 0 }
}
