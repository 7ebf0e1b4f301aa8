internal import AccessModel
internal import Diagnostics
internal import Syntax

/// A right in the administered product; opaque to the planner.
struct RoleManifest {
    static let name = Field("name", .name, required: true, "The role's name.")
    static let title = Field("title", .title, "The role in words.")
    static let summary = Field("description", .text, "What the role gives, for reviewers.")
    static let application = Field(
        "application", .title, "The application it belongs to, for grouping in reports.")
    static let sensitive = Field(
        "sensitive", .boolean, "A sensitive role counts as privileged in plans and reviews.")
    static let formerly = Field(
        "formerly", .list(.name), "Earlier names; a rename sends no mail.")
    static let record = Record(
        [
            name, title, summary, application, sensitive, formerly, PresenceFields.state,
            PresenceFields.cascade,
        ], kind: .role, "A role: a right in the administered product.")

    var declared: DesiredRole
    var formerly: [Located<RoleName>]
    var span: Span

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .role, key: Self.name)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let name = fields.name(Self.name, .general, as: RoleTag.self, &findings)
        if let name { fields.subject = .address(.role(name.value)) }
        fields.check(&findings)
        let title = fields.text(Self.title, &findings)
        let description = fields.text(Self.summary, &findings)
        let application = fields.text(Self.application, &findings)
        let sensitive = fields.boolean(Self.sensitive, &findings)
        formerly = fields.names(Self.formerly, .general, as: RoleTag.self, &findings) ?? []
        let presence = fields.presence(&findings)
        guard let name else { return nil }
        declared = DesiredRole(
            role: Role(
                name: name.value, title: title ?? "", description: description ?? "",
                application: application ?? "", sensitive: sensitive ?? false),
            formerly: formerly.map(\.value).sorted(), presence: presence)
        span = name.span
    }
}
