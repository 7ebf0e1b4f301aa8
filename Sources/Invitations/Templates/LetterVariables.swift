internal import AccessModel

/// The variables of templates: a closed list, the same for every kind of letter. The guide
/// `Invitations` documents each.
enum LetterVariables {
    enum Shape: Sendable {
        /// May be empty; a section of an empty one is left out.
        case text
        case flag
        /// A section of it is repeated; each element is `{{.}}`.
        case texts
        /// A section of it is repeated, with the variables of a place.
        case places
    }

    static let everywhere: [String: Shape] = [
        "recipient": .text, "email": .text, "inviter": .text, "firstPlace": .text,
        "otherPlaces": .text, "places": .places, "ended": .places, "asks": .flag, "link": .text,
        "code": .text,
        "expires": .text, "validFor": .text,
    ]

    /// Inside of `places` and `ended`, in addition.
    static let atPlaces: [String: Shape] = [
        "title": .text, "name": .text, "kind": .text, "isTenant": .flag, "isIdentity": .flag,
        "isAdmin": .flag, "isPlain": .flag, "permissions": .texts, "roles": .texts,
        "placeLink": .text, "placeCode": .text,
    ]

    /// Those that a URL of a page may be made of.
    static let links: Set = ["link", "placeLink"]
}

enum LetterValue: Sendable {
    case text(String)
    case flag(Bool)
    case texts([String])
    case places([[String: LetterValue]])
}

/// A letter's values by the names of the variables. Each text is one line without anything that
/// breaks lines, cannot be seen or steers a terminal.
struct LetterValues: Sendable {
    let values: [String: LetterValue]

    init(
        _ letter: Letter, acceptURL: String?, language: Language,
        token: (_ invitation: String, _ generation: Int) -> String
    ) {
        let isNew = LetterKind(letter) == .createAccount
        func code(of place: Letter.Place?) -> String {
            guard let place, let invitation = place.invitation else { return "" }
            return token(invitation, place.generation)
        }
        func link(_ token: String) -> String {
            guard let acceptURL, !token.isEmpty else { return "" }
            return oneLine(acceptURL + (acceptURL.hasSuffix("/") ? "" : "/") + token)
        }
        // One link for a new account, whatever number of places it opens.
        let own = isNew ? code(of: letter.places.first { $0.invitation != nil }) : ""
        let expires = letter.expiresAt.flatMap(Instant.init(rfc3339:))
        let queued = Instant(rfc3339: letter.queuedAt)
        let others = letter.places.count - 1
        values = [
            "recipient": .text(letter.recipientName.map(oneLine) ?? ""),
            "email": .text(oneLine(letter.spelling)),
            "inviter": .text(oneLine(letter.inviter)),
            "firstPlace": .text(letter.places.first.map(shownTitle) ?? "Muster"),
            "otherPlaces": .text(others > 0 ? "\(others)" : ""),
            "places": .places(
                letter.places.map { place in
                    let token = isNew ? "" : code(of: place)
                    return placeValues(
                        place, language: language, link: link(token),
                        code: acceptURL == nil ? token : "")
                }),
            "ended": .places(
                (letter.ended ?? []).map { place in
                    placeValues(place, language: language, link: "", code: "")
                }),
            "asks": .flag(isNew || letter.places.contains { $0.invitation != nil }),
            "link": .text(link(own)),
            "code": .text(acceptURL == nil ? own : ""),
            "expires": .text(expires.map(language.time) ?? ""),
            "validFor": .text(
                expires.flatMap { end in
                    queued.map { language.duration(seconds: end.seconds - $0.seconds) }
                } ?? ""),
        ]
    }
}

private func placeValues(
    _ place: Letter.Place, language: Language, link: String, code: String
) -> [String: LetterValue] {
    [
        "title": .text(shownTitle(place)), "name": .text(oneLine(place.name)),
        "kind": .text(place.kind == .tenant ? language.tenant : language.identity),
        "isTenant": .flag(place.kind == .tenant), "isIdentity": .flag(place.kind == .identity),
        "isAdmin": .flag(place.admin),
        "isPlain": .flag(!place.admin && place.permissions.isEmpty && place.roles.isEmpty),
        "permissions": .texts(place.permissions.map(oneLine)),
        "roles": .texts(place.roles.map(oneLine)),
        "placeLink": .text(link), "placeCode": .text(code),
    ]
}

private func shownTitle(_ place: Letter.Place) -> String {
    let title = oneLine(place.title)
    return title.isEmpty ? oneLine(place.name) : title
}
