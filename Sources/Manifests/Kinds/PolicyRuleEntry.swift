internal import AccessModel
internal import Diagnostics
internal import Syntax

/// One rule of a policy: a mapping with one key, which says the kind of rule.
struct PolicyRuleEntry {
    enum Body {
        case mutuallyExclusive([GrantReference])
        case holders(GrantReference, count: Int, atMost: Bool)
        /// A rule that needs no names to be looked up.
        case ready(PolicyRule)
    }

    static let count = Field("count", .integer(0...1_000_000), required: true, "How many.")
    static let holders = Record(
        [GrantReference.permission, GrantReference.role, count],
        "A permission or a role, and how many may or must hold it.")
    static let outsideDomains = Field(
        "outsideDomains", .list(.text), "People of other domains than these.")
    static let within = Field("within", .duration, "At most so far ahead, as in `180d`.")
    static let expiry = Record([outsideDomains, within], "Who must have an end.")
    static let sensitive = Field(
        "sensitive", .boolean, "Only for memberships with a sensitive role.")
    static let reasons = Record([sensitive], "Which memberships must say why.")

    static let mutuallyExclusive = Field(
        "mutuallyExclusive", .list(GrantReference.shape), "Nobody holds two of these in one tenant."
    )
    static let maxHolders = Field(
        "maxHolders", .record(holders), "At most so many hold it; pending and blocked ones count.")
    static let minHolders = Field(
        "minHolders", .record(holders),
        "At least so many hold it: active, not blocked, not expiring within 14 days.")
    static let allowedDomains = Field(
        "allowedDomains", .list(.text), "Members have addresses of these domains.")
    static let requireExpiry = Field(
        "requireExpiry", .record(expiry), "Memberships of people outside the domains end.")
    static let requireReason = Field(
        "requireReason", .record(reasons), "Memberships say why.")
    static let record = Record(
        [mutuallyExclusive, maxHolders, minHolders, allowedDomains, requireExpiry, requireReason],
        isChoice: true, "One rule.")

    /// Its place in the policy, counted from 1.
    var number: Int
    var body: Body
    var span: Span

    init?(_ node: Node, number: Int, about subject: Subject, _ findings: inout Findings) {
        guard let fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        fields.check(&findings)
        let written = Self.record.fields.filter(fields.isWritten)
        guard written.count == 1, let field = written.first else {
            if !(written.isEmpty && !node.entries.isEmpty) {
                findings.add(
                    .notOneField(
                        Self.record.fields.map(\.name), about: subject, at: node.span,
                        none: written.isEmpty))
            }
            return nil
        }
        guard let body = Self.body(field, fields, &findings) else { return nil }
        self.body = body
        self.number = number
        span = fields.keySpan(of: field.name)
    }

    /// What the rule refers to.
    var grants: [GrantReference] {
        switch body {
        case .mutuallyExclusive(let grants): grants
        case .holders(let grant, _, _): [grant]
        case .ready: []
        }
    }

    private static func body(
        _ field: Field, _ fields: Fields, _ findings: inout Findings
    ) -> Body? {
        switch field.name {
        case mutuallyExclusive.name:
            let grants = fields.grants(field, &findings)
            if grants.count < 2, let node = fields[field], node.kind == .sequence,
                node.elements.count < 2
            {
                findings.add(.tooFew(field.name, about: fields.subject, at: node.span))
            }
            return .mutuallyExclusive(grants)
        case maxHolders.name, minHolders.name:
            guard let inner = fields.record(field, &findings) else { return nil }
            inner.check(&findings)
            let grant = inner.grant(GrantReference.permission, GrantReference.role, &findings)
            let count = inner.integer(count, &findings)
            guard let grant, let count else {
                if let grant {
                    findings.keep(LooseReferences(subject: fields.subject, grants: [grant]))
                }
                return nil
            }
            return .holders(grant, count: count, atMost: field.name == maxHolders.name)
        case allowedDomains.name:
            guard fields[field] != nil else { return nil }
            return .ready(.allowedDomains(fields.domains(field, &findings)))
        case requireExpiry.name:
            guard let inner = fields.record(field, &findings) else { return nil }
            inner.check(&findings)
            return .ready(
                .requireExpiry(
                    outsideDomains: inner.domains(outsideDomains, &findings),
                    within: inner.duration(within, &findings)))
        default:
            guard let inner = fields.record(field, &findings) else { return nil }
            inner.check(&findings)
            return .ready(
                .requireReason(sensitiveOnly: inner.boolean(sensitive, &findings) ?? false))
        }
    }
}

extension Fields {
    /// Domains of addresses, lower-cased and in A-labels, sorted.
    func domains(_ field: Field, _ findings: inout Findings) -> [String] {
        let domains = distinct(field, &findings) { node, findings -> Located<String>? in
            guard let text = scalar(node, of: field.name, &findings) else { return nil }
            if case .success(let email) = EmailAddress.parse("x@" + text) {
                return Located(String(email.domain), at: node.span)
            }
            findings.add(
                .notExpected("a domain as in `acme.example`", node, of: field.name, about: subject))
            return nil
        }
        return (domains ?? []).map(\.value).sorted()
    }
}
