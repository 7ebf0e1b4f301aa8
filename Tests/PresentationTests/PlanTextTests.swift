import AccessModel
import Diagnostics
import Planning
import Presentation
import Reconciliation
import Testing

@Suite("A plan as text") struct PlanTextTests {
    @Test("says first what must not be missed, then what happens where, then what it amounts to")
    func team() {
        let expected = #"""
            muster.yaml:11:25: warning[W224]: project: `guards.maxRemovals.count` is 50, \#
            and 5 was applied last. Look at it as you would at a removal.
               |
            11 |   maxRemovals: { count: 50, percent: 25 }
               |                         ^^

            Privileged changes and losses
              me@acme.example     gains: assign_permissions on production (step 10) <- \#
            granted to itself
              ann@acme.example    gains: assign_permissions, assign_roles, invite_admins; \#
            roles access_read, role_broker_read on production (step 5)
              bob@acme.example    gains: role access_write on production (step 6)
                                  loses: assign_roles on production (step 7)
              joe@client.example  gains: admin of io.acme.plant1 (step 8)
              old@acme.example    loses: membership, invite_admins; role access_read on \#
            production (step 3)
                                  loses: the account (last membership) (step 4)

            catalogue  +1
              +  1   role access_write   create "Write access"                            \#
                                     catalogue.yaml:9

            tenant production  +2 ~3 -1
              +  2   (tenant)            make role access_write available                 \#
                                     tenants.yaml:4
              +  5 ! ann@acme.example    invite Ann Bee, +31*****678                      \#
                mail: createAccount  people/ann.yaml:1
                                           permissions assign_permissions, assign_roles, \#
            invite_admins
                                           roles       access_read, role_broker_read
              ~  6   bob@acme.example    assign role access_write                         \#
                                     people/bob.yaml:7
              ~  7 !                     revoke permission assign_roles                   \#
                by ops@acme.example  people/bob.yaml:7
              ~ 10 ! me@acme.example     grant permission assign_permissions              \#
                                     people/me.yaml:5
              -  3 ! old@acme.example    remove (permission invite_admins; role \#
            access_read)  undeclared

            identity io.acme.plant1  +1 ~1
              +  8 ! joe@client.example  add as admin (role facility-manager)             \#
                mail: join           identities.yaml:6
              ~  9   kim@client.example  set the roles (add engineer; drop guest)         \#
                                     identities.yaml:7

            accounts  -1
              -  4 ! old@acme.example    delete the account                               \#
                last membership
            ! privileged, or takes access away

            Awaiting acceptance (1)
              production/eve@acme.example: invited, the link is good until 2026-11-29 10:00:00 UTC

            people/bob.yaml:7:35: error[E120]: production/bob@acme.example: the role \#
            `acess_read` is not in the catalogue. Did you mean `access_read`?
                |
              7 |   - { tenant: production, roles: [acess_read, access_write] }
                |                                   ^^^^^^^^^^ no such role
                = note: catalogue.yaml:102:7: the nearest one is declared here
                |
            102 | name: access_read
                |       ^^^^^^^^^^^

            Plan: 4 to add, 4 to change, 2 to remove; 2 mails. 40 unchanged, 1 awaiting \#
            acceptance.
            Cannot be applied: 1 error (E120). `muster explain E120` says more.
            By me@acme.example for acme-access, 2026-11-22 10:00:00 UTC, on serial 41 of \#
            store 7c1e2a90-0000-4000-8000-5a1d6b9f0c33.
            Plan id: sha256:00
            """#
        #expect(Sample.team.text(id: "sha256:00") == expected + "\n")
    }

    private func crowd() -> PlanReport {
        var changes: [(Change, Location?)] = []
        let member = NewIdentityUser(admin: false, roles: [Label("member")])
        let admin = NewIdentityUser(admin: true, roles: [Label("member")])
        func person(_ number: Int) -> EmailAddress { email("user-\(1000 + number)@client.example") }
        for id in 1...1_200 {
            let action = Action.addIdentityUser(Sample.plant, person(id), member, NewAccount())
            changes.append(
                (Sample.change(id, action, mail: .createAccount), Sample.at("plant.yaml", id + 5)))
        }
        for id in 1_201...1_260 {
            let entry = IdentityUserEntry(admin: false, roles: [], enabled: true)
            let action = Action.removeIdentityUser(Sample.plant, person(id), entry)
            changes.append((Sample.change(id, action, reason: .undeclared), nil))
        }
        for id in 1_261...1_320 {
            let action = Action.addIdentityUser(Sample.plant, person(id), admin, nil)
            changes.append((Sample.change(id, action, privileged: true), nil))
        }
        return Sample.report(changes)
    }

    @Test("over 50 alike changes of one identity fold, but for privileged ones")
    func folding() {
        let lines = crowd().text().split(separator: "\n").map(String.init)
        let joined = lines.firstIndex { $0.contains("1,200 users") }
        let row =
            "  +    1-1200   1,200 users               add (role member)           "
            + "mail: createAccount  plant.yaml:6"
        #expect(joined.map { lines[$0] } == row)
        #expect(
            joined.map { lines[$0 + 2].contains("and 1,197 more (--verbose shows all)") } == true)
        #expect(lines.contains { $0.contains("60 users") && $0.contains("undeclared") })
        let text = lines.joined()
        for id in 1_201...1_320 { #expect(text.contains("user-\(1000 + id)@client.example")) }
        #expect(!text.contains("user-1700@client.example"))
        #expect(crowd().text(verbose: true).contains("user-1700@client.example"))
    }

    @Test("without changes says so, and with errors alone says that there is none")
    func empty() {
        var report = Sample.report([])
        report.plan.summary.unchanged = 1_240
        report.plan.summary.awaiting = 1
        let first = report.text().split(separator: "\n").first.map { String($0) }
        #expect(
            first == "No changes. The store is as the manifests declare it. 1,240 unchanged, 1"
                + " awaiting acceptance.")
        let invalid = Sample.report([], findings: [Sample.typo], applicable: false)
        #expect(invalid.text().contains("\nNo plan: the manifests have 1 error.\n"))
    }

    @Test("says what it leaves out, and that a plan for another time is for reading")
    func caveats() {
        var report = Sample.report([], applicable: false)
        report.plan.complete = false
        let text = report.text()
        #expect(text.contains("Not complete: --tenant, --identity or --expired left other changes"))
        #expect(text.contains("Cannot be applied: it is for another time or another base."))
    }

    @Test("escapes what manifests and the store say, and colours only when asked to")
    func escaping() {
        let role = Role(name: RoleName("evil"), title: "x\u{1B}[2J\u{202E}\ny")
        var report = Sample.report([
            (Sample.change(1, .createRole(role)), Sample.at("a\u{1B}.yaml", 1))
        ])
        report.plan.notes = [PlanNote(kind: .awaiting, address: .project, message: "a\u{7}")]
        report.drift = [
            ForeignChange(
                address: .account(email("ann@acme.example")),
                before: ["mobile": "+31612345678", "firstName": "A\u{7}"],
                after: ["mobile": "+31687654321", "firstName": "A\u{7}"], at: report.plan.at,
                by: "root\r")
        ]
        report.project = "p\u{1B}"
        let text = report.text(verbose: true)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
        #expect(text.contains("mobile \"+31*****678\" -> \"+31*****321\""))
        #expect(report.text(style: .coloured).contains("\u{1B}[32m+\u{1B}[0m"))
    }

    @Test("one line a finding and a person with privileged changes as workflow annotations")
    func annotations() {
        let lines = Sample.team.annotations.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(
            lines.contains(
                "::notice file=people/me.yaml,line=5,col=5,title=Privileged::me@acme.example gains:"
                    + " assign_permissions on production (step 10), granted to itself"))
        #expect(lines.last?.hasPrefix("::notice title=Plan::Plan: 4 to add") == true)
    }

    @Test("a page shows ten notices, and none of a large plan's people is left out of them")
    func manyAnnotations() {
        let lines = crowd().annotations.split(separator: "\n")
        #expect(lines.count == 10)
        let text = lines.joined()
        for id in 1_201...1_320 { #expect(text.contains("user-\(1000 + id)@client.example")) }
        #expect(lines[8].contains("title=112 more%3A privileged changes and losses::"))
    }
}

@Suite("The first list of a plan") struct RiskTests {
    private func losing(_ count: Int) -> PlanReport {
        let guest = IdentityUserEntry(admin: false, roles: [], enabled: true)
        var changes: [(Change, Location?)] = (1...count).map { id in
            let person = email("user-\(1000 + id)@client.example")
            return (
                Sample.change(id, .removeIdentityUser(Sample.plant, person, guest)), nil
            )
        }
        let role = RoleName("access_read")
        changes += (1...40).map { number in
            let person = email("one-\(100 + number)@client.example")
            let tenant = TenantName("t\(number)")
            let action = Action.removeAdmin(tenant, person, Grants(roles: [role]))
            return (Sample.change(count + number, action), nil)
        }
        let last = count + 41
        changes.append((Sample.change(last, .disableRole(Sample.production, role)), nil))
        changes.append(
            (
                Sample.change(
                    last + 1,
                    .grantPermission(Sample.production, email("zoe@acme.example"), .inviteAdmins),
                    privileged: true), nil
            ))
        return Sample.report(changes)
    }

    private func list(_ text: String) -> [String] {
        text.split(separator: "\n").prefix { !$0.hasPrefix("tenant ") }.map(String.init)
    }

    @Test("has power first and folds and cuts only plain losses, with a notice")
    func order() {
        let lines = list(losing(79).text())
        #expect(lines.count < 40)
        #expect(lines[1].contains("zoe@acme.example"))
        #expect(lines[2].contains("tenant:production#role:access_read"))
        #expect(
            lines.contains {
                $0.hasSuffix(
                    "and 11 more who lose access, none of it privileged"
                        + " (--verbose shows all)")
            })
        let verbose = list(losing(79).text(verbose: true))
        #expect(verbose.count == 1 + 79 + 40 + 2)
    }

    @Test("says how many lose the same, and names some")
    func folded() {
        let report = losing(79)
        let some = Sample.report(report.plan.changes.prefix(79).map { ($0, nil) })
        #expect(
            list(some.text()).prefix(3) == [
                "Privileged changes and losses",
                "  79 people  loses: membership of io.acme.plant1 (steps 1-79)",
                "             user-1001@client.example, user-1002@client.example,"
                    + " user-1003@client.example and 76 more (--verbose shows all)",
            ])
        #expect(some.markdown().contains("| 79 people | loses: membership of `io.acme.plant1`<br>"))
    }

    @Test("shows hostile names as text in every format")
    func hostile() {
        let evil = RoleName("`x`|<b>@all #1\n::error::")
        let report = Sample.report([
            (
                Sample.change(
                    1, .assignRole(Sample.production, email("zoe@acme.example"), evil),
                    privileged: true), nil
            )
        ])
        #expect(report.markdown().ranges(of: "@all").isEmpty)
        #expect(report.markdown().ranges(of: "<b>").isEmpty)
        #expect(report.annotations.split(separator: "\n").allSatisfy { $0.hasPrefix("::notice ") })
        #expect(report.text().contains("\\u{a}::error::"))
    }
}
