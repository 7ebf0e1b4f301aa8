internal import Syntax

/// One field of the language: what the reader accepts, what the schema says, what an editor shows.
struct Field: Sendable {
    let name: String
    /// Its name as a number, which is sooner compared.
    let key: NameKey
    let shape: Shape
    let required: Bool
    /// For people, as an editor shows it while the pointer rests on the field.
    let summary: String

    init(_ name: String, _ shape: Shape, required: Bool = false, _ summary: String) {
        self.name = name
        key = NameKey(name.utf8)
        self.shape = shape
        self.required = required
        self.summary = summary
    }
}

/// What may be written as the value of a field.
indirect enum Shape: Sendable {
    /// `^[A-Za-z0-9_]([A-Za-z0-9_.:-]{0,126}[A-Za-z0-9_])?$`
    case name
    /// `^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`
    case tenantName
    /// Lower case, dot separated, at most 253 bytes.
    case identityCode
    /// A short text for people: a person's name, a title.
    case title
    /// Informational text without commas.
    case label
    /// Any text, of several lines too.
    case text
    /// One of several forms of text that a pattern describes.
    case pattern(String)
    case email
    /// E.164.
    case mobile
    case boolean
    case integer(ClosedRange<Int>)
    /// `7d`, `12h`, `30m`, `90s`
    case duration
    /// A date, which ends at 24:00 UTC, or an RFC 3339 instant.
    case moment
    case word([String])
    case list(Shape)
    case record(Record)
    /// A bare name, or a record that says which kind of grant it is.
    case either(Shape, Shape)
}

/// A name by its bytes (FNV-1a). Two names of one record never have the same key; what somebody
/// wrote may have the key of another name.
struct NameKey: Hashable, Sendable {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
}

/// A mapping of the language: its fields, and nothing else.
final class Record: Sendable {
    let fields: [Field]
    /// What `kind:` says, for a whole document.
    let kind: Kind?
    /// Describes a person, so that declaring what is derived is E112.
    let describesPerson: Bool
    /// Exactly one of the fields is written, as in a policy's rule.
    let isChoice: Bool
    let summary: String
    let names: [String]
    let requiredFields: [Field]
    private let keys: [NameKey]

    init(
        _ fields: [Field], kind: Kind? = nil, describesPerson: Bool = false,
        isChoice: Bool = false, _ summary: String
    ) {
        self.fields = fields
        self.kind = kind
        self.describesPerson = describesPerson
        self.isChoice = isChoice
        self.summary = summary
        names = fields.map(\.name)
        keys = fields.map(\.key)
        precondition(Set(keys).count == keys.count, "two fields look alike")
        requiredFields = fields.filter(\.required)
    }

    /// The field whose name a key is.
    func key(saidBy key: Node) -> NameKey? {
        let written = key.withBytes { NameKey($0) }
        guard let place = keys.firstIndex(of: written), key.says(names[place]) else { return nil }
        return written
    }
}
