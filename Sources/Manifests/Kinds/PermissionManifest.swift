internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What an admin may do to other admins.
struct PermissionManifest {
    static let name = Field("name", .name, required: true, "The permission's name.")
    static let title = Field("title", .title, "The permission in words.")
    static let record = Record(
        [name, title, PresenceFields.state, PresenceFields.cascade], kind: .permission,
        "A permission: what an admin may do to other admins.")

    var declared: DesiredPermission
    var span: Span

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .permission, key: Self.name)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let name = fields.name(Self.name, .general, as: PermissionTag.self, &findings)
        if let name { fields.subject = .address(.permission(name.value)) }
        fields.check(&findings)
        let title = fields.text(Self.title, &findings)
        var presence = fields.presence(&findings)
        guard let name else { return nil }
        if presence != .present,
            let builtIn = Permission.builtIn.first(where: { $0.name == name.value })
        {
            findings.add(
                Diagnostic(
                    "E102", subject: fields.subject.text,
                    message: "`\(builtIn.name)` always exists and cannot be absent.",
                    help: "Remove `state: absent`.",
                    at: fields[PresenceFields.state]?.span ?? node.span, label: "cannot be absent"))
            presence = .present
        }
        let builtIn = Permission.builtIn.first { $0.name == name.value }
        declared = DesiredPermission(
            permission: Permission(name: name.value, title: title ?? builtIn?.title ?? ""),
            presence: presence)
        span = name.span
    }
}
