/// An address with the name to show for it, as RFC 5322 section 3.4 has it:
/// `Acme Access <access@acme.example>`, `"Acme, Inc." <access@acme.example>` or the address alone.
package struct Mailbox: Hashable, Sendable {
    package var name: String?
    package var address: EmailAddress

    package init(name: String? = nil, address: EmailAddress) {
        self.name = name
        self.address = address
    }

    /// The mailbox that a text is, or why its address is none.
    package static func parse(_ text: String) -> Result<Mailbox, EmailProblem> {
        let text = nfc(text)
        if let problem = textProblem(in: text, strictness: .name) {
            return .failure(.forbiddenCharacter(problem))
        }
        let bytes = Array(trimmingSpaces(text).utf8)
        guard bytes.last == UInt8(ascii: ">"), let open = bytes.lastIndex(of: UInt8(ascii: "<"))
        else {
            return EmailAddress.parse(text).map { Mailbox(address: $0) }
        }
        let inner = String(decoding: bytes[(open + 1)..<(bytes.count - 1)], as: UTF8.self)
        var name = trimmingSpaces(String(decoding: bytes[..<open], as: UTF8.self))
        if name.utf8.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
            name = unquoted(name)
        }
        return EmailAddress.parse(inner).map {
            Mailbox(name: name.isEmpty ? nil : name, address: $0)
        }
    }

    private static func unquoted(_ text: String) -> String {
        var escaped = false
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.dropFirst().dropLast() {
            if scalar == "\\" && !escaped {
                escaped = true
            } else {
                result.append(scalar)
                escaped = false
            }
        }
        return String(result)
    }
}
