internal import AccessModel
internal import Diagnostics
internal import Syntax

/// More users of an identity, so that another file, and its owners, can hold them.
struct IdentityUsersManifest {
    static let identity = Field(
        "identity", .identityCode, required: true, "The code of a declared identity.")
    static let users = Field(
        "users", .list(.record(IdentityUserEntry.record)), required: true, "Its users.")
    static let record = Record(
        [identity, users], kind: .identityUsers, "More users of an identity.")

    var identity: Located<IdentityCode>
    var users: [IdentityUserEntry]

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .identityUsers, key: Self.identity)
        guard let fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let identity = fields.name(Self.identity, .identity, as: IdentityTag.self, &findings)
        fields.check(&findings)
        users =
            fields.list(Self.users, &findings) { node, findings in
                IdentityUserEntry(node, of: identity?.value, about: subject, &findings)
            } ?? []
        guard let identity else { return nil }
        self.identity = identity
    }
}
