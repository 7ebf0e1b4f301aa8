internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What must hold in some or all tenants.
struct PolicyManifest {
    static let name = Field("name", .name, required: true, "The policy's name.")
    static let tenants = Field(
        "tenants", .list(.tenantName), "Where it holds; left out, in all tenants.")
    static let rules = Field(
        "rules", .list(.record(PolicyRuleEntry.record)), required: true, "What must hold.")
    static let record = Record([name, tenants, rules], kind: .policy, "What must hold.")

    var name: Located<Name<Self>>
    var tenants: [Located<TenantName>]?
    var rules: [PolicyRuleEntry]

    var subject: Subject { .address(.policy(name.value.text, rule: nil)) }

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .policy, key: Self.name)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let name = fields.name(Self.name, .general, as: Self.self, &findings)
        if let name { fields.subject = .address(.policy(name.value.text, rule: nil)) }
        fields.check(&findings)
        tenants = fields.names(Self.tenants, .tenant, as: TenantTag.self, &findings)
        rules = fields.numbered(Self.rules, &findings, PolicyRuleEntry.init) { number in
            name.map { .policy($0.value.text, rule: number) }
        }
        guard let name else {
            findings.keep(
                LooseReferences(
                    subject: subject, tenants: tenants ?? [], grants: rules.flatMap(\.grants)))
            return nil
        }
        self.name = name
    }
}
