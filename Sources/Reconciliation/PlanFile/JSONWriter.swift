internal import AccessModel
internal import Crypto

extension JSON {
    /// Pretty printed with two spaces, in the order of the value, with one line feed at the end.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output, depth: 0)
        output.append(0x0A)
        return output
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// - Parameter depth: `nil` writes all of it on one line.
    fileprivate func write(to output: inout [UInt8], depth: Int?) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .string(let text): Self.write(text, to: &output)
        case .array(let values):
            Self.write(values, in: (0x5B, 0x5D), to: &output, depth: depth) { value, output in
                value.write(to: &output, depth: depth.map { $0 + 1 })
            }
        case .object(let members):
            Self.write(members, in: (0x7B, 0x7D), to: &output, depth: depth) { member, output in
                Self.write(member.key, to: &output)
                output += ": ".utf8
                member.value.write(to: &output, depth: depth.map { $0 + 1 })
            }
        }
    }

    fileprivate static func write<Item>(
        _ items: [Item], in brackets: (open: UInt8, close: UInt8), to output: inout [UInt8],
        depth: Int?, each: (Item, inout [UInt8]) -> Void
    ) {
        output.append(brackets.open)
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(0x2C) }
            if let depth {
                breakLine(in: &output, depth: depth + 1)
            } else if index > 0 {
                output.append(0x20)
            }
            each(item, &output)
        }
        if !items.isEmpty, let depth { breakLine(in: &output, depth: depth) }
        output.append(brackets.close)
    }

    fileprivate static func breakLine(in output: inout [UInt8], depth: Int) {
        output.append(0x0A)
        output += repeatElement(0x20, count: 2 * depth)
    }

    fileprivate static func write(_ text: String, to output: inout [UInt8]) {
        if writePlain(text, to: &output) { return }
        output.append(0x22)
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += [0x5C, 0x22]
            case "\\": output += [0x5C, 0x5C]
            case "\n": output += [0x5C, 0x6E]
            case "\r": output += [0x5C, 0x72]
            case "\t": output += [0x5C, 0x74]
            // `</` would end a script element that the text is put into.
            case "/" where previous == "<":
                output.removeLast()
                writeEscaped("<", to: &output)
                output.append(0x2F)
            default:
                if mustBeEscaped(scalar) {
                    writeEscaped(scalar, to: &output)
                } else {
                    output += UTF8.encode(scalar)!
                }
            }
            previous = scalar
        }
        output.append(0x22)
    }

    /// Writes text as it is if it may be so, which nearly all text may; false otherwise.
    private static func writePlain(_ text: String, to output: inout [UInt8]) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for byte in bytes {
                switch byte {
                case 0x22, 0x3C, 0x5C: return false
                case 0x20..<0x7F: continue
                default: return false
                }
            }
            output.append(0x22)
            output.append(contentsOf: bytes)
            output.append(0x22)
            return true
        }
    }

    /// What a terminal acts upon, what nobody sees, and what JavaScript takes for a line's end.
    private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: false
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFDD0...0xFDEF, 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE...0xFFFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func writeEscaped(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            output += "\\u".utf8
            output += String(repeating: "0", count: 4 - digits.utf8.count).utf8
            output += digits.utf8
        }
    }
}

/// How an object of texts alone stands in a list, after a comma.
private struct TextRow<Item: Sendable>: Sendable {
    private let fields: [(head: [UInt8], text: @Sendable (Item) -> String)]

    init(_ texts: KeyValuePairs<String, @Sendable (Item) -> String>) {
        fields = texts.enumerated().map { index, field in
            var head: [UInt8] = [0x2C]
            if index == 0 {
                JSON.breakLine(in: &head, depth: 2)
                head.append(0x7B)
            }
            JSON.breakLine(in: &head, depth: 3)
            JSON.write(field.key, to: &head)
            return (head: head + [0x3A, 0x20], text: field.value)
        }
    }

