internal import AccessModel
internal import Diagnostics
internal import Syntax

/// One user of an identity, as an entry of an Identity or an IdentityUsers document.
struct IdentityUserEntry {
    static let email = Field("email", .email, required: true, "The user's address.")
    static let admin = Field("admin", .boolean, "May change the users of this identity.")
    static let roles = Field(
        "roles", .list(.label), "Informational text, without commas; no rights follow.")
    static let enabled = Field("enabled", .boolean, "Left out, it is not managed.")
    static let expires = Field(
        "expires", .moment, "When the user leaves: a date, at 24:00 UTC, or an RFC 3339 instant.")
    static let record = Record(
        [email, admin, roles, enabled, expires], describesPerson: true, "A user of the identity.")

    var email: EmailAddress
    var roles: SortedSet<Label>
    var expires: Instant?
    var span: Span
    /// Where `admin: true` is written.
    var adminSpan: Span?
    var enabled: Bool?

    var admin: Bool { adminSpan != nil }

    init?(
        _ node: Node, of identity: IdentityCode?, about owner: Subject, _ findings: inout Findings
    ) {
        if let plain = Self(plain: node, &findings) {
            self = plain
            return
        }
        guard var fields = Fields(node, Self.record, about: owner, &findings) else { return nil }
        let email = fields.email(Self.email, &findings)
        if let identity, let email {
            fields.subject = .address(.identityUser(identity, email.value))
        }
        fields.check(&findings)
        if fields.boolean(Self.admin, &findings) == true { adminSpan = fields[Self.admin]?.span }
        roles = fields.labels(Self.roles, &findings)
        enabled = fields.boolean(Self.enabled, &findings)
        expires = fields.moment(Self.expires, &findings)
        guard let email else { return nil }
        self.email = email.value
        span = email.span
    }
}

extension IdentityUserEntry {
    init(
        email: EmailAddress, roles: SortedSet<Label>, span: Span, adminSpan: Span? = nil,
        enabled: Bool?
    ) {
        self.email = email
        self.roles = roles
        self.span = span
        self.adminSpan = adminSpan
        self.enabled = enabled
    }

    /// The quick look, for there may be a million: `nil`, and nothing said, for an entry that wants
    /// a closer one, right or wrong.
    fileprivate init?(plain node: Node, _ findings: inout Findings) {
        guard node.kind == .mapping, !node.isIncomplete else { return nil }
        var email: Node?
        var roles: SortedSet<Label> = []
        for (key, value) in node.entries {
            if key.says("email") {
                email = value
            } else if key.says("roles") {
                guard let set = findings.plainSet(of: value) else { return nil }
                roles = set
            } else if key.says("admin") {
                guard let admin = value.plainBoolean else { return nil }
                if admin { adminSpan = value.span }
            } else if key.says("enabled") {
                guard let flag = value.plainBoolean else { return nil }
                enabled = flag
            } else {
                return nil
            }
        }
        guard let email, email.kind == .scalar,
            case .success(let address) = EmailAddress.parse(email.text)
        else { return nil }
        self.email = address
        self.roles = roles
        span = email.span
    }
}

extension Node {
    fileprivate var plainBoolean: Bool? {
        guard style == .plain else { return nil }
        return says("true") ? true : says("false") ? false : nil
    }
}
