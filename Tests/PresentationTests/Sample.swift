import AccessModel
import Diagnostics
import Planning
import Reconciliation

func email(_ text: String) -> EmailAddress { EmailAddress(canonical: text, spelling: text) }

/// A small world: a few of everything, as a team would see it.
enum Sample {
    static let production = TenantName("production")
    static let plant = IdentityCode("io.acme.plant1")
    static let me = Actor.person(email("me@acme.example"))

    static func change(
        _ id: Int, _ action: Action, reason: Reason = .declared, mail: MailKind? = nil,
        privileged: Bool = false, actor: Actor = me, dependsOn: [Int] = []
    ) -> Change {
        Change(
            id: id, action: action, actor: actor, reason: reason, mail: mail,
            privileged: privileged, dependsOn: dependsOn)
    }

    static func report(
        _ changes: [(Change, Location?)], summary: PlanSummary = PlanSummary(),
        findings: [ResolvedDiagnostic] = [], notes: [PlanNote] = [], applicable: Bool = true
    ) -> PlanReport {
        var plan = Plan(actor: me, at: Instant(rfc3339: "2026-11-22T10:00:00Z")!)
        plan.changes = changes.map(\.0)
        plan.summary = summary
        plan.notes = notes
        return PlanReport(
            project: "acme-access",
            base: .init(
                store: "7c1e2a90-0000-4000-8000-5a1d6b9f0c33", serial: 41, digest: "sha256:aa"),
            manifests: .init(digest: "sha256:bb", commit: nil, files: 12), plan: plan,
            sources: changes.map(\.1), comments: changes.map { _ in nil }, findings: findings,
            drift: [], applicable: applicable)
    }

    static func at(_ file: String, _ line: Int) -> Location {
        Location(file: file, line: line, column: 5)
    }

    static let ann = NewAccount(
        profile: Profile(firstName: "Ann", lastName: "Bee", mobile: "+31612345678", language: "en"))

    static var team: PlanReport {
        var summary = PlanSummary()
        summary.add = 4
        summary.change = 4
        summary.remove = 2
        summary.mails = 2
        summary.unchanged = 40
        summary.awaiting = 1
        let me = email("me@acme.example")
        let changes: [(Change, Location?)] = [
            (
                change(1, .createRole(Role(name: RoleName("access_write"), title: "Write access"))),
                at("catalogue.yaml", 9)
            ),
            (change(2, .enableRole(production, RoleName("access_write"))), at("tenants.yaml", 4)),
            (
                change(
                    3,
                    .removeAdmin(
                        production, email("old@acme.example"),
                        Grants(permissions: [.inviteAdmins], roles: [RoleName("access_read")])),
                    reason: .undeclared, privileged: true), nil
            ),
            (
                change(
                    4, .deleteAccount(email("old@acme.example"), Profile(firstName: "Old")),
                    reason: .lastMembership, dependsOn: [3]), nil
            ),
            (
                change(
                    5,
                    .inviteAdmin(
                        production, email("ann@acme.example"),
                        Grants(
                            permissions: [.assignPermissions, .assignRoles, .inviteAdmins],
                            roles: [RoleName("access_read"), RoleName("role_broker_read")]), ann),
                    mail: .createAccount, privileged: true), at("people/ann.yaml", 1)
            ),
            (
                change(
                    6, .assignRole(production, email("bob@acme.example"), RoleName("access_write")),
                    dependsOn: [2]),
                at("people/bob.yaml", 7)
            ),
            (
                change(
                    7, .revokePermission(production, email("bob@acme.example"), .assignRoles),
                    privileged: true, actor: .person(email("ops@acme.example"))),
                at("people/bob.yaml", 7)
            ),
            (
                change(
                    8,
                    .addIdentityUser(
                        plant, email("joe@client.example"),
                        NewIdentityUser(admin: true, roles: [Label("facility-manager")]), nil),
                    mail: .join, privileged: true), at("identities.yaml", 6)
            ),
            (
                change(
                    9,
                    .setIdentityRoles(
                        plant, email("kim@client.example"), before: [Label("guest")],
                        after: [Label("engineer")])), at("identities.yaml", 7)
            ),
            (
                change(10, .grantPermission(production, me, .assignPermissions), privileged: true),
                at("people/me.yaml", 5)
            ),
        ]
        return report(
            changes, summary: summary, findings: [typo, selfRole],
            notes: [
                PlanNote(
                    kind: .awaiting,
                    address: .membership(production, email("eve@acme.example")),
                    message: "invited, the link is good until 2026-11-29 10:00:00 UTC")
            ], applicable: false)
    }

    static let typo = ResolvedDiagnostic(
        code: "E120", severity: .error, subject: "production/bob@acme.example",
        message: "the role `acess_read` is not in the catalogue.",
        help: "Did you mean `access_read`?",
        location: Location(file: "people/bob.yaml", line: 7, column: 35),
        excerpt: Excerpt(
            line: "  - { tenant: production, roles: [acess_read, access_write] }", column: 35,
            width: 10),
        label: "no such role",
        notes: [
            .init(
                message: "the nearest one is declared here",
                location: Location(file: "catalogue.yaml", line: 102, column: 7),
                excerpt: Excerpt(line: "name: access_read", column: 7, width: 11))
        ])

    static let selfRole = ResolvedDiagnostic(
        code: "W224", severity: .warning, subject: "project",
        message: "`guards.maxRemovals.count` is 50, and 5 was applied last.",
        help: "Look at it as you would at a removal.",
        location: Location(file: "muster.yaml", line: 11, column: 25),
        excerpt: Excerpt(line: "  maxRemovals: { count: 50, percent: 25 }", column: 25, width: 2))
}