    func written(_ items: ArraySlice<Item>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(160 * items.count)
        for item in items {
            for field in fields {
                output += field.head
                JSON.write(field.text(item), to: &output)
            }
            JSON.breakLine(in: &output, depth: 2)
            output.append(0x7D)
        }
        return output
    }
}

/// Writes one object member by member, so that long lists in it never exist as values.
struct JSONObjectWriter {
    private var output: [UInt8] = []
    private let masked: Bool
    /// Takes what has been written of a text that nobody reads.
    private var hash: SHA256?
    private var isEmpty = true

    /// - Parameters:
    ///   - masked: every text under the key `mobile` is masked.
    ///   - hashing: only the hash of the text is asked for.
    init(masked: Bool, hashing: Bool = false) {
        self.masked = masked
        hash = hashing ? SHA256() : nil
        output.append(0x7B)
    }

    mutating func write(_ key: String, _ value: JSON) {
        begin(key)
        (masked ? value.maskingMobiles : value).write(to: &output, depth: 1)
    }

    /// - Parameter inLines: each element on one line.
    mutating func write<Items: RandomAccessCollection & Sendable>(
        _ key: String, _ items: Items, inLines: Bool = false,
        element: @Sendable (Items.Element) -> JSON
    ) where Items.Index == Int {
        let masked = masked
        writePieces(key, of: items.startIndex..<items.endIndex) { places in
            var output: [UInt8] = []
            for place in places {
                output.append(0x2C)
                JSON.breakLine(in: &output, depth: 2)
                let value = element(items[place])
                (masked ? value.maskingMobiles : value).write(to: &output, depth: inLines ? nil : 2)
            }
            return output
        }
    }

    /// Objects of texts alone, without a value made of each: there may be a million.
    mutating func write<Item: Sendable>(
        _ key: String, _ items: [Item], texts: KeyValuePairs<String, @Sendable (Item) -> String>
    ) {
        let row = TextRow(texts)
        writePieces(key, of: items.indices) { row.written(items[$0]) }
    }

    /// A list, piece by piece, each element of a piece with a comma before it.
    private mutating func writePieces(
        _ key: String, of indices: Range<Int>, piece: @Sendable (Range<Int>) -> [UInt8]
    ) {
        begin(key)
        output.append(0x5B)
        // A few pieces at a time, so that a million rows never lie in memory as text.
        let (length, number) = (1_024, 16)
        for start in stride(from: indices.lowerBound, to: indices.upperBound, by: number * length) {
            let end = min(start + number * length, indices.upperBound)
            let starts = Array(stride(from: start, to: end, by: length))
            let pieces = values(of: starts.indices, inParallel: starts.count > 1) { number in
                piece(starts[number]..<min(starts[number] + length, end))
            }
            for (place, piece) in zip(starts, pieces) {
                output += piece.dropFirst(place == indices.lowerBound ? 1 : 0)
                drain()
            }
        }
        if !indices.isEmpty { JSON.breakLine(in: &output, depth: 1) }
        output.append(0x5D)
    }

    private mutating func drain() {
        guard hash != nil, output.count > 1 << 16 else { return }
        hash?.update(data: output)
        output.removeAll(keepingCapacity: true)
    }

    private mutating func begin(_ key: String) {
        if !isEmpty { output.append(0x2C) }
        isEmpty = false
        drain()
        JSON.breakLine(in: &output, depth: 1)
        JSON.write(key, to: &output)
        output += ": ".utf8
    }

    /// The whole text, with one line feed at its end.
    consuming func finish() -> [UInt8] {
        var output = output
        JSON.breakLine(in: &output, depth: 0)
        output += [0x7D, 0x0A]
        return output
    }

    /// The hash of that text.
    consuming func finishHash() -> SHA256.Digest {
        var hash = hash ?? SHA256()
        hash.update(data: finish())
        return hash.finalize()
    }
}
