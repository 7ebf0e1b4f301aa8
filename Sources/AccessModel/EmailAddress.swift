internal import Glibc

/// An e-mail address: compared by its canonical form, shown and sent to as it was written.
///
/// Canonical: trimmed, NFC; domain lower-cased and IDNA to A-labels; ASCII letters of the local
/// part lower-cased, other characters unchanged; no plus or dot folding.
package struct EmailAddress: Sendable {
    package let canonical: String
    /// Held only where it is not the canonical form: there may be a million addresses.
    private let written: Spelling?

    private final class Spelling: Sendable {
        let text: String
        init(_ text: String) { self.text = text }
    }

    package var spelling: String { written?.text ?? canonical }

    /// Takes both forms as they are; `parse` makes them from text.
    package init(canonical: String, spelling: String) {
        self.canonical = canonical
        var text = spelling
        let isSame = text.withUTF8 { byteOrder(of: canonical, to: $0) } == 0
        written = isSame ? nil : Spelling(spelling)
    }

    /// Written as it is compared.
    package init(canonical: String) {
        self.canonical = canonical
        written = nil
    }

    /// The domain in A-labels.
    package var domain: Substring {
        canonical.utf8.lastIndex(of: UInt8(ascii: "@")).map { at in
            canonical[canonical.utf8.index(after: at)...]
        } ?? canonical[...]
    }
}

extension EmailAddress: Hashable, Comparable, CustomStringConvertible {
    package static func == (a: Self, b: Self) -> Bool { a.canonical == b.canonical }
    package static func < (a: Self, b: Self) -> Bool { a.canonical < b.canonical }
    package func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
    package var description: String { canonical }

    /// Below 0, 0 or above 0 where the canonical form is below, equal to or above some bytes.
    package func order(to bytes: UnsafeBufferPointer<UInt8>) -> Int {
        byteOrder(of: canonical, to: bytes)
    }
}

/// By bytes, not by what Unicode holds for the same.
private func byteOrder(of text: String, to bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var text = text
    return text.withUTF8 { own in
        let common = min(own.count, bytes.count)
        if common > 0, let left = own.baseAddress, let right = bytes.baseAddress {
            let order = memcmp(left, right, common)
            if order != 0 { return Int(order) }
        }
        return own.count - bytes.count
    }
}
