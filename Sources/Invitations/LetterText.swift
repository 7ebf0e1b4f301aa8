internal import AccessModel

/// Every sentence of a letter, in English. Facts go in; layout and escaping are `LetterBody`'s.
struct LetterText {
    let letter: Letter
    let inviter: String

    init(_ letter: Letter) {
        self.letter = letter
        inviter = oneLine(letter.inviter)
    }

    /// The person has no account that works yet.
    private var isNew: Bool { letter.kind == MailKind.createAccount.rawValue }
    private var asks: Bool { isNew || letter.places.contains { $0.invitation != nil } }

    var subject: String {
        let first = letter.places.first.map(name(of:)) ?? "Muster"
        let others = letter.places.count - 1
        let destination = others > 0 ? "\(first) and \(others) more" : first
        return asks
            ? "\(inviter) invites you to \(destination)" : "You now have access to \(destination)"
    }

    var greeting: String {
        let name = letter.recipientName.map(oneLine) ?? ""
        return name.isEmpty ? "Hello," : "Hello \(name),"
    }

    var opening: String {
        asks
            ? "\(inviter) invites you to the following."
            : "\(inviter) has given you access to the following. It is yours already."
    }

    func heading(of place: Letter.Place) -> String {
        let kind = place.kind == .tenant ? "tenant" : "identity"
        return "\(name(of: place)) (\(kind) \(oneLine(place.name)))"
    }

    /// What one will be able to do there, one line each.
    func abilities(in place: Letter.Place) -> [String] {
        var lines = place.permissions.map { "You may: " + oneLine($0) }
        lines += place.roles.map { "Role: " + oneLine($0) }
        if place.admin { lines.insert("You administer its users.", at: 0) }
        if lines.isEmpty {
            lines = [place.kind == .tenant ? "You are an admin." : "You are one of its users."]
        }
        return lines
    }

    var linkIntroduction: String {
        isNew ? "To accept and create your account, open:" : "To accept, open:"
    }

    var codeIntroduction: String { "Your invitation code, with which it is accepted:" }

    /// Beside the link.
    var linkLabel: String { isNew ? "Accept and create your account" : "Accept" }

    func validity(_ expiresAt: Instant?) -> String {
        let until = expiresAt.map { "It works until \(readableTime($0)). " } ?? ""
        return until + "It is for you alone: do not pass it on."
    }

    var closing: String {
        asks
            ? "If you did not expect this letter, ignore it: nothing happens unless you accept."
            : "If you did not expect this letter, please tell whoever sent it."
    }

    private func name(of place: Letter.Place) -> String {
        let title = oneLine(place.title)
        return title.isEmpty ? oneLine(place.name) : title
    }
}
