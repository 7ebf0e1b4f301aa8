package import AccessModel

extension Letter {
    /// A letter to an example person: a tenant with rights, an identity of its own.
    ///
    /// - Parameter asks: Whoever has an account must accept.
    package static func example(
        _ kind: LetterKind, language: String, validFor seconds: Int64, asks: Bool, at now: Instant
    ) -> Letter {
        let hasInvitation = kind == .createAccount || kind == .join && asks
        let person = EmailAddress(canonical: "dora@acme.example", spelling: "dora@acme.example")
        let inviter = EmailAddress(canonical: "ann@acme.example", spelling: "ann@acme.example")
        return Letter(
            id: String(repeating: "0", count: 32), recipient: person, recipientName: "Dora Frey",
            kind: kind.mail, language: language,
            inviter: "Ann Bee", replyTo: inviter,
            places: [
                Place(
                    kind: .tenant, name: "production", title: "Production",
                    permissions: ["Invite/remove admins"], roles: ["Read access"],
                    invitation: hasInvitation ? "tenant" : nil),
                Place(
                    kind: .identity, name: "io.acme.plant1", title: "Plant 1", admin: true,
                    invitation: hasInvitation ? "identity" : nil),
            ],
            expiresAt: hasInvitation ? now.adding(seconds: seconds) : nil, queuedAt: now)
    }
}

extension LetterTemplates {
    /// Would a letter by the project's own template lack the link that it is for?
    ///
    /// It is tried with somebody who has everything and with somebody of whom nothing is known, so
    /// that a link inside of `{{#recipient}}` is missed.
    package func linkProblem(
        of name: TemplateName, acceptURL: String?, asks: Bool
    ) -> TemplateProblem? {
        guard let template = own(name), name.kind == .createAccount || name.kind == .join && asks
        else { return nil }
        let full = Letter.example(
            name.kind, language: name.language ?? "en", validFor: 86_400, asks: asks,
            at: Instant(seconds: 0))
        var bare = full
        bare.recipientName = nil
        bare.expiresAt = nil
        bare.places = bare.places.suffix(1).map { place in
            var place = place
            place.admin = false
            return place
        }
        for letter in [full, bare] {
            let values = LetterValues(letter, acceptURL: acceptURL, language: .english) {
                invitation, _ in "TOKEN-" + invitation
            }
            let body = template.body(values)
            // One link for a new account; else one for each place.
            let first = letter.places.prefix(name.kind == .createAccount ? 1 : letter.places.count)
            let links = first.compactMap(\.invitation).map { "TOKEN-" + $0 }
            if links.allSatisfy(body.contains) { continue }
            return TemplateProblem(
                .lacksLink(variable: linkVariable(name.kind, acceptURL: acceptURL)), at: 0..<0)
        }
        return nil
    }
}

private func linkVariable(_ kind: LetterKind, acceptURL: String?) -> String {
    switch (kind == .join, acceptURL == nil) {
    case (true, true): "placeCode"
    case (true, false): "placeLink"
    case (false, true): "code"
    case (false, false): "link"
    }
}
