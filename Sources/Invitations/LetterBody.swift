internal import AccessModel

/// A letter laid out as plain text and as HTML, with its links.
struct LetterBody {
    private let text: LetterText
    private let places: [Place]
    /// The one link of a new account.
    private let link: Link?
    private let expiresAt: Instant?

    private struct Place {
        var heading: String
        var abilities: [String]
        var link: Link?
    }

    private enum Link {
        case url(String)
        /// No page accepts invitations: the token alone, for `muster invitation accept`.
        case code(String)
    }

    init(
        _ letter: Letter, acceptURL: String?,
        token: (_ invitation: String, _ generation: Int) -> String
    ) {
        text = LetterText(letter)
        expiresAt = letter.expiresAt.flatMap(Instant.init(rfc3339:))
        let isNew = letter.kind == MailKind.createAccount.rawValue
        func link(to place: Letter.Place) -> Link? {
            guard let invitation = place.invitation else { return nil }
            let token = token(invitation, place.generation)
            guard let acceptURL else { return .code(token) }
            return .url(acceptURL + (acceptURL.hasSuffix("/") ? "" : "/") + token)
        }
        self.link = isNew ? letter.places.first { $0.invitation != nil }.flatMap(link(to:)) : nil
        let text = text
        places = letter.places.map { place in
            Place(
                heading: text.heading(of: place), abilities: text.abilities(in: place),
                link: isNew ? nil : link(to: place))
        }
    }

    var plain: String {
        var lines = [text.greeting, "", text.opening]
        for place in places {
            lines += ["", place.heading]
            lines += place.abilities.map { "  - " + $0 }
            if let link = place.link { lines += [""] + plainLines(of: link) }
        }
        if let link { lines += [""] + plainLines(of: link) }
        lines += ["", text.closing]
        return lines.joined(separator: "\n") + "\n"
    }

    private func plainLines(of link: Link) -> [String] {
        switch link {
        case .url(let url): [text.linkIntroduction, "", url, "", text.validity(expiresAt)]
        case .code(let code): [text.codeIntroduction, "", code, "", text.validity(expiresAt)]
        }
    }

    var html: String {
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"en\">",
            "<head><meta charset=\"utf-8\"><title>\(escaped(text.subject))</title></head>",
            "<body style=\"margin:0;padding:24px;font-family:sans-serif;font-size:16px;"
                + "line-height:1.5;color:#1a1a1a;background:#ffffff\">",
            "<div style=\"max-width:36em\">", paragraph(text.greeting), paragraph(text.opening),
        ]
        for place in places {
            lines.append(
                "<p style=\"margin:16px 0 4px\"><strong>\(escaped(place.heading))</strong></p>")
            lines.append("<ul style=\"margin:0 0 12px;padding-left:24px\">")
            lines += place.abilities.map { "<li>\(escaped($0))</li>" }
            lines.append("</ul>")
            if let link = place.link { lines += htmlLines(of: link) }
        }
        if let link { lines += htmlLines(of: link) }
        lines.append("<p style=\"color:#595959;font-size:14px\">\(escaped(text.closing))</p>")
        lines += ["</div>", "</body>", "</html>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func htmlLines(of link: Link) -> [String] {
        switch link {
        case .url(let url):
            [
                "<p style=\"margin:20px 0\"><a href=\"\(escaped(url))\""
                    + " style=\"display:inline-block;padding:10px 18px;border-radius:4px;"
                    + "background:#0b5cad;color:#ffffff;"
                    + "text-decoration:none\">\(escaped(text.linkLabel))</a></p>",
                paragraph(text.validity(expiresAt)),
                "<p style=\"font-size:14px;word-break:break-all\">\(escaped(url))</p>",
            ]
        case .code(let code):
            [
                paragraph(text.codeIntroduction), "<p><code>\(escaped(code))</code></p>",
                paragraph(text.validity(expiresAt)),
            ]
        }
    }

    private func paragraph(_ sentence: String) -> String { "<p>\(escaped(sentence))</p>" }
}

/// Text for an element or a quoted attribute of HTML.
private func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result.append(contentsOf: "&amp;".unicodeScalars)
        case "<": result.append(contentsOf: "&lt;".unicodeScalars)
        case ">": result.append(contentsOf: "&gt;".unicodeScalars)
        case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
        case "'": result.append(contentsOf: "&#39;".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}
