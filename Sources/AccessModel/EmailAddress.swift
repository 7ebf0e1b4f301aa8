/// An e-mail address: compared by its canonical form, shown and sent to as it was written.
///
/// Canonical: trimmed, NFC; domain lower-cased and IDNA to A-labels; ASCII letters of the local
/// part lower-cased, other characters unchanged; no plus or dot folding.
package struct EmailAddress: Sendable {
    package let canonical: String
    package let spelling: String

    /// Takes both forms as they are; `parse` makes them from text.
    package init(canonical: String, spelling: String) {
        self.canonical = canonical
        self.spelling = spelling
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
}
