import Glibc

/// An IP address as its bytes: 4, or 16. An IPv4 address in IPv6 form is the IPv4 address.
package struct NetworkAddress: Hashable, Sendable {
    package let bytes: [UInt8]

    /// `192.0.2.7`, `2001:db8::7`, with or without brackets.
    package init?(_ text: String) {
        var text = text
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        if let zone = text.firstIndex(of: "%") { text = String(text[..<zone]) }
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four.s_addr) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let all = withUnsafeBytes(of: six) { Array($0) }
        let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10...11] == [0xFF, 0xFF]
        bytes = isMapped ? Array(all.suffix(4)) : all
    }

    /// What one client has for itself: the address, or the first 64 bits of an IPv6 one.
    package var client: [UInt8] { bytes.count == 4 ? bytes : Array(bytes.prefix(8)) }
}

/// A block of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
package struct AddressBlock: Hashable, Sendable {
    private let base: [UInt8]
    private let length: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = NetworkAddress(String(parts[0])) else { return nil }
        base = address.bytes
        guard parts.count == 2 else {
            length = 8 * base.count
            return
        }
        guard let length = Int(parts[1]), (0...8 * base.count).contains(length) else { return nil }
        self.length = length
    }

    package func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == base.count else { return false }
        for bit in 0..<length {
            let difference: UInt8 = base[bit / 8] ^ address.bytes[bit / 8]
            if difference & (0x80 >> UInt8(bit % 8)) != 0 { return false }
        }
        return true
    }
}
