internal import AccessModel
internal import Diagnostics

// What is odd about people: E102 for a pipeline's details, W130, W134, W141.
extension Diagnostic {
    static func detailOfAutomation(
        _ field: String, about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "E102", subject: subject.text,
            message: "has `\(field)`, which an automation account cannot have.",
            help: "Remove it, or `automation: true`.", at: span, label: "not for automation")
    }

    static func missingDetails(
        _ fields: [String], about subject: Subject, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            "W130", subject: subject.text,
            message: "has no \(alternatives(of: fields)), which a new admin needs.",
            help: "Add \(fields.count == 1 ? "it" : "them"), unless the account exists already.",
            at: span, label: "details are missing")
    }

    static func emptyMembership(about subject: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            "W134", subject: subject.text, message: "gives neither permissions nor roles.",
            help: "Add `permissions` or `roles`, or remove the membership.", at: span,
            label: "gives nothing")
    }

    static func adminByLabel(about subject: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            "W141", subject: subject.text,
            message: "has a role named `admin` and is no admin: roles here are information.",
            help: "Write `admin: true` if the user shall change users.", at: span,
            label: "no admin")
    }
}
