extension AuditValue {
    /// The value that `json` wrote; `nil` for any other text.
    init?(json: String) {
        var reader = Reader(bytes: Array(json.utf8)[...])
        guard let value = reader.value(), reader.bytes.isEmpty, value.json == json else {
            return nil
        }
        self = value
    }

    /// Reads what `write(to:)` writes: no spaces, few escapes, no fractions.
    private struct Reader {
        var bytes: ArraySlice<UInt8>

        mutating func take(_ text: StaticString) -> Bool {
            text.withUTF8Buffer { wanted in
                guard bytes.starts(with: wanted) else { return false }
                bytes = bytes.dropFirst(wanted.count)
                return true
            }
        }

        mutating func value() -> AuditValue? {
            switch bytes.first {
            case 0x22: return string().map(AuditValue.text)
            case 0x7B: return fields()
            case 0x5B: return list()
            case 0x74: return take("true") ? .flag(true) : nil
            case 0x66: return take("false") ? .flag(false) : nil
            default: return number()
            }
        }

        private mutating func number() -> AuditValue? {
            let digits = bytes.prefix { (0x30...0x39).contains($0) || $0 == 0x2D }
            bytes = bytes.dropFirst(digits.count)
            return Int(String(decoding: digits, as: UTF8.self)).map(AuditValue.number)
        }

        private mutating func fields() -> AuditValue? {
            guard take("{") else { return nil }
            var fields: [String: AuditValue] = [:]
            if take("}") { return .fields([:]) }
            repeat {
                guard let key = string(), take(":"), let value = value() else { return nil }
                fields[key] = value
            } while take(",")
            return take("}") ? .fields(fields) : nil
        }

        private mutating func list() -> AuditValue? {
            guard take("[") else { return nil }
            if take("]") { return .list([]) }
            var values: [AuditValue] = []
            repeat {
                guard let value = value() else { return nil }
                values.append(value)
            } while take(",")
            guard take("]") else { return nil }
            let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
            return texts.count == values.count ? .list(texts) : .values(values)
        }

        private mutating func string() -> String? {
            guard take("\"") else { return nil }
            var text: [UInt8] = []
            while let byte = bytes.popFirst() {
                switch byte {
                case 0x22: return String(decoding: text, as: UTF8.self)
                case 0x5C:
                    guard let escaped = bytes.popFirst() else { return nil }
                    if escaped == 0x75 {
                        let digits = String(decoding: bytes.prefix(4), as: UTF8.self)
                        guard let code = UInt8(digits, radix: 16) else { return nil }
                        bytes = bytes.dropFirst(4)
                        text.append(code)
                    } else {
                        text.append(escaped)
                    }
                default: text.append(byte)
                }
            }
            return nil
        }
    }
}
