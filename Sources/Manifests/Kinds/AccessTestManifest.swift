internal import AccessModel
internal import Diagnostics
internal import Syntax

/// Expectations that `muster test` and `muster plan` check.
struct AccessTestManifest {
    static let name = Field("name", .name, required: true, "The test's name.")
    static let expect = Field(
        "expect", .list(.record(ExpectationEntry.record)), required: true, "What is expected.")
    static let record = Record([name, expect], kind: .accessTest, "Expectations that are checked.")

    var name: Located<Name<Self>>
    var expectations: [ExpectationEntry]

    init?(_ node: Node, _ findings: inout Findings) {
        let subject = Fields.subject(of: node, .accessTest, key: Self.name)
        guard var fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        let name = fields.name(Self.name, .general, as: Self.self, &findings)
        if let name { fields.subject = .address(.accessTest(name.value.text, expectation: nil)) }
        fields.check(&findings)
        expectations = fields.numbered(Self.expect, &findings, ExpectationEntry.init) { number in
            name.map { .accessTest($0.value.text, expectation: number) }
        }
        guard let name else { return nil }
        self.name = name
    }
}

/// One expectation: a person's rights, the holders of a right, or an identity's admins.
struct ExpectationEntry {
    enum Body {
        case person(
            EmailAddress, Located<TenantName>, holds: [GrantReference], lacks: [GrantReference])
        case holders(Located<TenantName>, GrantReference, SortedSet<EmailAddress>)
        case identityAdmins(Located<IdentityCode>, SortedSet<EmailAddress>)
    }

    static let admin = Field("admin", .email, "A person, whose rights are expected.")
    static let tenant = Field("tenant", .tenantName, "The tenant's name.")
    static let holds = Field("holds", .list(GrantReference.shape), "What the person holds.")
    static let lacks = Field(
        "lacks", .list(GrantReference.shape), "What the person does not hold.")
    static let holders = Field("holders", .list(.email), "Exactly these hold it.")
    static let identity = Field("identity", .identityCode, "The identity's code.")
    static let admins = Field(
        "admins", .list(.email), "Exactly these are the identity's admins.")
    static let record = Record(
        [
            admin, tenant, holds, lacks, GrantReference.permission, GrantReference.role, holders,
            identity, admins,
        ], "One expectation.")

    /// Its place in the test, counted from 1.
    var number: Int
    var body: Body
    var span: Span

    init?(_ node: Node, number: Int, about subject: Subject, _ findings: inout Findings) {
        guard let fields = Fields(node, Self.record, about: subject, &findings) else { return nil }
        fields.check(&findings)
        if node.entries.isEmpty {
            findings.add(.emptyExpectation(about: subject, at: node.span))
            return nil
        }
        let body: Body?
        if fields.isWritten(Self.identity) {
            body = Self.identityAdmins(fields, &findings)
        } else if fields.isWritten(Self.admin) {
            body = Self.person(fields, &findings)
        } else {
            body = Self.holders(fields, &findings)
        }
        guard let body else { return nil }
        self.body = body
        self.number = number
        span = node.span
    }

    private static func person(_ fields: Fields, _ findings: inout Findings) -> Body? {
        fields.require([tenant], &findings)
        fields.refuse([GrantReference.permission, GrantReference.role, holders, admins], &findings)
        fields.requireOne(of: [holds, lacks], &findings)
        let email = fields.email(admin, &findings)
        let place = fields.name(tenant, .tenant, as: TenantTag.self, &findings)
        let held = fields.grants(holds, &findings)
        let lacked = fields.grants(lacks, &findings)
        guard let email, let place else {
            fields.keep(place, held + lacked, &findings)
            return nil
        }
        return .person(email.value, place, holds: held, lacks: lacked)
    }

    private static func holders(_ fields: Fields, _ findings: inout Findings) -> Body? {
        fields.require([tenant, holders], &findings)
        fields.refuse([holds, lacks, admins], &findings)
        let place = fields.name(tenant, .tenant, as: TenantTag.self, &findings)
        let grant = fields.grant(GrantReference.permission, GrantReference.role, &findings)
        let people = fields.emails(holders, &findings)
        guard let place, let grant, let people else {
            fields.keep(place, grant.map { [$0] } ?? [], &findings)
            return nil
        }
        return .holders(place, grant, SortedSet(people.map(\.value)))
    }

    private static func identityAdmins(_ fields: Fields, _ findings: inout Findings) -> Body? {
        fields.require([admins], &findings)
        fields.refuse(
            [admin, tenant, holds, lacks, GrantReference.permission, GrantReference.role, holders],
            &findings)
        let code = fields.name(identity, .identity, as: IdentityTag.self, &findings)
        let people = fields.emails(admins, &findings)
        guard let code, let people else { return nil }
        return .identityAdmins(code, SortedSet(people.map(\.value)))
    }
}

extension Fields {
    /// Keeps the references of an expectation that is left out.
    fileprivate func keep(
        _ tenant: Located<TenantName>?, _ grants: [GrantReference], _ findings: inout Findings
    ) {
        let tenants = tenant.map { [$0] } ?? []
        findings.keep(LooseReferences(subject: subject, tenants: tenants, grants: grants))
    }

    /// E107 for each field that is not there.
    fileprivate func require(_ fields: [Field], _ findings: inout Findings) {
        for field in fields where !isWritten(field) && !isMeant(field.name) {
            findings.add(.missingField(field.name, about: subject, at: node.span))
        }
    }

    /// E107 where none of them is there.
    fileprivate func requireOne(of fields: [Field], _ findings: inout Findings) {
        if fields.contains(where: { isWritten($0) || isMeant($0.name) }) { return }
        findings.add(.missingOneOf(fields.map(\.name), about: subject, at: node.span))
    }

    /// E101 for each field that is there and has no meaning beside the others.
    fileprivate func refuse(_ fields: [Field], _ findings: inout Findings) {
        for field in fields where isWritten(field) {
            findings.add(.fieldOutOfPlace(field.name, about: subject, at: keySpan(of: field.name)))
        }
    }
}
