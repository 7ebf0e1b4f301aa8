internal import AccessModel
internal import Reconciliation

/// Every sentence of the pages on which invitations are answered, in one language. A language is a
/// file of its own; `all` lists them.
struct AcceptanceWords: Sendable {
    /// As `lang` names it.
    var language: String
    var months: [String]
    /// Day, month, year, time of day.
    var date: @Sendable (_ day: String, _ month: String, _ year: String, _ time: String) -> String

    // MARK: The question

    var invitation: @Sendable (_ project: String) -> String
    /// Who invites; the places follow.
    var opening: @Sendable (_ inviter: String) -> Phrase
    var tenant: @Sendable (_ name: String) -> Phrase
    var identity: @Sendable (_ name: String) -> Phrase
    var permissions: String
    var roles: String
    var administersUsers: String
    var isAdmin: String
    var isUser: String
    var yourDetails: String
    var email: String
    var details: [AcceptanceOffer.Detail: String]
    var optional: String
    var mobileHint: String
    /// Beside what was declared and is not asked.
    var known: @Sendable (_ inviter: String) -> Phrase
    var accept: String
    var decline: String
    var validUntil: @Sendable (_ date: String) -> Phrase
    var unexpected: String

    // MARK: What was wrong with the form

    var faultsTitle: String
    var faults: @Sendable (_ detail: AcceptanceOffer.Detail, _ fault: ProfileForm.Fault) -> String

    // MARK: The answers

    var accepted: String
    var acceptedText: String
    var declined: String
    var declinedText: @Sendable (_ inviter: String) -> Phrase
    var notices: [AcceptanceNotice: Notice]

    struct Notice: Sendable {
        var title: String
        var text: String
    }

    static let all = [english, german]

    /// The first of these languages that there are words in, else English. `de-CH` is `de`.
    static func fitting(_ wishes: [String]) -> AcceptanceWords {
        for wish in wishes {
            let primary = wish.prefix { $0 != "-" && $0 != "_" }.lowercased()
            if let words = all.first(where: { $0.language == primary }) { return words }
        }
        return english
    }

    func text(of instant: Instant) -> String {
        let day = instant.date.split(separator: "-").map(String.init)
        let time = String(instant.text.dropFirst(instant.date.utf8.count + 1).prefix(5))
        return date(
            String(Int(day[2]) ?? 1), months[(Int(day[1]) ?? 1) - 1], day[0], time + " UTC")
    }
}

/// What a page says when there is nothing to ask.
package enum AcceptanceNotice: Hashable, Sendable, CaseIterable {
    /// One and the same for unknown, used, expired and revoked tokens.
    case invalid
    case busy
    case failed
    /// Too many requests from there.
    case tooMany
    /// The form came from another site.
    case foreign
    /// It is no form, or too large for one.
    case badForm
    case notFound
    case wrongMethod
}
