/// The text with everything that a terminal would act upon, or would not show, as `\u{1b}`: C0,
/// DEL and C1 controls, line breaks, bidirectional controls, zero-width and tag characters,
/// non-characters.
///
/// Text without any of these is returned as it is. A backslash stays a backslash: this is for
/// reading, not for reading back.
package func escapedForTerminal(_ text: String) -> String {
    var text = text
    if text.withUTF8({ $0.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
        if isUnfitForTerminal(scalar) {
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

private func isUnfitForTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x180E, 0x3164, 0xFFA0,
        0x200B...0x200F, 0x2028...0x202E,
        0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
        true
    default: scalar.value >= 0xFDD0 && scalar.properties.isNoncharacterCodePoint
    }
}
