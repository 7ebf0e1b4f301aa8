internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What a field expects, where something of another type stands.
enum ExpectedType: String {
    case mapping, list, text, boolean
    case number = "whole number"
}

// What the reader says about keys and values: E101, E102, E105, E107, E109, E112, E116, E138, W106.
extension Diagnostic {
    static func unknownField(
        _ name: String, about subject: Subject, at span: Span, suggestion: String?,
        fields: [String]
    ) -> Diagnostic {
        Diagnostic(
            "E101", subject: subject.text, message: "has an unknown field `\(name.excerpt)`.",
            help: suggestion.map { "Did you mean `\($0)`?" }
                ?? "The fields here are \(enumeration(of: fields)).",
            at: span, label: suggestion.map { "did you mean `\($0)`?" } ?? "unknown field")
    }

    static func unknownKind(_ node: Node, suggestion: String?) -> Diagnostic {
        Diagnostic(
            "E101", subject: "document", message: "has the unknown kind `\(node.text.excerpt)`.",
            help: suggestion.map { "Did you mean `\($0)`?" }
                ?? "The kinds are \(enumeration(of: Kind.allCases.map(\.rawValue))).",
            at: node.span, label: suggestion.map { "did you mean `\($0)`?" } ?? "unknown kind")
    }

    static func wrongType(
        _ expected: ExpectedType, _ node: Node, of field: String?, about subject: Subject
    ) -> Diagnostic {
        let found =
            switch node.kind {
            case .scalar: "a text"
            case .sequence: "a list"
            case .mapping: "a mapping"
            }
        let help =
            switch (expected, node.kind) {
            case (.list, .scalar) where isDash(node.text):
                "Write a hyphen, a space and then the entry, each on its own line."
            case (.list, .mapping) where node.entries.first.map { isDash($0.key.text) } == true:
                "Begin each entry with a hyphen (-), which a longer dash is not."
            case (.list, .scalar): "Write `[\(node.text.excerpt)]`, or `[]` for none."
            case (.list, _): "Write each entry behind a hyphen."
            case (.mapping, _): "Write `key: value` lines."
            case (.text, _): "Write one value."
            case (.boolean, _): "Write `true` or `false`."
            case (.number, _): "Write a number."
            }
        return Diagnostic(
            "E102", subject: subject.text,
            message: (field.map { "`\($0)`" } ?? "the entry")
                + " is \(found) where a \(expected.rawValue) is expected.",
            help: help, at: node.span, label: "expected a \(expected.rawValue)")
    }

    static func notBoolean(_ node: Node, of field: String, about subject: Subject) -> Diagnostic {
        let meant: Bool? =
            switch node.text.lowercased() {
            case "true", "yes", "on", "y", "1": true
            case "false", "no", "off", "n", "0": false
            default: nil
            }
        return Diagnostic(
            "E105", subject: subject.text,
            message: "`\(field)` is `\(node.text.excerpt)`, which is no boolean.",
            help: meant.map { "Write `\(field): \($0)`, without quotes." }
                ?? "Write `true` or `false`, without quotes.",
            at: node.span, label: "expected `true` or `false`")
    }

