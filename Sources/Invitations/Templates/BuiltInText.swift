/// The text part as it is without a project's own: what `language` says, laid out.
func builtInText(_ kind: LetterKind, _ language: Language) -> String {
    switch kind {
    case .createAccount:
        text(
            subject: language.createAccount.subject,
            [
                language.createAccount.opening,
                places(language) + "\n"
                    + accepting(language.createAccount, language, link: "link", code: "code")
                    + "\n" + language.createAccount.closing,
            ], language)
    case .join:
        text(
            subject: either(language.joinToAccept.subject, language.joined.subject),
            [
                either(language.joinToAccept.opening, language.joined.opening),
                places(language, with: language.joinToAccept) + "\n"
                    + "{{#ended}}\n\(language.ended)\n\n{{/ended}}\n"
                    + either(language.joinToAccept.closing, language.joined.closing),
            ], language)
    case .removed:
        text(
            subject: language.removed.subject,
            [
                language.removed.opening,
                "{{#places}}\n\(heading)\n{{/places}}\n\n" + language.removed.closing,
            ], language)
    }
}

/// One of two sentences, by whether the letter asks for anything.
func either(_ asking: String, _ telling: String) -> String {
    "{{#asks}}\(asking){{/asks}}{{^asks}}\(telling){{/asks}}"
}

private let heading = "{{title}} ({{kind}} {{name}})"

private func text(subject: String, _ paragraphs: [String], _ language: Language) -> String {
    (["Subject: \(subject)", language.greeting] + paragraphs).joined(separator: "\n\n") + "\n"
}

/// The places with what one will be able to do there, and a link each if they ask for one.
private func places(_ language: Language, with frame: Language.Frame? = nil) -> String {
    let items = [
        ("isAdmin", language.administers), ("permissions", language.may), ("roles", language.role),
    ]
    var lines = ["{{#places}}", heading]
    lines += items.flatMap { ["{{#\($0.0)}}", "  - \($0.1)", "{{/\($0.0)}}"] }
    lines += [
        "{{#isPlain}}",
        "  - {{#isTenant}}\(language.isAdmin){{/isTenant}}"
            + "{{#isIdentity}}\(language.isUser){{/isIdentity}}",
        "{{/isPlain}}",
    ]
    if let frame {
        lines += ["", accepting(frame, language, link: "placeLink", code: "placeCode")]
    }
    return (lines + ["", "{{/places}}"]).joined(separator: "\n")
}

/// How to accept: by a link, or by a code where no page accepts.
private func accepting(
    _ frame: Language.Frame, _ language: Language, link: String, code: String
) -> String {
    let ways = [(link, frame.linkIntroduction), (code, language.codeIntroduction)]
    return ways.flatMap { name, sentence in
        [
            "{{#\(name)}}", sentence, "", "{{\(name)}}", "", language.validity, "",
            "{{/\(name)}}",
        ]
    }.joined(separator: "\n")
}
