/// Reads one JSON value (RFC 8259), strictly: no duplicate keys, whole numbers only, nothing after
/// it, no nesting deeper than `maximumDepth`.
struct JSONReader {
    /// Why bytes are no such value: what is wrong, and the offset of the byte.
    struct Problem: Error, Hashable {
        var reason: String
        var offset: Int
    }

    static let maximumDepth = 32
    /// Members of an object that are looked through one by one sooner than in a set.
    private static let few = 16

    private let bytes: [UInt8]
    private var index = 0

    static func value(of bytes: [UInt8]) -> Result<JSON, Problem> {
        var reader = JSONReader(bytes: bytes)
        do throws(Problem) {
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.index == bytes.count else { throw reader.problem("something follows it") }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func problem(_ reason: String) -> Problem {
        Problem(reason: index < bytes.count ? reason : "it ends too early", offset: index)
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
        }
    }

    private mutating func value(depth: Int) throws(Problem) -> JSON {
        guard depth <= Self.maximumDepth else { throw problem("it is nested too deeply") }
        skipSpace()
        switch next {
        case 0x7B: return try object(depth: depth)
        case 0x5B: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        case 0x2D?, 0x30?, 0x31?, 0x32?, 0x33?, 0x34?, 0x35?, 0x36?, 0x37?, 0x38?, 0x39?:
            return try number()
        default: throw problem("a value is missing")
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(Problem) -> JSON {
        for byte in word.utf8 {
            guard next == byte else { throw problem("a value is missing") }
            index += 1
        }
        return value
    }

    private mutating func number() throws(Problem) -> JSON {
        let start = index
        if next == 0x2D { index += 1 }
        while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let value = Int64(text), String(value) == text else {
            throw problem("a number is not a whole one")
        }
        return .integer(value)
    }

    private mutating func array(depth: Int) throws(Problem) -> JSON {
        index += 1
        var values: [JSON] = []
        skipSpace()
        if next == 0x5D {
            index += 1
            return .array(values)
        }
        while true {
            values.append(try value(depth: depth + 1))
            if try ends(with: 0x5D) { return .array(values) }
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> JSON {
        index += 1
        var members: [JSON.Member] = []
        var keys: Set<String> = []
        skipSpace()
        if next == 0x7D {
            index += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard next == 0x22 else { throw problem("a key is missing") }
            let key = try string()
            if members.count == Self.few { keys = Set(members.map(\.key)) }
            let isNew =
                members.count < Self.few
                ? !members.contains { $0.key == key } : keys.insert(key).inserted
            guard isNew else { throw problem("a key is there twice") }
            skipSpace()
            guard next == 0x3A else { throw problem("a colon is missing") }
            index += 1
            members.append(JSON.Member(key, try value(depth: depth + 1)))
            if try ends(with: 0x7D) { return .object(members) }
        }
    }

    /// Takes a comma, or the closing bracket.
    private mutating func ends(with close: UInt8) throws(Problem) -> Bool {
        skipSpace()
        guard next == close || next == 0x2C else { throw problem("a comma is missing") }
        index += 1
        return bytes[index - 1] == close
    }

    private mutating func string() throws(Problem) -> String {
        index += 1
        var text: [UInt8] = []
        // What needs no other bytes than its own is not gathered.
        var start = index
        while let byte = next, byte != 0x22 {
            guard byte >= 0x20 else { throw problem("a control character is in a text") }
            index += 1
            if byte == 0x5C {
                text += bytes[start..<index - 1]
                text += try escaped()
                start = index
            }
        }
        guard next == 0x22 else { throw problem("a text does not end") }
        let rest = bytes[start..<index]
        index += 1
        let string =
            text.isEmpty
            ? String(validating: rest, as: UTF8.self)
            : String(validating: text + rest, as: UTF8.self)
        guard let string else { throw problem("a text is not UTF-8") }
        return string
    }

    private mutating func escaped() throws(Problem) -> [UInt8] {
        guard let byte = next else { throw problem("a text does not end") }
        index += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: return [byte]
        case 0x62: return [0x08]
        case 0x66: return [0x0C]
        case 0x6E: return [0x0A]
        case 0x72: return [0x0D]
        case 0x74: return [0x09]
        case 0x75:
            var units = [try unit()]
            if UTF16.isLeadSurrogate(units[0]), next == 0x5C {
                index += 1
                guard next == 0x75 else { throw problem("half a surrogate pair") }
                index += 1
                units.append(try unit())
            }
            guard let text = String(validating: units, as: UTF16.self) else {
                throw problem("half a surrogate pair")
            }
            return Array(text.utf8)
        default: throw problem("an unknown escape")
        }
    }

    private mutating func unit() throws(Problem) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("an escape has four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            index += 1
        }
        return value
    }
}

extension JSON {
    /// The one value that the bytes are, read strictly; `nil` when they are none.
    package init?(bytes: [UInt8]) {
        guard case .success(let value) = JSONReader.value(of: bytes) else { return nil }
        self = value
    }
}
