/// Why a text is no template for letters (E114).
package struct TemplateProblem: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case notUTF8
        /// By its name.
        case otherEncoding(String)
        /// A character that may steer a terminal, reorder text or hide.
        case forbiddenCharacter(String)
        case empty
        /// `{{` without its `}}`.
        case unclosedTag
        /// `{{{name}}}` and `{{&name}}`: what comes from people is always escaped.
        case unescaped
        /// Partials, blocks, other delimiters, pragmas: by their sign.
        case unsupported(String)
        case malformedName(String)
        case unknownVariable(String, known: [String])
        /// `{{places}}` where only a section makes sense.
        case notText(String)
        /// `{{.}}` outside of a section.
        case noElement
        case closesNothing(String)
        case closesOther(String, open: String)
        case unclosedSection(String)
        case tooDeep
        /// A variable in HTML where escaping does not protect: a tag's bare inside, a script.
        case unsafePlace
        /// A section or its end inside of an HTML tag, a comment, a script or a style sheet.
        case unsafeSection(String)
        /// A URL made of a variable that is no link.
        case noLinkVariable(String)
        /// The letter would not have the link (or code) that it is for.
        case lacksLink(variable: String)
        /// What the library says that is none of these.
        case library(String)
    }

    package var kind: Kind
    /// Bytes of the file.
    package var start: Int
    package var end: Int

    init(_ kind: Kind, at range: Range<Int>) {
        self.kind = kind
        start = range.lowerBound
        end = range.upperBound
    }
}
