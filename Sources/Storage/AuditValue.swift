internal import AccessModel

/// A value of an audit entry or of a letter, as JSON text. Keys are sorted; one value has one text.
package enum AuditValue: Hashable, Sendable {
    case text(String)
    case flag(Bool)
    case number(Int)
    case list([String])
    case values([AuditValue])
    case fields([String: AuditValue])

    package var json: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.quote(text, to: &bytes)
        case .flag(let flag): bytes += flag ? "true".utf8 : "false".utf8
        case .number(let number): bytes += String(number).utf8
        case .list(let items):
            bytes.append(0x5B)
            for (place, item) in items.enumerated() {
                if place > 0 { bytes.append(0x2C) }
                Self.quote(item, to: &bytes)
            }
            bytes.append(0x5D)
        case .values(let items):
            bytes.append(0x5B)
            for (place, item) in items.enumerated() {
                if place > 0 { bytes.append(0x2C) }
                item.write(to: &bytes)
            }
            bytes.append(0x5D)
        case .fields(let fields):
            bytes.append(0x7B)
            for (place, key) in fields.keys.sorted().enumerated() {
                if place > 0 { bytes.append(0x2C) }
                Self.quote(key, to: &bytes)
                bytes.append(0x3A)
                fields[key]?.write(to: &bytes)
            }
            bytes.append(0x7D)
        }
    }

    /// RFC 8259 section 7.
    private static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        var text = text
        let isPlain = text.withUTF8 { plain in
            guard plain.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }) else {
                return false
            }
            bytes.append(contentsOf: plain)
            bytes.append(0x22)
            return true
        }
        if isPlain { return }
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0..<0x20, 0x7F:
                let digits = Array("0123456789abcdef".utf8)
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}

extension AuditValue {
    /// Only the fields that are there.
    static func stated(_ fields: KeyValuePairs<String, AuditValue?>) -> AuditValue {
        var stated: [String: AuditValue] = [:]
        for (key, value) in fields { stated[key] = value }
        return .fields(stated)
    }

    static func names<Tag>(_ names: SortedSet<Name<Tag>>) -> AuditValue { .list(names.map(\.text)) }

    static func grants(_ grants: Grants) -> AuditValue {
        .fields(["permissions": names(grants.permissions), "roles": names(grants.roles)])
    }

    static func profile(_ profile: Profile) -> AuditValue {
        stated([
            "firstName": profile.firstName.map(AuditValue.text),
            "lastName": profile.lastName.map(AuditValue.text),
            "mobile": profile.mobile.map(AuditValue.text),
            "language": profile.language.map(AuditValue.text),
        ])
    }
}
