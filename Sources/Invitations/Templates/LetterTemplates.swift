internal import AccessModel

/// The templates in force: a project's own where it has one, else the built-in ones.
package struct LetterTemplates: Sendable {
    private var own: [TemplateName: LetterTemplate] = [:]

    /// None of a project's own.
    package static let builtIn = LetterTemplates()

    package init() {}

    /// Takes a file of a project, unless something is wrong with it.
    package mutating func replace(_ name: TemplateName, with bytes: [UInt8])
        throws(TemplateProblems)
    {
        own[name] = try LetterTemplate.parse(bytes, as: name.format).get()
    }

    /// Is there one of the project's own, for this language or for all?
    package func replaces(_ name: TemplateName) -> Bool { own[name] != nil }

    func own(_ name: TemplateName) -> LetterTemplate? { own[name] }

    /// The template of a letter: the project's for the language, as `de-CH` and then `de`, or for
    /// all languages; else the built-in one of the language, or in English.
    package func template(
        _ kind: LetterKind, _ format: LetterFormat, language: String
    ) -> LetterTemplate {
        let tag = language.lowercased()
        let primary = String(tag.prefix { $0 != "-" })
        for language in [tag, primary, nil] {
            if let found = own[TemplateName(kind, format, language: language)] { return found }
        }
        return Self.builtIn(kind, format, .spoken(language))
    }

    static func builtIn(
        _ kind: LetterKind, _ format: LetterFormat, _ language: Language
    ) -> LetterTemplate {
        let name = TemplateName(kind, format, language: language.code)
        guard let template = catalogue[name] else {
            preconditionFailure("every language has every template")
        }
        return template
    }

    private static let catalogue: [TemplateName: LetterTemplate] = {
        var templates: [TemplateName: LetterTemplate] = [:]
        for language in Language.all {
            for kind in LetterKind.allCases {
                for format in LetterFormat.allCases {
                    let source =
                        format == .text ? builtInText(kind, language) : builtInHTML(kind, language)
                    guard
                        case .success(let template) = LetterTemplate.parse(
                            Array(source.utf8), as: format)
                    else { preconditionFailure("the built-in templates are templates") }
                    templates[TemplateName(kind, format, language: language.code)] = template
                }
            }
        }
        return templates
    }()
}
