internal import AccessModel
internal import Diagnostics

// What one document says of another: E110, E120, E121, E131, E133 to E137, W136.
extension Diagnostic {
    static func noProject(at span: Span?) -> Diagnostic {
        Diagnostic(
            "E107", subject: "project", message: "has no document of kind `Project`.",
            help: "Write one in muster.yaml: `kind: Project` and `name: …`.", at: span)
    }

    static func onlyProject(at span: Span?) -> Diagnostic {
        Diagnostic(
            "E110", subject: "project", message: "has no document but the Project.",
            help: "Add manifests below this folder; nothing was read that says who has access.",
            at: span, label: "the only document")
    }

    static func declaredTwice(_ subject: Subject, at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            "E131", subject: subject.text, message: "is declared a second time.",
            help: "Keep one of the two declarations.", at: span, label: "declared again",
            notes: [Note("first declared here", at: first)])
    }

    static func declaredAndFormer(
        _ name: String, about subject: Subject, at span: Span, declared: Span
    ) -> Diagnostic {
        Diagnostic(
            "E131", subject: subject.text,
            message: "has `\(name.excerpt)` among its earlier names, which is declared itself.",
            help: "Keep the declaration or the earlier name.", at: span, label: "an earlier name",
            notes: [Note("declared here", at: declared)])
    }

    static func formerTwice(
        _ name: String, about subject: Subject, at span: Span, first: Span
    ) -> Diagnostic {
        Diagnostic(
            "E131", subject: subject.text,
            message: "has `\(name.excerpt)` among its earlier names, as another declaration has.",
            help: "Keep one of the two.", at: span, label: "claimed again",
            notes: [Note("first claimed here", at: first)])
    }

    static func unknown(
        _ code: String, _ sort: String, _ name: String, about subject: Subject, at span: Span,
        near: String?
    ) -> Diagnostic {
        Diagnostic(
            code, subject: subject.text, message: "names the unknown \(sort) `\(name.excerpt)`.",
            help: near.map { "Did you mean `\($0)`?" } ?? "Declare it, or remove the name.",
            at: span, label: near.map { "did you mean `\($0)`?" } ?? "unknown \(sort)")
    }

    static func absent(
        _ code: String, _ sort: String, _ name: String, about subject: Subject, at span: Span,
        declared: Span
    ) -> Diagnostic {
        Diagnostic(
            code, subject: subject.text,
            message: "names the \(sort) `\(name.excerpt)`, which is declared `state: absent`.",
            help: "Remove the name, or the \(sort)'s `state: absent`.", at: span,
            label: "to be deleted", notes: [Note("declared absent here", at: declared)])
    }

    static func notAvailable(
        _ role: RoleName, bundle: String?, in tenant: TenantName, about subject: Subject,
        at span: Span, list: Span?
    ) -> Diagnostic {
        let origin = bundle.map { " (from the bundle `\($0)`)" } ?? ""
        return Diagnostic(
            "E121", subject: subject.text,
            message: "has the role `\(role)`\(origin), which is not available on `\(tenant)`.",
            help: "Add it to the tenant's `availableRoles`, or remove it here.", at: span,
            label: "not available",
            notes: [Note("the roles available on `\(tenant)`", at: list)])
    }

    static func colliding(
        _ email: EmailAddress, _ other: EmailAddress, at span: Span, other place: Span
    ) -> Diagnostic {
        Diagnostic(
            "E136", subject: email.canonical,
            message: "is the same address as \(other) to systems that fold letters.",
            help: "Declare one of the two.", at: span, label: "collides",
            notes: [Note("the other one", at: place)])
    }

    static func lookingAlike(
        _ email: EmailAddress, _ other: EmailAddress, at span: Span, other place: Span
    ) -> Diagnostic {
        Diagnostic(
            "W136", subject: email.canonical, message: "looks like \(other).",
            help: "Check that both are meant.", at: span, label: "looks alike",
            notes: [Note("the other one", at: place)])
    }
}
