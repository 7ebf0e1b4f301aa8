internal import CUnicode

/// Does a word of the text mix letters of scripts that are not written together, as Latin with
/// Cyrillic or Greek? A warning for names, an error for identifiers.
///
/// Highly restrictive as UTS 39 section 5.2 has it: one script, or Latin with what Japanese,
/// Chinese or Korean is written in. Words end at spaces.
package func mixesScripts(_ text: String) -> Bool { firstForeignLetter(in: text) != nil }

/// The first letter that does not go with those before it in its word, and its place in code
/// points.
func firstForeignLetter(in text: String) -> (Unicode.Scalar, Int)? {
    var text = text
    // Below U+0240, which begins with the byte 0xC9, all letters are Latin.
    if text.withUTF8({ $0.allSatisfy { $0 < 0xC9 } }) { return nil }
    var word = Word()
    var offset = 0
    for scalar in text.unicodeScalars {
        if scalar == " " {
            word = Word()
        } else if !word.takes(scalar) {
            return (scalar, offset)
        }
        offset += 1
    }
    return nil
}

/// The scripts that the letters of a word have been of so far.
private struct Word {
    private var met: MeetingScripts = []
    /// The script of the letters whose script meets no other.
    private var lone: String?

    /// Notes the letter; says whether it may stand with those before it.
    mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A: met.formUnion(.latin)
        case 0..<0x80: return true
        default:
            guard let script = uc_script(scalar.value) else { return true }
            let name = String(cString: script.pointee.name)
            if let scripts = MeetingScripts.named[name] {
                met.formUnion(scripts)
            } else if let lone, lone != name {
                return false
            } else {
                lone = name
            }
        }
        return lone == nil ? met.areWrittenTogether : met.isEmpty
    }
}

private struct MeetingScripts: OptionSet {
    let rawValue: UInt8

    static let latin = Self(rawValue: 1 << 0)
    static let han = Self(rawValue: 1 << 1)
    static let kana = Self(rawValue: 1 << 2)
    static let bopomofo = Self(rawValue: 1 << 3)
    static let hangul = Self(rawValue: 1 << 4)
    static let named: [String: Self] = [
        "Common": [], "Inherited": [], "Latin": .latin, "Han": .han, "Hiragana": .kana,
        "Katakana": .kana, "Bopomofo": .bopomofo, "Hangul": .hangul,
    ]

    var areWrittenTogether: Bool {
        Self([.latin, .han, .kana]).isSuperset(of: self)
            || Self([.latin, .han, .bopomofo]).isSuperset(of: self)
            || Self([.latin, .han, .hangul]).isSuperset(of: self)
    }
}
