internal import AccessModel
internal import Diagnostics
internal import Syntax

/// A permission or a role as a policy or an access test names it; which of the two a bare name is,
/// the catalogue decides.
struct GrantReference {
    enum Sort { case permission, role, either }
    enum Tag {}

    static let permission = Field("permission", .name, "The name of a permission.")
    static let role = Field("role", .name, "The name of a role.")
    static let record = Record([permission, role], isChoice: true, "A permission or a role.")
    /// A name, or `{ permission: name }` or `{ role: name }` where both have the name.
    static let shape = Shape.either(.name, .record(record))

    var sort: Sort
    var name: String
    var span: Span
}

extension Fields {
    /// `permission:` or `role:` of this mapping; E107 for neither, E102 for both.
    func grant(_ permission: Field, _ role: Field, _ findings: inout Findings) -> GrantReference? {
        let written = [permission, role].filter(isWritten)
        guard written.count == 1, let field = written.first else {
            if written.isEmpty, isMeant(permission.name) || isMeant(role.name) { return nil }
            findings.add(
                .notOneField(
                    [permission.name, role.name], about: subject, at: node.span,
                    none: written.isEmpty))
            return nil
        }
        let name = name(field, .general, as: GrantReference.Tag.self, &findings)
        return name.map {
            GrantReference(
                sort: field.name == permission.name ? .permission : .role, name: $0.value.text,
                span: $0.span)
        }
    }

    /// A list of permissions and roles, by bare name or as records.
    func grants(_ field: Field, _ findings: inout Findings) -> [GrantReference] {
        list(field, &findings) { element, findings -> GrantReference? in
            if element.kind == .mapping {
                let fields = Fields(element, GrantReference.record, about: subject, &findings)
                fields?.check(&findings)
                return fields?.grant(GrantReference.permission, GrantReference.role, &findings)
            }
            let name = name(
                of: element, field.name, .general, as: GrantReference.Tag.self, &findings)
            return name.map { GrantReference(sort: .either, name: $0.value.text, span: $0.span) }
        } ?? []
    }
}
