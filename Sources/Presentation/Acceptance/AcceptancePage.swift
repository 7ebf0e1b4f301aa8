internal import AccessModel
package import Reconciliation

/// One of the pages on which an invitation is answered. It needs nothing else: no script, no
/// cookie, nothing fetched. The same value gives the same bytes.
package struct AcceptancePage: Sendable {
    /// The field of the form, and its value, that say no.
    package static let answerField = "answer"
    package static let accepting = "accept"
    package static let declining = "decline"

    package let language: String
    package let bytes: [UInt8]

    /// What a Content-Security-Policy calls the style of every page by.
    package static let styleHash = contentHash(of: AcceptanceStyle.text.description)

    private init(_ words: AcceptanceWords, title: String, _ body: HTML) {
        language = words.language
        let page: HTML = """
            <!doctype html>
            <html lang="\(words.language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex, nofollow">
            <title>\(title)</title>
            <style>\(HTML(stringLiteral: AcceptanceStyle.text))</style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
        bytes = page.bytes
    }

    /// The question.
    ///
    /// - Parameters:
    ///   - languages: The reader's wishes, best first; the account's own language goes before them.
    ///   - form: What was written, when it comes back with faults.
    package init(
        asking offer: AcceptanceOffer, languages: [String], form: ProfileForm = ProfileForm(),
        faults: [AcceptanceOffer.Detail: ProfileForm.Fault] = [:]
    ) {
        let words = AcceptanceWords.fitting([offer.language].compactMap(\.self) + languages)
        let layout = AcceptanceForm(words: words, offer: offer, form: form, faults: faults)
        self.init(
            words, title: words.invitation(offer.project),
            """
            <main>
            \(layout.alarm)<p class="kind">\(words.invitation(offer.project))</p>
            <h1>\(words.opening(offer.inviter))</h1>
            \(offer.html(words))\(layout.html)\
            <p>\(words.validUntil(words.text(of: offer.expiresAt)))</p>
            <p class="soft">\(words.unexpected)</p>
            </main>

            """)
    }

    package init(accepted offer: AcceptanceOffer, languages: [String]) {
        let words = AcceptanceWords.fitting([offer.language].compactMap(\.self) + languages)
        self.init(
            words, title: words.accepted,
            """
            <main class="done">
            <p class="kind">\(words.invitation(offer.project))</p>
            <h1>\(words.accepted)</h1>
            <p>\(words.acceptedText)</p>
            \(offer.html(words))</main>

            """)
    }

    package init(declined offer: AcceptanceOffer, languages: [String]) {
        let words = AcceptanceWords.fitting([offer.language].compactMap(\.self) + languages)
        self.init(
            words, title: words.declined,
            """
            <main>
            <p class="kind">\(words.invitation(offer.project))</p>
            <h1>\(words.declined)</h1>
            <p>\(words.declinedText(offer.inviter))</p>
            </main>

            """)
    }

    /// A page without a question. It says nothing of anybody, and is the same for every token.
    package init(_ notice: AcceptanceNotice, languages: [String]) {
        let words = AcceptanceWords.fitting(languages)
        guard let said = words.notices[notice] else {
            preconditionFailure("every language says every notice")
        }
        self.init(
            words, title: said.title,
            """
            <main>
            <h1>\(said.title)</h1>
            <p>\(said.text)</p>
            </main>

            """)
    }
}

extension AcceptanceOffer {
    /// The places, one card each.
    fileprivate func html(_ words: AcceptanceWords) -> HTML {
        var cards: HTML = ""
        for place in places { cards += place.html(words) }
        return "<ul class=\"places\">\n\(cards)</ul>\n"
    }
}

extension AcceptanceOffer.Place {
    fileprivate func html(_ words: AcceptanceWords) -> HTML {
        let what = kind == .tenant ? words.tenant(name) : words.identity(name)
        var lists: HTML = ""
        if isAdmin { lists += "<p>\(words.administersUsers)</p>\n" }
        if !permissions.isEmpty {
            lists += "<h3>\(words.permissions)</h3>\n\(items(permissions))"
        }
        if !roles.isEmpty { lists += "<h3>\(words.roles)</h3>\n\(items(roles))" }
        if lists.isEmpty {
            lists = "<p>\(kind == .tenant ? words.isAdmin : words.isUser)</p>\n"
        }
        return """
            <li><h2>\(value: title)</h2>
            <p class="soft">\(what)</p>
            \(lists)</li>

            """
    }

    private func items(_ texts: [String]) -> HTML {
        var items: HTML = ""
        for text in texts { items += "<li>\(value: text)</li>\n" }
        return "<ul>\n\(items)</ul>\n"
    }
}
