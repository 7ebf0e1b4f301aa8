/// The HTML part as it is without a project's own. Nothing in it is fetched, and it has no colours
/// but the button's, so that it is read on a dark screen as on a bright one.
func builtInHTML(_ kind: LetterKind, _ language: Language) -> String {
    switch kind {
    case .createAccount:
        page(
            [
                language.createAccount.opening, places(language),
                accepting(language.createAccount, language, link: "link", code: "code"),
            ], title: language.createAccount.subject, closing: language.createAccount.closing,
            language)
    case .join:
        page(
            [
                either(language.joinToAccept.opening, language.joined.opening),
                places(language, with: language.joinToAccept),
                "{{#ended}}\n\(paragraph(language.ended))\n{{/ended}}",
            ], title: either(language.joinToAccept.subject, language.joined.subject),
            closing: either(language.joinToAccept.closing, language.joined.closing), language)
    case .removed:
        page(
            [
                language.removed.opening,
                "{{#places}}\n\(card(heading))\n{{/places}}",
            ], title: language.removed.subject, closing: language.removed.closing, language)
    }
}

private let heading = """
    <p style="margin:0"><strong>{{title}}</strong><br>
    <span style="font-size:14px">{{kind}} {{name}}</span></p>
    """

private func page(
    _ blocks: [String], title: String, closing: String, _ language: Language
) -> String {
    let content = blocks.map { $0.hasPrefix("{{#") || $0.hasPrefix("<") ? $0 : paragraph($0) }
    return """
        <!DOCTYPE html>
        <html lang="\(language.code)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>\(title)</title>
        </head>
        <body style="margin:0;padding:16px;font-family:system-ui,sans-serif;font-size:16px;\
        line-height:1.5">
        <div style="max-width:36em;margin:0 auto;overflow-wrap:anywhere">
        \(isolated(paragraph(language.greeting)))
        \(isolated(content.joined(separator: "\n")))
        <p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #8888;font-size:14px">\
        \(isolated(closing))</p>
        </div>
        </body>
        </html>

        """
}

/// Names apart from the direction of the text around them: one that is written from right to left
/// must not turn the sentence that it stands in.
private func isolated(_ markup: String) -> String {
    var markup = markup
    for name in ["recipient", "inviter", "title", "name", "."] {
        markup = markup.replacing("{{\(name)}}", with: "<bdi>{{\(name)}}</bdi>")
    }
    return markup
}

private func paragraph(_ sentence: String) -> String {
    "<p style=\"margin:0 0 12px\">\(sentence)</p>"
}

private func card(_ content: String) -> String {
    """
    <div style="margin:12px 0;padding:12px 16px;border:1px solid #8888;border-radius:8px">
    \(content)
    </div>
    """
}

private func places(_ language: Language, with frame: Language.Frame? = nil) -> String {
    let list = """
        <ul style="margin:8px 0 0;padding-left:20px">
        {{#isAdmin}}
        <li>\(language.administers)</li>
        {{/isAdmin}}
        {{#permissions}}
        <li>\(language.may)</li>
        {{/permissions}}
        {{#roles}}
        <li>\(language.role)</li>
        {{/roles}}
        {{#isPlain}}
        <li>{{#isTenant}}\(language.isAdmin){{/isTenant}}\
        {{#isIdentity}}\(language.isUser){{/isIdentity}}</li>
        {{/isPlain}}
        </ul>
        """
    let accept = frame.map {
        "\n" + accepting($0, language, link: "placeLink", code: "placeCode")
    }
    return "{{#places}}\n\(card(heading + "\n" + list + (accept ?? "")))\n{{/places}}"
}

private func accepting(
    _ frame: Language.Frame, _ language: Language, link: String, code: String
) -> String {
    """
    {{#\(link)}}
    <p style="margin:20px 0"><a href="{{\(link)}}" style="display:inline-block;padding:10px 20px;\
    border-radius:6px;background:#0b5cad;color:#ffffff;font-weight:600;text-decoration:none">\
    \(frame.linkLabel)</a></p>
    <p style="margin:0 0 12px;font-size:14px">\(language.validity)</p>
    <p style="margin:0 0 12px;font-size:14px;word-break:break-all">{{\(link)}}</p>
    {{/\(link)}}
    {{#\(code)}}
    <p style="margin:20px 0 4px">\(language.codeIntroduction)</p>
    <p style="margin:0 0 12px;word-break:break-all"><code>{{\(code)}}</code></p>
    <p style="margin:0 0 12px;font-size:14px">\(language.validity)</p>
    {{/\(code)}}
    """
}
