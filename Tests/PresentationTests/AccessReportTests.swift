import AccessModel
import Planning
import Reconciliation
import Storage
import Support
import Testing

@Suite("What the access report tells")
struct AccessReportTests {
    @Test("members come with what they hold, how they stand, and what is unmanaged")
    func members() {
        let world = World(actor: "operator").tenant(
            "production", store: "a{I,P}[read]; b[read] I; c[write] B; d", declared: "a{I,P}[read]",
            management: .additive
        ).with { $0.observed.roles[RoleName("write")]?.sensitive = true }
        let tenant = report(of: world).tenants[0]
        #expect(tenant.management == .additive)
        #expect(
            tenant.members.map { member in
                "\(member.person.email) \(member.person.standing)"
                    + " \(member.permissions.count) \(member.roles.map(\.name.text))"
                    + (member.isPrivileged ? " privileged" : "")
                    + (member.unmanaged ? " unmanaged" : "")
            } == [
                "a@x.example active 2 [\"read\"] privileged",
                "b@x.example pending 0 [\"read\"] unmanaged",
                "c@x.example blocked 0 [\"write\"] privileged unmanaged",
                "d@x.example active 0 [] unmanaged",
            ])
    }

    @Test("what ends within 30 days is told soonest first, and only of access that is there")
    func endings() {
        let world = World(actor: "operator").tenant(
            "production", store: "a; b; c; d; e",
            declared: """
                a until 2026-12-22T10:00:00Z; b until 2026-12-22T10:00:01Z; c until 2026-11-22;
                d until 2027-06-01; e; f until 2026-12-01
                """
        ).person("d", until: "2026-12-01")
        let endings = report(of: world).endings ?? []
        #expect(
            endings.map { "\($0.address) \($0.expiry.at.date) \($0.expiry.urgency)" } == [
                "production/c@x.example 2026-11-22 overdue",
                "production/d@x.example 2026-12-01 soon",
                "production/a@x.example 2026-12-22 soon",
            ])
    }

    @Test("identities tell their admins, and count the rest")
    func identities() {
        let world = World(actor: "operator")
            .tenant("production", store: "", declared: "")
            .identity("io.x.one", store: "j admin; k I; l off; m admin I", declared: "")
        let identity = report(of: world).identities[0]
        #expect(identity.admins.map(\.email.canonical) == ["j@x.example", "m@x.example"])
        #expect(identity.admins.map(\.standing) == [.active, .pending])
        #expect([identity.users, identity.disabled, identity.pending] == [4, 1, 2])
    }

    @Test("without valid manifests, what only they tell is not known")
    func invalid() {
        let world = World(actor: "operator").tenant("production", store: "a", declared: "")
        let report = report(of: world, isValid: false)
        #expect(report.endings == nil)
        #expect(report.unmanaged == nil)
        #expect(report.tenants[0].management == nil)
        #expect(report.tenants[0].members.count == 1)
    }

    @Test("mobiles in audited values are masked")
    func masking() {
        let run = RunRecord(
            number: 1, kind: .apply, actor: "operator", at: .of("2026-11-22"), project: "acme",
            systemUser: "u", host: "h", changes: 1)
        let entry = AuditEntry(
            sequence: 1, run: 1, actor: "operator", address: "account:a@x.example",
            kind: "updateProfile", before: #"{"mobile":"+31612345678"}"#,
            after: #"{"profile":{"mobile":"+31687654321"}}"#)
        let world = World(actor: "operator").tenant("production", store: "a", declared: "a")
        let report = report(of: world, runs: [run], entries: [1: [entry]])
        #expect(report.runs[0].entries?[0].before == ["mobile": "+31*****678"])
        #expect(report.runs[0].entries?[0].after == ["profile": ["mobile": "+31*****321"]])
    }

    private func report(
        of world: World, isValid: Bool = true, runs: [RunRecord] = [],
        entries: [Int64: [AuditEntry]] = [:]
    ) -> AccessReport {
        var plan = Sample.report([])
        plan.plan = world.plan
        return accessReport(
            project: "acme-access",
            records: StoreRecords(
                observed: world.observed, runs: runs, entries: entries, undelivered: 0),
            desired: isValid ? world.desired : nil, plan: plan, actorIsAssumed: false,
            now: world.now)
    }
}
