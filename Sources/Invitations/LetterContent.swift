package import AccessModel

/// What a letter says, in the words of its templates.
package struct LetterContent: Hashable, Sendable {
    package let subject: String
    package let text: String
    package let html: String

    /// - Parameters:
    ///   - acceptURL: where invitations are accepted; without one the letter shows the token alone.
    ///   - token: of a generation of an invitation.
    package init(
        _ letter: Letter, acceptURL: String?, templates: LetterTemplates,
        token: (_ invitation: String, _ generation: Int) -> String
    ) {
        let kind = LetterKind(letter)
        let language = Language.spoken(letter.language)
        let values = LetterValues(letter, acceptURL: acceptURL, language: language, token: token)
        let text = templates.template(kind, .text, language: letter.language)
        let builtIn = LetterTemplates.builtIn(kind, .text, language)
        subject = text.subject(values) ?? builtIn.subject(values) ?? letter.inviter
        self.text = text.body(values)
        html = templates.template(kind, .html, language: letter.language).body(values)
    }
}
