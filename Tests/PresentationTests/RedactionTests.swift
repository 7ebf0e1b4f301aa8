import AccessModel
import Diagnostics
import Planning
import Presentation
import Reconciliation
import Testing

@Suite("A redacted report") struct RedactionTests {
    private let redaction = Redaction(key: Array("key".utf8)) { code in
        Explanations.page(for: code)?.title
    }

    /// Everything that people choose, as words that no sentence of ours has.
    private static let canary = "zqcanary"

    private var report: PlanReport {
        let c = Self.canary
        var report = Sample.report(
            everyAction.enumerated().map { index, item in
                let change = Change(
                    id: index + 1, action: spelled(item.action), actor: .person(person),
                    reason: .declared, privileged: true)
                return (change, Sample.at("\(c)/\(index).yaml", 3))
            },
            findings: [
                ResolvedDiagnostic(
                    code: "E120", severity: .error, subject: "\(c)/\(c)@acme.example",
                    message: "the role `\(c)` is not there.", help: "Write \(c).",
                    location: Sample.at("\(c).yaml", 4),
                    excerpt: Excerpt(line: "# \(c)", column: 1, width: 2), label: c,
                    notes: [
                        .init(
                            message: "\(c) is declared here", location: Sample.at(c, 1),
                            excerpt: Excerpt(line: c, column: 1, width: 1))
                    ]),
                ResolvedDiagnostic(
                    code: "", severity: .warning, subject: c, message: c, help: c),
            ],
            notes: [
                PlanNote(kind: .outOfScope, address: .policy(c, rule: 1), message: "E291: \(c)"),
                PlanNote(kind: .observed, address: .accessTest(c, expectation: 2), message: c),
            ], applicable: false)
        report.project = c
        report.plan.actor = .person(person)
        report.comments = report.comments.map { _ in c }
        report.drift = ["mobile", "firstName", "title", "tenant", "state", "roles"].map { field in
            ForeignChange(
                address: .membership(TenantName(c), person), before: [field: c],
                after: [field: c + "x"], at: report.plan.at, by: c)
        }
        let address = Address.membership(TenantName(c), person)
        report.earlierRemovals = [address: EarlierRemoval(at: report.plan.at, run: 12)]
        return report
    }

    private var person: EmailAddress { email("\(Self.canary)@acme.example") }

    /// The same action with the canary for each text, by way of the plan's own notation.
    private func spelled(_ action: Action) -> Action {
        let c = Self.canary
        let tenant = Tenant(name: TenantName(c), title: c, availableRoles: [RoleName(c)])
        let identity = Identity(code: IdentityCode(c), tenant: TenantName(c), title: c)
        let role = Role(name: RoleName(c), title: c, description: c, application: c)
        let profile = Profile(firstName: c, lastName: c, mobile: "+31612345678", language: c)
        let grants = Grants(permissions: [PermissionName(c)], roles: [RoleName(c)])
        let fields = RoleFields(name: RoleName(c), title: c, description: c, application: c)
        let place = TenantFields(name: TenantName(c), title: c)
        let scope = IdentityFields(code: IdentityCode(c), tenant: TenantName(c), title: c)
        switch action {
        case .createPermission: return .createPermission(Permission(name: .init(c), title: c))
        case .deletePermission: return .deletePermission(Permission(name: .init(c), title: c))
        case .updatePermission:
            let title = PermissionFields(title: c)
            return .updatePermission(PermissionName(c), before: title, after: title)
        case .createRole: return .createRole(role)
        case .deleteRole: return .deleteRole(role)
        case .updateRole: return .updateRole(RoleName(c), before: fields, after: fields)
        case .createTenant: return .createTenant(tenant)
        case .deleteTenant: return .deleteTenant(tenant)
        case .updateTenant: return .updateTenant(TenantName(c), before: place, after: place)
        case .enableRole: return .enableRole(TenantName(c), RoleName(c))
        case .disableRole: return .disableRole(TenantName(c), RoleName(c))
        case .createIdentity: return .createIdentity(identity)
        case .deleteIdentity: return .deleteIdentity(identity)
        case .updateIdentity:
            return .updateIdentity(IdentityCode(c), before: scope, after: scope)
        case .inviteAdmin:
            return .inviteAdmin(TenantName(c), person, grants, NewAccount(profile: profile))
        case .addAdmin: return .addAdmin(TenantName(c), person, grants)
        case .removeAdmin: return .removeAdmin(TenantName(c), person, grants)
        case .grantPermission: return .grantPermission(TenantName(c), person, PermissionName(c))
        case .revokePermission: return .revokePermission(TenantName(c), person, .inviteAdmins)
        case .assignRole: return .assignRole(TenantName(c), person, RoleName(c + "1"))
        case .unassignRole: return .unassignRole(TenantName(c), person, RoleName(c + "2"))
        case .addIdentityUser:
            return .addIdentityUser(
                IdentityCode(c), person, NewIdentityUser(admin: true, roles: [Label(c)]),
                NewAccount(profile: profile))
        case .removeIdentityUser:
            return .removeIdentityUser(
                IdentityCode(c), person,
                IdentityUserEntry(admin: true, roles: [Label(c)], enabled: true))
        case .setIdentityAdmin: return .setIdentityAdmin(IdentityCode(c), person)
        case .unsetIdentityAdmin: return .unsetIdentityAdmin(IdentityCode(c), person)
        case .setIdentityRoles:
            return .setIdentityRoles(
                IdentityCode(c), person, before: [Label(c)], after: [Label(c + "3")])
        case .enableIdentityUser: return .enableIdentityUser(IdentityCode(c), person)
        case .disableIdentityUser: return .disableIdentityUser(IdentityCode(c), person)
        case .updateProfile: return .updateProfile(person, before: profile, after: profile)
        case .blockAccount: return .blockAccount(person)
        case .unblockAccount: return .unblockAccount(person)
        case .deleteAccount: return .deleteAccount(person, profile)
        case .resendInvitation(.membership, let generation):
            return .resendInvitation(.membership(TenantName(c), person), generation: generation)
        case .resendInvitation(.identityUser, let generation):
            return .resendInvitation(.identityUser(IdentityCode(c), person), generation: generation)
        }
    }

