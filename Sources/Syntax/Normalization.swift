import CUnicode
import Glibc

/// The NFC form of UTF-8 text, or `nil` when it is in NFC for certain: nothing below U+0300 has
/// another form.
func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // U+0300 and above begin with 0xCC or more.
    guard text.contains(where: { $0 >= 0xCC }) else { return nil }
    var count = 0
    guard let form = u8_normalize(cunicode_nfc(), text.baseAddress, text.count, nil, &count) else {
        return nil
    }
    defer { free(form) }
    return Array(UnsafeBufferPointer(start: form, count: count))
}
