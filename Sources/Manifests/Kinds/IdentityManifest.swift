internal import AccessModel
internal import Diagnostics
internal import Syntax

/// A data scope with its own users.
struct IdentityManifest {
    static let code = Field(
        "code", .identityCode, required: true,
        "Lower case, dot separated, unique in the store: `io.acme.plant1`.")
    static let tenant = Field("tenant", .tenantName, required: true, "The tenant it belongs to.")
    static let title = Field("title", .title, "The identity in words.")
    static let formerly = Field(
        "formerly", .list(.identityCode), "Earlier codes; a rename sends no mail.")
    static let management = Field(
        "management", .word(Management.allCases.map(\.rawValue)),
        "`authoritative` (default): undeclared users are removed. `additive`: they are left alone "
            + "and listed as unmanaged. `observe`: nothing is changed.")
    static let users = Field("users", .list(.record(IdentityUserEntry.record)), "Its users.")
    static let record = Record(
        [
            code, tenant, title, formerly, management, users, PresenceFields.state,
            PresenceFields.cascade,
        ], kind: .identity, "An identity: a data scope with its own users.")

    var declared: DesiredIdentity
    var formerly: [Located<IdentityCode>]
    var tenant: Located<TenantName>
    var users: [IdentityUserEntry]
    /// Users who are not among `users`, because hardly anybody needs to see them.
    var condensed: CondensedUsers?
    /// How many of `users`, the last ones, are among those too, for somebody asked for them.
    var restored = 0
    /// Where the list of users begins.
    var usersStart: Int?
    var span: Span

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .identity, key: Self.code)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let code = fields.name(Self.code, .identity, as: IdentityTag.self, &findings)
        if let code { fields.subject = .address(.identity(code.value)) }
        fields.check(&findings)
        let tenant = fields.name(Self.tenant, .tenant, as: TenantTag.self, &findings)
        let title = fields.text(Self.title, &findings)
        formerly = fields.names(Self.formerly, .identity, as: IdentityTag.self, &findings) ?? []
        let management = fields.word(Self.management, as: Management.self, &findings)
        let owner = fields.subject
        usersStart = fields[Self.users].map { Int($0.span.start) }
        users =
            fields.list(Self.users, &findings) { node, findings in
                IdentityUserEntry(node, of: code?.value, about: owner, &findings)
            } ?? []
        let presence = fields.presence(&findings)
        guard let code, let tenant else {
            if let code { findings.noteMisread(code.value.text) }
            if let tenant { findings.keep(LooseReferences(subject: subject, tenants: [tenant])) }
            return nil
        }
        self.tenant = tenant
        declared = DesiredIdentity(
            code: code.value, tenant: tenant.value, title: title ?? "",
            formerly: formerly.map(\.value).sorted(), management: management ?? .authoritative,
            presence: presence)
        span = code.span
    }
}
