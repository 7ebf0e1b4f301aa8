internal import AccessModel

/// What letters say in one language. One file a language; everything else is written once.
///
/// Sentences are pieces of templates: `{{inviter}}` in them is the variable of that name.
struct Language: Sendable {
    /// A primary subtag of BCP 47, in lower case.
    var code: String
    /// From January.
    var months: [String]
    /// What stands after the number of a day: `29. November`.
    var afterDay: String
    var days: Counted
    var hours: Counted
    var minutes: Counted
    var tenant: String
    var identity: String
    var greeting: String
    /// What letters of each kind say around their places.
    var createAccount: Frame
    /// To somebody who has an account, and must accept.
    var joinToAccept: Frame
    /// To somebody who has an account, and has access already.
    var joined: Frame
    var removed: Frame
    /// A place that was lost while others were gained.
    var ended: String
    /// What one will be able to do at a place.
    var administers: String
    var may: String
    var role: String
    var isAdmin: String
    var isUser: String
    /// Before the code where no page accepts.
    var codeIntroduction: String
    /// Below a link or a code.
    var validity: String

    struct Counted: Sendable {
        var one: String
        var other: String
    }

    struct Frame: Sendable {
        var subject: String
        var opening: String
        /// Before the link, in the text part.
        var linkIntroduction: String
        /// On the link, in the HTML part.
        var linkLabel: String
        /// What to do when one did not expect the letter.
        var closing: String
    }

    static let all: [Language] = [.english, .german]

    /// The language of a tag such as `de-CH`; English for those that are not here.
    static func spoken(_ tag: String) -> Language {
        let primary = tag.lowercased().prefix { $0 != "-" }
        return all.first { $0.code == primary } ?? .english
    }

    /// `29 November 2026, 10:00 UTC`.
    func time(_ instant: Instant) -> String {
        let date = instant.date.split(separator: "-")
        let clock = instant.text.dropFirst(instant.date.count + 1).prefix(5)
        let month = months[(Int(date[1]) ?? 1) - 1]
        return "\(Int(date[2]) ?? 1)\(afterDay) \(month) \(date[0]), \(clock) UTC"
    }

    /// `7 days`, or the smaller units that a duration has no part of.
    func duration(seconds: Int64) -> String {
        let (number, unit): (Int64, Counted) =
            if seconds >= 86_400, seconds % 86_400 == 0 {
                (seconds / 86_400, days)
            } else if seconds >= 3_600, seconds % 3_600 == 0 {
                (seconds / 3_600, hours)
            } else {
                (max(1, seconds / 60), minutes)
            }
        return "\(number) \(number == 1 ? unit.one : unit.other)"
    }
}
