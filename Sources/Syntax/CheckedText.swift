import Glibc

/// The bytes of a file after the one pass that decides which characters it may hold.
struct CheckedText {
    /// As in the file, except that refused characters are blotted out so that reading can go on.
    var bytes: [UInt8]
    /// The file begins with a byte order mark; YAML begins after it.
    var start = 0
    var isASCII = true
    /// Where characters were refused, ascending.
    var faults: [Range<Int>] = []
    /// The first carriage return without a line feed.
    var loneReturn: Int?

    /// Is any refused character in this range?
    func isFaulty(_ range: Range<Int>) -> Bool {
        guard !faults.isEmpty else { return false }
        return faults.contains { $0.overlaps(range) }
    }
}

/// Checks encoding, characters and merge-conflict markers. Errors: E100 for the encoding, line ends
/// and markers, E108 for characters.
///
/// `nil` when nothing after it would be worth saying.
func checkedText(of bytes: [UInt8], into findings: inout Findings) -> CheckedText? {
    if let encoding = wideEncoding(of: bytes) {
        findings.add(
            "E100", "encoding", "the file is \(encoding), not UTF-8.",
            help: "Save it as UTF-8.", at: 0..<min(2, bytes.count))
        return nil
    }
    var text = CheckedText(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { text.start = 3 }
    var scan = CharacterScan(index: text.start)
    guard bytes.withUnsafeBufferPointer({ scan.run($0, &text, &findings) }) else { return nil }
    for fault in text.faults {
        for index in fault { text.bytes[index] = UInt8(ascii: "x") }
    }
    let markers = conflictMarkers(in: bytes)
    for marker in markers {
        findings.add(
            "E100", "merge conflict", "the file holds the markers of an unresolved merge conflict.",
            help: "Keep one of the two versions and delete the lines with the markers.",
            at: marker..<(marker + 7))
    }
    // libyaml compares each such directive with all before it.
    let directives = lines(in: bytes, beginningWith: "%TAG")
    if directives.count == Findings.most {
        for directive in directives {
            findings.add(
                "E100", "directive `%TAG`", "tags have no meaning in a manifest.",
                help: "Delete it.", at: directive..<(directive + 4))
        }
    }
    return markers.isEmpty && !findings.isFull ? text : nil
}

private struct CharacterScan {
    var index: Int

    /// False when the bytes are not UTF-8, or enough has been said.
    mutating func run(
        _ bytes: UnsafeBufferPointer<UInt8>, _ text: inout CheckedText, _ findings: inout Findings
    ) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        while index < bytes.count {
            while index + 8 <= bytes.count {
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if !isPrintable(word) { break }
                index += 8
            }
            let stop = min(index + 8, bytes.count)
            while index < stop {
                if (0x20..<0x7F).contains(bytes[index]) || bytes[index] == 0x0A {
                    index += 1
                } else if !take(bytes, &text, &findings) {
                    return false
                }
            }
        }
        return true
    }

    /// Whether all eight bytes are in 0x20..<0x7F. A borrow between bytes only turns yes into no.
    private func isPrintable(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones << 7
        let deletes = word ^ (ones &* 0x7F)
        let isOdd = word | (word &- ones &* 0x20) | ((deletes &- ones) & ~deletes)
        return isOdd & tops == 0
    }

    private mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, _ text: inout CheckedText, _ findings: inout Findings
    ) -> Bool {
        guard let (scalar, length) = Characters.decoded(bytes, at: index) else {
            reportInvalid(bytes, &findings)
            return false
        }
        let range = index..<(index + length)
        index += length
        if length > 1 { text.isASCII = false }
        if scalar == 0x0D {
            let isPair = index < bytes.count && bytes[index] == 0x0A
            if !isPair, text.loneReturn == nil {
                text.loneReturn = range.lowerBound
                findings.add(
                    "E100", "line end",
                    "a carriage return (U+000D) without a line feed ends this line.",
                    help: "End the lines of the file with LF or CRLF.", at: range)
            }
        } else if Characters.isForbidden(scalar) {
            text.faults.append(range)
            findings.add(
                "E108", "character \(Characters.name(scalar))",
                "it is \(Characters.description(scalar)).", help: "Delete it.", at: range)
        }
        return !findings.isFull
    }

    private func reportInvalid(
        _ bytes: UnsafeBufferPointer<UInt8>, _ findings: inout Findings
    ) {
        let lead = bytes[index]
        let wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let rest = bytes[(index + 1)...].prefix(wanted - 1)
        let isCut =
            (0xC2...0xF4).contains(lead) && rest.count < wanted - 1
            && rest.allSatisfy { $0 & 0xC0 == 0x80 }
        let name = String(lead, radix: 16, uppercase: true)
        findings.add(
            "E100", "encoding",
            isCut
                ? "the file ends in the middle of a UTF-8 character."
                : "the byte 0x\(name) is not valid UTF-8 here.",
            help: "Save the file as UTF-8.", at: index..<(index + 1))
    }
}

/// The name of an encoding with wide characters, by its byte order mark or by where its NULs are.
private func wideEncoding(of bytes: [UInt8]) -> String? {
    let head = bytes.prefix(4)
    if head.starts(with: [0xFF, 0xFE, 0, 0]) { return "UTF-32 (little-endian)" }
    if head.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32 (big-endian)" }
    if head.starts(with: [0xFF, 0xFE]) { return "UTF-16 (little-endian)" }
    if head.starts(with: [0xFE, 0xFF]) { return "UTF-16 (big-endian)" }
    guard head.count == 4 else { return nil }
    return switch head.map({ $0 != 0 }) {
    case [true, false, false, false]: "UTF-32 (little-endian)"
    case [false, false, false, true]: "UTF-32 (big-endian)"
    case [true, false, true, false]: "UTF-16 (little-endian)"
    case [false, true, false, true]: "UTF-16 (big-endian)"
    default: nil
    }
}

/// Where lines begin with `<<<<<<<`, or, when none does, with `>>>>>>>`.
private func conflictMarkers(in bytes: [UInt8]) -> [Int] {
    let opening = lines(in: bytes, beginningWith: "<<<<<<<")
    return opening.isEmpty ? lines(in: bytes, beginningWith: ">>>>>>>") : opening
}

/// Where lines begin with a word that has a blank or nothing behind it; at most 20 of them.
private func lines(in bytes: [UInt8], beginningWith word: StaticString) -> [Int] {
    let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return bytes.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return [] }
        var found: [Int] = []
        var index = 0
        while found.count < Findings.most,
            let hit = memchr(base + index, Int32(word[0]), bytes.count - index)
        {
            let start = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            index = start + 1
            guard start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D,
                bytes[start...].starts(with: word)
            else { continue }
            index = start + word.count
            if index == bytes.count || bytes[index] <= 0x20 { found.append(start) }
        }
        return found
    }
}
