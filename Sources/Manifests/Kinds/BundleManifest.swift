internal import AccessModel
internal import Diagnostics
internal import Syntax

/// A named set of grants, expanded when the project is loaded; never stored.
struct BundleManifest {
    static let name = Field("name", .name, required: true, "The bundle's name.")
    static let permissions = Field("permissions", .list(.name), "The permissions it gives.")
    static let roles = Field("roles", .list(.name), "The roles it gives.")
    static let record = Record(
        [name, permissions, roles], kind: .bundle,
        "A bundle: a named set of permissions and roles, expanded in memberships.")

    var name: Located<Name<BundleTag>>
    var permissions: [Located<PermissionName>]
    var roles: [Located<RoleName>]

    var subject: Subject { .document(kind: Kind.bundle.rawValue, key: name.value.text) }

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .bundle, key: Self.name)
        guard let fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let name = fields.name(Self.name, .general, as: BundleTag.self, &findings)
        fields.check(&findings)
        permissions =
            fields.names(Self.permissions, .general, as: PermissionTag.self, &findings) ?? []
        roles = fields.names(Self.roles, .general, as: RoleTag.self, &findings) ?? []
        guard let name else {
            findings.keep(
                LooseReferences(subject: subject, permissions: permissions, roles: roles))
            return nil
        }
        self.name = name
    }
}
