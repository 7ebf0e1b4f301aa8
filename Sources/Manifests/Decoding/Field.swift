internal import Syntax

/// One field of the language: what the reader accepts, what the schema says, what an editor shows.
final class Field: Sendable {
    let name: String
    /// Two fields of one record never have the same; what somebody wrote may have it too.
    let key: NameKey
    let shape: Shape
    let required: Bool
    /// For people, as an editor shows it while the pointer rests on the field.
    let summary: String

    init(_ name: String, _ shape: Shape, required: Bool = false, _ summary: String) {
        self.name = name
        key = NameKey(name)
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
        let written = key.nameKey
        guard let place = keys.firstIndex(of: written), key.says(text: names[place]) else {
            return nil
        }
        return written
    }
}
