internal import AccessModel
internal import Diagnostics
internal import Syntax

/// Memberships from the tenant's side, so that the tenant's owners own a file.
struct MembersManifest {
    static let tenant = Field("tenant", .tenantName, required: true, "The tenant's name.")
    static let admins = Field(
        "admins", .list(.record(MembershipEntry.ofTenant)), required: true, "Its admins.")
    static let record = Record(
        [tenant, admins], kind: .members, "Memberships of one tenant.")

    var tenant: Located<TenantName>
    var memberships: [MembershipEntry]

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .members, key: Self.tenant)
        guard let fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let tenant = fields.name(Self.tenant, .tenant, as: TenantTag.self, &findings)
        fields.check(&findings)
        memberships =
            fields.list(Self.admins, &findings) { node, findings in
                MembershipEntry(node, in: tenant, about: subject, &findings)
            } ?? []
        guard let tenant else { return nil }
        self.tenant = tenant
    }
}
