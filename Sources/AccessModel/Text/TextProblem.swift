/// A character that a text may not hold (E108).
package struct TextProblem: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// C0, DEL and C1.
        case control
        /// U+0085, U+2028, U+2029: line breaks to some readers and not to others.
        case lineBreak
        case bidirectional
        /// Zero-width characters, the soft hyphen and other letters that cannot be seen.
        case invisible
        case tag
        case nonCharacter
        /// More combining marks in a row than any language writes.
        case combiningMarks
        case fullWidth
        /// A space that is not U+0020.
        case unusualSpace
        /// Letters of scripts that are not written together.
        case mixedScripts
    }

    package var kind: Kind
    package var scalar: Unicode.Scalar
    /// Where it is, in code points from the text's beginning.
    package var offset: Int

    package init(_ kind: Kind, _ scalar: Unicode.Scalar, at offset: Int) {
        self.kind = kind
        self.scalar = scalar
        self.offset = offset
    }

    /// `U+202E`
    package var codePoint: String { codePointName(scalar) }

    /// What is wrong, without its subject.
    package var sentence: String {
        switch kind {
        case .control: "holds the control character \(codePoint)."
        case .lineBreak: "holds \(codePoint), a line break that is not shown as one everywhere."
        case .bidirectional:
            "holds \(codePoint), which makes text read in another order than it is stored."
        case .invisible: "holds \(codePoint), which cannot be seen."
        case .tag: "holds the tag character \(codePoint), which cannot be seen."
        case .nonCharacter: "holds \(codePoint), which is no character."
        case .combiningMarks: "has more than \(maxCombiningMarks) combining marks in a row."
        case .fullWidth: "holds the full-width or half-width form \(codePoint)."
        case .unusualSpace: "holds \(codePoint), a space that is not the plain one."
        case .mixedScripts: "mixes letters of scripts that are not written together (\(codePoint))."
        }
    }

    /// What to do.
    package var help: String {
        switch kind {
        case .fullWidth, .unusualSpace: "Write the plain form."
        case .mixedScripts: "Write it with the letters of one alphabet."
        case .combiningMarks: "Remove the marks."
        case .control, .lineBreak, .bidirectional, .invisible, .tag, .nonCharacter:
            "Remove the character."
        }
    }
}

/// How strictly a text is read.
package enum TextStrictness: Hashable, Sendable {
    /// What machines compare: addresses, codes, names of tenants and roles. Also refuses
    /// full-width forms, unusual spaces, everything that cannot be seen, and mixed scripts.
    case identifier
    /// What people are called: refuses invisible characters; variation selectors may stay.
    case name
    /// Descriptions and reasons: several lines, and zero-width joiners, are allowed.
    case free
}

/// Combining marks in a row that may follow one letter.
private let maxCombiningMarks = 8

/// The first character of the text that may not be there, or `nil`. Plain ASCII costs one pass
/// over its bytes.
package func textProblem(in text: String, strictness: TextStrictness) -> TextProblem? {
    let newline: UInt8 = strictness == .free ? 0x0A : 0x20
    var text = text
    let plain = text.withUTF8 { bytes in
        bytes.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == newline }
    }
    if plain { return nil }
    var marks = 0
    var offset = 0
    for scalar in text.unicodeScalars {
        if let kind = forbidden(scalar, strictness) { return TextProblem(kind, scalar, at: offset) }
        marks = isMark(scalar) ? marks + 1 : 0
        if marks > maxCombiningMarks { return TextProblem(.combiningMarks, scalar, at: offset) }
        offset += 1
    }
    if strictness == .identifier, let (scalar, offset) = firstForeignLetter(in: text) {
        return TextProblem(.mixedScripts, scalar, at: offset)
    }
    return nil
}

private func forbidden(_ scalar: Unicode.Scalar, _ strictness: TextStrictness) -> TextProblem.Kind?
{
    switch scalar.value {
    case 0x0A where strictness == .free: return nil
    case 0x85, 0x2028, 0x2029: return .lineBreak
    case 0..<0x20, 0x7F..<0xA0: return .control
    // Most of what is not ASCII: letters of Latin alphabets, and no soft hyphen.
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300: return nil
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return .bidirectional
    default: break
    }
    let properties = scalar.properties
    if properties.isNoncharacterCodePoint { return strictness == .free ? nil : .nonCharacter }
    if strictness == .free { return nil }
    switch scalar.value {
    case 0xE0000...0xE007F: return .tag
    case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF:
        return strictness == .identifier ? .invisible : nil
    default: break
    }
    // The last: marks around notes between the lines.
    if properties.isDefaultIgnorableCodePoint || (0xFFF9...0xFFFB).contains(scalar.value) {
        return .invisible
    }
    if strictness == .identifier {
        if (0xFF01...0xFFEF).contains(scalar.value) { return .fullWidth }
        if properties.generalCategory == .spaceSeparator {
            return scalar.value == 0x3000 ? .fullWidth : .unusualSpace
        }
    }
    return nil
}

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
}

/// `U+202E`
func codePointName(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}
