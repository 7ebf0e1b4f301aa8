internal import AccessModel
internal import Diagnostics

// What is right and of no use: W150 to W153.
extension Diagnostic {
    static func givenByBundle(
        _ grant: Located<Grant>, by bundle: Located<Name<BundleTag>>, about subject: Subject
    ) -> Diagnostic {
        Diagnostic(
            "W150", subject: subject.text,
            message: "has \(grant.value.sort) `\(grant.value.name.excerpt)` twice: "
                + "in its own list and by the bundle `\(bundle.value)`.",
            help: "Remove it here, unless it shall stay when the bundle changes.", at: grant.span,
            label: "given twice", notes: [Note("the bundle gives it too", at: bundle.span)])
    }

    static func givenByBundles(
        _ grants: [Grant], by bundle: Located<Name<BundleTag>>,
        and other: Located<Name<BundleTag>>, about subject: Subject
    ) -> Diagnostic {
        let names = grants.map { "`\($0.name.excerpt)`" }
        let shown = names.prefix(5).joined(separator: ", ")
        let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
        return Diagnostic(
            "W150", subject: subject.text,
            message: "has \(shown)\(rest) twice: by the bundles `\(other.value)` and "
                + "`\(bundle.value)`.",
            help: "Leave out one of the bundles, or what they share.", at: bundle.span,
            label: "given twice", notes: [Note("this bundle gives it too", at: other.span)])
    }

    static func adminTwice(_ user: Address, at span: Span, list: Span) -> Diagnostic {
        Diagnostic(
            "W150", subject: user.text,
            message: "is an admin twice: by `admin: true` and by the tenant's `identityAdmins`.",
            help: "Remove `admin: true`, unless it shall stay when the tenant's list changes.",
            at: span, label: "an admin already", notes: [Note("the tenant's list", at: list)])
    }

    static func unusedBundle(about subject: Subject, at span: Span) -> Diagnostic {
        Diagnostic(
            "W151", subject: subject.text, message: "is in no membership.",
            help: "Remove it, or use it.", at: span, label: "unused")
    }

    /// - Parameter sort: `role` or `permission`.
    static func unusedRight(_ sort: String, about address: Address, at span: Span) -> Diagnostic {
        let places = sort == "role" ? "available on no tenant, and in no" : "in no"
        return Diagnostic(
            "W152", subject: address.text,
            message: "is \(places) membership, bundle, policy or access test.",
            help: "Use it, or remove it; `state: absent` deletes it from the store.", at: span,
            label: "unused")
    }

    static func hasExpired(_ instant: Instant, _ span: Span, about subject: Subject) -> Diagnostic {
        Diagnostic(
            "W153", subject: subject.text, message: "has expired, at \(instant.text).",
            help: "Remove the entry once `apply` has removed the access.", at: span,
            label: "in the past")
    }
}

extension Grant {
    fileprivate var sort: String {
        switch self {
        case .permission: "the permission"
        case .role: "the role"
        }
    }
}
