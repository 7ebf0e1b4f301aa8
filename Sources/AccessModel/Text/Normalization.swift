internal import CUnicode
internal import Glibc

/// The text in Unicode's normalisation form C, byte for byte the same for every spelling of it.
///
/// Text in which nothing can change (all below U+0300, so all ASCII) is returned as it is, without
/// a copy.
package func nfc(_ text: String) -> String {
    var text = text
    // U+0300, the first character that composes, begins with the byte 0xCC.
    if text.withUTF8({ $0.allSatisfy { $0 < 0xCC } }) { return text }
    return text.withUTF8 { bytes in
        converted(bytes) { u8_normalize(cunicode_nfc(), $0, $1, nil, $2) }
    } ?? text
}

/// Case and compatibility folded so far that whatever a mail system might take for the same is the
/// same: upper case of NFKC, then NFKC case folding.
func folded(_ text: some StringProtocol) -> String {
    var upper = String(text)
    upper =
        upper.withUTF8 { bytes in
            converted(bytes) { u8_toupper($0, $1, nil, cunicode_nfkc(), nil, $2) }
        } ?? upper
    return upper.withUTF8 { bytes in
        converted(bytes) { u8_casefold($0, $1, nil, cunicode_nfkc(), nil, $2) }
    } ?? upper
}

/// Calls a function of libunistring that returns fresh memory; `nil` when it has none to give.
private func converted(
    _ bytes: UnsafeBufferPointer<UInt8>,
    by convert: (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<
        UInt8
    >?
) -> String? {
    guard let start = bytes.baseAddress else { return nil }
    var length = 0
    guard let result = convert(start, bytes.count, &length) else { return nil }
    defer { free(result) }
    return String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
}