    private func formats(_ report: PlanReport) -> [String] {
        [
            report.text(), report.text(style: .coloured, verbose: true, id: report.redactedID),
            report.json, report.markdown(), report.annotations, report.sarif,
        ]
    }

    @Test("no format says a word that people chose, and each one did before")
    func canaries() {
        let names = [Self.canary, "612345678", "345678", "+31"]
        for format in formats(report) { #expect(format.contains(Self.canary)) }
        for format in formats(redaction.redacted(report)) {
            for name in names { #expect(!format.contains(name)) }
        }
        let page = ValidationPage(findings: redaction.redacted(report.findings), files: 3)
        for format in [page.text(), page.json, page.markdown(), page.annotations, page.sarif] {
            #expect(!format.contains(Self.canary))
        }
    }

    @Test("domains, codes, kinds, counts, states and built-in permissions stay")
    func kept() {
        let redacted = redaction.redacted(report)
        let text = redacted.json
        for word in ["@acme.example", "E120", "E291", "invite_admins", "2026-11-22"] {
            #expect(text.contains(word), "\(word) is gone")
        }
        #expect(redacted.plan.changes.map(\.kind) == report.plan.changes.map(\.kind))
        #expect(redacted.plan.summary == report.plan.summary)
        #expect(redacted.findings.map(\.code) == report.findings.map(\.code))
        #expect(redacted.effects.count == report.effects.count)
        let address = Address.membership(Sample.production, person)
        var joining = Sample.report([
            (Sample.change(1, .addAdmin(Sample.production, person, Grants())), nil)
        ])
        joining.earlierRemovals[address] = EarlierRemoval(at: joining.plan.at, run: 12)
        #expect(redaction.redacted(joining).text().contains("on 2026-11-22 by run 12"))
    }

    @Test("one value has one pseudonym under one key, another under another, and no id to try with")
    func keys() {
        let other = Redaction(key: [1]) { _ in nil }
        #expect(redaction.redacted(report).json == redaction.redacted(report).json)
        let first = redaction.redacted(report)
        let second = other.redacted(report)
        #expect(first.plan.actor != second.plan.actor)
        #expect(first.plan.actor.email == first.plan.changes[5].address.person)
        let id = PlanDocument.id(of: report)
        for redacted in [first, second] {
            #expect(!redacted.json.contains(id))
            #expect(!redacted.json.contains(report.base.digest + "\""))
            #expect(!redacted.json.contains(report.manifests.digest + "\""))
            #expect(PlanDocument.decoded(Array(redacted.json.utf8)).isRefused)
        }
    }
}

extension Result {
    fileprivate var isRefused: Bool { if case .failure = self { true } else { false } }
}
