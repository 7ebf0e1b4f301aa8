/// A name by its bytes (FNV-1a), which is sooner compared than a text: equal for the same name, and
/// hardly ever for others.
package struct NameKey: Hashable, Sendable {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    package init(_ name: String) { self.init(name.utf8) }

    fileprivate init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
}

extension Node {
    /// Of a scalar's text.
    package var nameKey: NameKey { withBytes { NameKey($0) } }
}
