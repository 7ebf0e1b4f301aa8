internal import AccessModel
internal import Diagnostics

// What the reader says about texts, addresses and times: E104, E106, E108, E113, E142 and
// W105, W108, W145.
extension Diagnostic {
    static func badEmail(
        _ problem: EmailProblem, _ text: String, in field: String, about subject: Subject,
        at span: Span
    ) -> Diagnostic {
        Diagnostic(
            problem.code, subject: subject.text,
            message: "`\(field)` is `\(text.excerpt)`, which " + problem.sentence,
            help: problem.help,
            at: span, label: problem.suggestion.map { "write `\($0)`" } ?? "not an e-mail address")
    }

    static func badCharacter(
        _ problem: TextProblem, in field: String, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "E108", subject: subject.text, message: "`\(field)` " + problem.sentence,
            help: problem.help, at: span, label: "\(problem.codePoint) in here")
    }

    static func mixedScripts(in field: String, about subject: Subject, at span: Span) -> Diagnostic
    {
        Diagnostic(
            "W108", subject: subject.text,
            message: "`\(field)` mixes letters of several alphabets in one word.",
            help: "Check that every letter is the one it looks like.", at: span,
            label: "several alphabets")
    }

    static func notE164(
        _ text: String, about subject: Subject, at span: Span, likely: String?
    ) -> Diagnostic {
        Diagnostic(
            "E106", subject: subject.text,
            message: "`mobile` is `\(text.excerpt)`, which is no E.164 number.",
            help: likely.map { "Write `\"\($0)\"`." }
                ?? "Write a plus, the country code and the number, as in `\"+31612345678\"`.",
            at: span, label: "not E.164")
    }

    static func unquotedMobile(_ text: String, about subject: Subject, at span: Span) -> Diagnostic
    {
        Diagnostic(
            "W105", subject: subject.text,
            message: "`mobile` is not quoted; other YAML tools read it as a number.",
            help: "Write `\"\(text)\"`.", at: span, label: "quote it")
    }

    static func passwordInURL(_ field: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E113", subject: "project", message: "`\(field)` has a password in its URL.",
            help: "Remove it, and change it: it is in the history now. "
                + "Passwords come from the environment.",
            at: span, label: "a password")
    }

    static func labelWithComma(_ text: String, about subject: Subject, at span: Span) -> Diagnostic
    {
        Diagnostic(
            "E142", subject: subject.text, message: "the role `\(text.excerpt)` has a comma.",
            help: "Write each role as an entry of its own.", at: span, label: "a comma")
    }

    static func expiresSoon(_ instant: Instant, _ span: Span, about subject: Subject) -> Diagnostic
    {
        Diagnostic(
            "W145", subject: subject.text, message: "expires within 14 days, at \(instant.text).",
            help: "Extend it, or let it go.", at: span, label: "soon")
    }
}
