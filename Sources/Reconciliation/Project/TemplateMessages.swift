import Diagnostics
import Invitations
import Manifests

// What is said about the templates of a project's own: E114 and W114.

extension Diagnostic {
    static func templateTooBig(_ path: String, _ size: Int, _ limit: Int) -> Diagnostic {
        Diagnostic(
            "E114", subject: path, message: "it has \(size) bytes, more than \(limit).",
            help: "Write it shorter; pictures belong on a page.")
    }

    static func brokenTemplate(
        _ problem: TemplateProblem, in path: String, at span: Span
    ) -> Diagnostic {
        let (message, help) = sentences(about: problem.kind)
        return Diagnostic("E114", subject: path, message: message, help: help, at: span)
    }

    /// A file that looks like a template, and is called like none.
    static func noTemplate(_ file: SourceFile, at span: Span) -> Diagnostic {
        let name = String(file.path.dropFirst(TemplateName.folder.count + 1))
        let names = LetterKind.allCases.flatMap { kind in
            LetterFormat.allCases.map { TemplateName(kind, $0).file }
        }
        let help =
            suggestion(for: name, among: names).map { "Did you mean `\($0)`?" }
            ?? "The names are create-account, join and removed, with .txt or .html; `join.de.txt` "
            + "is for one language."
        return Diagnostic(
            "W114", subject: visible(file.path), message: "no letter uses it.", help: help,
            at: span)
    }

    /// Only one of the two parts that say the same is the project's own.
    static func halfReplaced(_ path: String, missing: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "W114", subject: path,
            message: "the letter's other part is the built-in one, and mail programs show either.",
            help: "Write `\(TemplateName.folder)/\(missing)`, too.", at: span)
    }
}

private func sentences(about kind: TemplateProblem.Kind) -> (message: String, help: String?) {
    switch kind {
    case .otherEncoding(let name): ("it is \(name), not UTF-8.", "Save it as UTF-8.")
    case .notUTF8: ("it is not valid UTF-8.", "Save it as UTF-8.")
    case .forbiddenCharacter(let sentence): ("it " + sentence, "Remove the character.")
    case .empty: ("it is empty.", "Remove the file, so that the built-in letter is used.")
    case .unclosedTag: ("a tag begins with `{{` and has no `}}`.", "Close it.")
    case .unescaped:
        (
            "a value would not be escaped.",
            "Write `{{name}}`: names come from people, and are never HTML."
        )
    case .unsupported(let sign):
        (
            "tags with `\(sign)` are not supported.",
            "Letters have variables, sections (`#`, `^`, `/`) and comments (`!`)."
        )
    case .malformedName(let name):
        (
            name.isEmpty ? "a tag has no name." : "`\(visible(name))` is no name of a variable.",
            "Names are letters only, as `inviter`."
        )
    case .unknownVariable(let name, let known):
        (
            "there is no variable `\(name)` here.",
            suggestion(for: name, among: known).map { "Did you mean `\($0)`?" }
                ?? "There are \(known.map { "`\($0)`" }.joined(separator: ", "))."
        )
    case .notText(let name):
        ("`\(name)` is no text.", "Open it as a section: `{{#\(name)}}…{{/\(name)}}`.")
    case .noElement: ("`{{.}}` stands for nothing here.", "Write it inside of a list or a text.")
    case .closesNothing(let name): ("`{{/\(name)}}` closes nothing.", "Remove it.")
    case .closesOther(let name, let open):
        ("`{{/\(name)}}` stands where `\(open)` is to be closed.", "Close `\(open)` first.")
    case .unclosedSection(let name): ("the section `\(name)` is not closed.", "Close it.")
    case .tooDeep: ("sections are nested too deeply.", "Write it flatter.")
    case .unsafeSection(let name):
        (
            "the section `\(name)` begins or ends inside of an HTML tag or where text is code.",
            "Put it around whole elements."
        )
    case .unsafePlace:
        (
            "a variable stands where escaping does not protect.",
            "Put it into text, or into an attribute with quotes that is no code."
        )
    case .noLinkVariable(let name):
        ("`\(name)` is no link.", "URLs are made of `link` or `placeLink` only.")
    case .lacksLink(let variable):
        (
            "letters by it would lack what they are for.",
            "Write `{{\(variable)}}` where everybody gets it."
        )
    case .library(let reason): ("it is no template: \(visible(reason)).", nil)
    }
}
