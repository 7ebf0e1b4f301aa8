internal import AccessModel
internal import Diagnostics
internal import Syntax

/// A tenant, without its members.
struct TenantManifest {
    static let name = Field("name", .tenantName, required: true, "The tenant's name.")
    static let formerly = Field(
        "formerly", .list(.tenantName), "Earlier names; a rename sends no mail.")
    static let title = Field("title", .title, "The tenant in words.")
    static let environment = Field(
        "environment", .word(TenantEnvironment.allCases.map(\.rawValue)),
        "What the tenant is used for.")
    static let management = Field(
        "management", .word(Management.allCases.map(\.rawValue)),
        "`authoritative` (default): undeclared members are removed. `additive`: they are left "
            + "alone and listed as unmanaged. `observe`: nothing is changed.")
    static let availableRoles = Field(
        "availableRoles", .list(.name), "The roles that members can have here.")
    static let minDelegatedAdmins = Field(
        "minDelegatedAdmins", .integer(0...1_000_000),
        "How many active delegated admins must remain; overrides the project's guard.")
    static let identityAdmins = Field(
        "identityAdmins", .list(.email),
        "Addresses that are `admin: true` in each identity of the tenant.")
    static let record = Record(
        [
            name, formerly, title, environment, management, availableRoles, minDelegatedAdmins,
            identityAdmins, PresenceFields.state, PresenceFields.cascade,
        ], kind: .tenant, "A tenant, whose admins are managed.")

    var declared: DesiredTenant
    var formerly: [Located<TenantName>]
    var availableRoles: [Located<RoleName>]
    /// Where the list of available roles is written.
    var availableRolesSpan: Span?
    var identityAdmins: [Located<EmailAddress>]
    var span: Span

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .tenant, key: Self.name)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let name = fields.name(Self.name, .tenant, as: TenantTag.self, &findings)
        if let name { fields.subject = .address(.tenant(name.value)) }
        fields.check(&findings)
        formerly = fields.names(Self.formerly, .tenant, as: TenantTag.self, &findings) ?? []
        let title = fields.text(Self.title, &findings)
        let environment = fields.word(
            Self.environment, as: TenantEnvironment.self, &findings)
        let management = fields.word(Self.management, as: Management.self, &findings)
        let roles = fields.names(Self.availableRoles, .general, as: RoleTag.self, &findings)
        availableRoles = roles ?? []
        availableRolesSpan = roles == nil ? nil : fields[Self.availableRoles]?.span
        let minDelegatedAdmins = fields.integer(Self.minDelegatedAdmins, &findings)
        identityAdmins = fields.emails(Self.identityAdmins, &findings) ?? []
        let presence = fields.presence(&findings)
        guard let name else {
            findings.keep(LooseReferences(subject: subject, roles: availableRoles))
            return nil
        }
        declared = DesiredTenant(
            name: name.value, title: title ?? "", environment: environment ?? .production,
            availableRoles: roles.map { SortedSet($0.map(\.value)) },
            formerly: formerly.map(\.value).sorted(), management: management ?? .authoritative,
            minDelegatedAdmins: minDelegatedAdmins, presence: presence)
        span = name.span
    }
}
