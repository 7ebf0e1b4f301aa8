internal import AccessModel
internal import Diagnostics
internal import Syntax

/// One membership, as an entry of an Admin or a Members document.
struct MembershipEntry {
    static let permissions = Field(
        "permissions", .list(.name), "What the admin may do to other admins here.")
    static let roles = Field("roles", .list(.name), "The rights in the product here.")
    static let bundles = Field("bundles", .list(.name), "Named sets of permissions and roles.")
    static let expires = Field(
        "expires", .moment,
        "When the membership ends: a date, at 24:00 UTC, or an RFC 3339 instant.")
    static let grantedBy = Field(
        "grantedBy", .email, "Who gives the permissions and roles: attributes and narrows.")
    static let reason = Field("reason", .text, "Why, for reviewers and the audit.")
    private static let rights = [permissions, roles, bundles]
    static let shared = rights + [expires, grantedBy, reason]

    static let tenant = Field("tenant", .tenantName, required: true, "The tenant's name.")
    static let email = Field("email", .email, required: true, "The person's address.")
    /// As it stands in an Admin document.
    static let ofPerson = Record(
        [tenant] + shared, describesPerson: true, "A membership in a tenant.")
    /// As it stands in a Members document.
    static let ofTenant = Record(
        [email] + shared, describesPerson: true, "An admin of the tenant.")

    var tenant: Located<TenantName>
    var email: EmailAddress
    var permissions: [Located<PermissionName>]
    var roles: [Located<RoleName>]
    var bundles: [Located<Name<BundleTag>>]
    var expires: Instant?
    var grantedBy: EmailAddress?
    var reason: String?
    /// None of the three lists is written, not even as `[]`.
    var isBare: Bool
    /// The kind of document that it stands in.
    var document: Declaration.Document
    /// The entry: its tenant or its address.
    var span: Span

    var subject: Subject { .address(.membership(tenant.value, email)) }

    /// An entry of an Admin's `memberships`; `person` is `nil` when the document's address is bad.
    init?(_ node: Node, of person: EmailAddress?, about owner: Subject, _ findings: inout Findings)
    {
        guard var fields = Fields(node, Self.ofPerson, about: owner, &findings) else { return nil }
        let tenant = fields.name(Self.tenant, .tenant, as: TenantTag.self, &findings)
        if let tenant, let person { fields.subject = .address(.membership(tenant.value, person)) }
        if let tenant, person == nil {
            findings.keep(LooseReferences(subject: owner, tenants: [tenant]))
        }
        self.init(fields, tenant, person, at: tenant?.span, in: .admin, &findings)
    }

    /// An entry of a Members' `admins`.
    init?(
        _ node: Node, in tenant: Located<TenantName>?, about owner: Subject,
        _ findings: inout Findings
    ) {
        guard var fields = Fields(node, Self.ofTenant, about: owner, &findings) else { return nil }
        let email = fields.email(Self.email, &findings)
        if let tenant, let email {
            fields.subject = .address(.membership(tenant.value, email.value))
        }
        self.init(fields, tenant, email?.value, at: email?.span, in: .members, &findings)
    }

    private init?(
        _ fields: Fields, _ tenant: Located<TenantName>?, _ email: EmailAddress?, at span: Span?,
        in document: Declaration.Document, _ findings: inout Findings
    ) {
        self.document = document
        fields.check(&findings)
        permissions =
            fields.names(Self.permissions, .general, as: PermissionTag.self, &findings) ?? []
        roles = fields.names(Self.roles, .general, as: RoleTag.self, &findings) ?? []
        bundles = fields.names(Self.bundles, .general, as: BundleTag.self, &findings) ?? []
        expires = fields.moment(Self.expires, &findings)
        grantedBy = fields.email(Self.grantedBy, &findings)?.value
        reason = fields.filledText(Self.reason, &findings)
        let isFull = findings.isFull(fields.node.span.file)
        isBare = Self.rights.allSatisfy {
            !fields.isWritten($0) && !(isFull || fields.isMeant($0.name))
        }
        guard let tenant, let email, let span else {
            findings.keep(
                LooseReferences(
                    subject: fields.subject, permissions: permissions, roles: roles,
                    bundles: bundles))
            return nil
        }
        self.tenant = tenant
        self.email = email
        self.span = span
    }
}