    static func notInRange(
        _ range: ClosedRange<Int>, _ node: Node, of field: String, about subject: Subject
    ) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text,
            message: "`\(field)` is `\(node.text.excerpt)`, which is no whole number in range.",
            help: "Write digits from \(range.lowerBound) to \(range.upperBound), without quotes.",
            at: node.span, label: "expected a number")
    }

    static func notOneOf(
        _ words: [String], _ node: Node, of field: String, about subject: Subject,
        suggestion: String?
    ) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text,
            message:
                "`\(field)` is `\(node.text.excerpt)`, which is none of the words allowed here.",
            help: suggestion.map { "Did you mean `\($0)`?" } ?? "Write \(alternatives(of: words)).",
            at: node.span, label: "expected \(alternatives(of: words))")
    }

    static func notDuration(_ node: Node, of field: String, about subject: Subject) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text,
            message: "`\(field)` is `\(node.text.excerpt)`, which is no duration.",
            help: "Write a number and a unit, as in `7d`, `12h`, `30m` or `90s`; at most 36525d.",
            at: node.span, label: "expected a duration")
    }

    static func notMoment(_ node: Node, of field: String, about subject: Subject) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text,
            message: "`\(field)` is `\(node.text.excerpt)`, which is no date.",
            help: "Write a day of the calendar as `2027-06-30`, or an instant as "
                + "`2027-06-30T12:00:00Z`.",
            at: node.span, label: "expected a date")
    }

    static func notExpected(
        _ expected: String, _ node: Node, of field: String, about subject: Subject
    ) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text,
            message: "`\(field)` is `\(node.text.excerpt)`, which is not \(expected).",
            help: "Write \(expected).", at: node.span, label: "not \(expected)")
    }

    static func badName(
        _ text: String, expected: String, code: String, of field: String, about subject: Subject,
        at span: Span, suggestion: String?
    ) -> Diagnostic {
        Diagnostic(
            code, subject: subject.text,
            message: text.isEmpty
                ? "`\(field)` has an empty name."
                : "`\(field)` has `\(text.excerpt)`, which is no valid name.",
            help: (suggestion.map { "Write `\($0)`: names are " } ?? "Write ") + expected + ".",
            at: span, label: "not a valid name")
    }

    static func missingField(_ name: String, about subject: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            "E107", subject: subject.text, message: "has no `\(name)`.", help: "Add `\(name): …`.",
            at: span, label: "`\(name)` is missing")
    }

    static func notOneField(
        _ names: [String], about subject: Subject, at span: Span, none: Bool
    ) -> Diagnostic {
        Diagnostic(
            none ? "E107" : "E102", subject: subject.text,
            message: none
                ? "has none of \(enumeration(of: names))."
                : "has several keys where one is expected.",
            help: "Write exactly one of \(enumeration(of: names)).", at: span,
            label: none ? "nothing here" : "one of them is enough")
    }

    static func missingOneOf(
        _ names: [String], about subject: Subject, at span: Span
    ) -> Diagnostic {
        let words = alternatives(of: names)
        return Diagnostic(
            "E107", subject: subject.text, message: "has no \(words).", help: "Add \(words).",
            at: span, label: "\(words) is missing")
    }

    static func emptyExpectation(about subject: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            "E107", subject: subject.text, message: "expects nothing.",
            help: fieldsOfExpectation, at: span, label: "nothing here")
    }

    private static let fieldsOfExpectation =
        "Write `admin` with `holds` or `lacks`, a right with `holders`, or `identity` with "
        + "`admins`."

    static func fieldOutOfPlace(
        _ name: String, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "E101", subject: subject.text,
            message: "has a field `\(name)` that has no meaning in this kind of expectation.",
            help: fieldsOfExpectation, at: span, label: "not here")
    }

    /// `field:` with nothing behind it; a `#` begins a comment.
    static func missingValue(of field: Field, about subject: Subject, at span: Span) -> Diagnostic {
        let help =
            switch field.shape {
            case .list: "Write `[]` for an empty list"
            case .boolean: "Write `true` or `false`"
            default: "Write one, in quotes if it begins with `#`"
            }
        return Diagnostic(
            "E109", subject: subject.text, message: "`\(field.name)` has no value.",
            help: help + (field.required ? "." : ", or leave the field out."), at: span,
            label: "no value")
    }

    /// `-` with nothing behind it.
    static func missingEntry(
        of field: String? = nil, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "E109", subject: subject.text,
            message: "\(field.map { "an entry of `\($0)`" } ?? "the entry") has no value.",
            help: "Write one, or remove the entry.", at: span, label: "no value")
    }

    static func tooFew(
        _ field: String, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text, message: "`\(field)` has fewer than two names.",
            help: "Write those that nobody may hold together.", at: span, label: "at least two")
    }

    static func derivedField(
        _ name: String, about subject: Subject, at span: Span, help: String
    ) -> Diagnostic {
        Diagnostic(
            "E112", subject: subject.text,
            message: "declares `\(name)`, which is derived and cannot be declared.", help: help,
            at: span, label: "derived")
    }

    static func tooLong(
        _ limit: Int, of field: String, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "E116", subject: subject.text,
            message: "`\(field)` is longer than \(limit) characters.", help: "Shorten it.",
            at: span,
            label: "too long")
    }

    static func aboveLimit(_ name: String, _ limit: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            "E116", subject: "project",
            message: "`limits.\(name)` is above the built-in limit of \(limit).",
            help: "A project can only lower limits; raising them needs the environment.", at: span,
            label: "above \(limit)")
    }

    static func duplicateEntry(
        _ text: String, of field: String, about subject: Subject, at span: Span, first: Span
    ) -> Diagnostic {
        Diagnostic(
            "E138", subject: subject.text, message: "`\(field)` lists `\(text.excerpt)` twice.",
            help: "Remove one of them.", at: span, label: "again",
            notes: [Note("first listed here", at: first)])
    }

    static func ambiguousName(
        _ text: String, _ reading: String, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "W106", subject: subject.text,
            message: "`\(text)` is taken as text, but other YAML tools read it as \(reading).",
            help: "Write `\"\(text)\"`.", at: span, label: "quote it")
    }

    /// How many errors of a file, and how many warnings of one code in a file, are shown.
    package static let shownOfFile = 20

    static func moreErrors(
        _ count: Int, orMore: Bool, in path: String, like first: Diagnostic
    ) -> Diagnostic {
        Diagnostic(
            "E116", subject: path,
            message:
                count == 1
                ? "has one more error that is not shown."
                : "has \(orMore ? "at least " : "")\(count) more errors that are not shown.",
            help: "Fix the first \(shownOfFile) and run again.", at: first.span,
            label: "and from here on")
    }

    static func moreWarnings(_ count: Int, in path: String, like first: Diagnostic) -> Diagnostic {
        Diagnostic(
            first.code, subject: path,
            message: "has \(count) more \(count == 1 ? "warning" : "warnings") of this code.",
            at: first.span, label: "and from here on")
    }
}

/// `a`, `b` and `c`
func enumeration(of words: [String]) -> String { joined(words, "and") }

/// `a`, `b` or `c`
func alternatives(of words: [String]) -> String { joined(words, "or") }

private func joined(_ words: [String], _ conjunction: String) -> String {
    let quoted = words.map { "`\($0)`" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// Does a text begin with a dash that was meant to begin an item of a list?
private func isDash(_ text: String) -> Bool {
    ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"]
        .contains { text.hasPrefix($0) }
}
