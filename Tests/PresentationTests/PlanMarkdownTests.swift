import AccessModel
import Diagnostics
import Planning
import Presentation
import Reconciliation
import Testing

@Suite("A plan in Markdown") struct PlanMarkdownTests {
    @Test("has a summary line, privileged changes, a table per tenant and folded details")
    func outline() {
        let page = Sample.team.markdown(id: "sha256:00")
        #expect(
            page.hasPrefix("### Plan: 4 to add, 4 to change, 2 to remove; 2 mails. 40 unchanged"))
        let parts = [
            "**Privileged changes and losses**",
            "**(granted to itself)**", "| `ann@acme.example` | gains: `assign_permissions`",
            "**tenant `production`**", "**identities**", "**accounts**",
            "<details><summary>Awaiting acceptance (1)</summary>", "Plan id: `sha256:00`",
        ]
        var rest = page[...]
        for part in parts {
            let place = rest.firstRange(of: part)
            #expect(place != nil, "\(part) is missing or too early")
            if let place { rest = rest[place.upperBound...] }
        }
        #expect(!page.contains("+31612345678"))
    }

    @Test("shows markup, mentions, references and HTML as text")
    func hostile() {
        let evil = "`x` | [a](http://b) ![i](u) @octocat #123 <details> <img src=x> www.b.c \n|"
        let role = Role(name: RoleName("evil"), title: evil)
        var report = Sample.report([(Sample.change(1, .createRole(role)), nil)])
        report.findings = [
            ResolvedDiagnostic(
                code: "W141", severity: .warning, subject: evil, message: evil,
                location: Sample.at(evil, 1), excerpt: Excerpt(line: evil, column: 1, width: 1))
        ]
        report.plan.notes = [PlanNote(kind: .observed, address: .project, message: evil)]
        report.plan.actor = .person(email("me@acme.example"))
        let page = report.markdown()
        for part in ["@octocat", "#123", "<img", "](", "![", "`x`"] {
            #expect(!page.contains(part), "\(part) is not text")
        }
        let links = page.split(separator: "\n").filter { $0.contains("http://") }
        #expect(links.allSatisfy { isPreformatted($0, of: page) })
        #expect(page.ranges(of: "<details>").count == page.ranges(of: "</details>").count)
        let row = page.split(separator: "\n").first { $0.contains("Write") || $0.contains("evil") }
        #expect(row?.filter { $0 == "|" }.count == 7)
    }

    @Test("makes no link of an address, whatever stands before its @")
    func addresses() {
        var report = Sample.report([
            (
                Sample.change(
                    1,
                    .grantPermission(Sample.production, email("a|b@acme.example"), .inviteAdmins),
                    privileged: true), nil
            )
        ])
        report.plan.actor = .person(email("me-@acme.example"))
        let page = report.markdown(id: "sha256:00")
        #expect(page.contains("| <code>a&#124;b<wbr>&#64;acme.example</code> |"))
        #expect(page.contains("\n<sub>By `me-@acme.example` for `"))
        #expect(page.hasSuffix(" Plan id: `sha256:00`</sub>\n"))
    }

    @Test("names whoever gives something to itself first, however many others there are")
    func selfGrants() {
        let changes = (1...2_000).map { index -> (Change, Location?) in
            let person = email("p\(index)@acme.example")
            return (
                Sample.change(
                    index, .grantPermission(Sample.production, person, .inviteAdmins),
                    privileged: true), nil
            )
        }
        let zoe = email("zoe@acme.example")
        let own = Sample.change(
            2_001, .grantPermission(Sample.production, zoe, .inviteAdmins), privileged: true,
            actor: .person(zoe))
        var report = Sample.report(changes + [(own, nil)])
        report.plan.actor = .person(zoe)
        let rows = report.markdown().split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.first?.contains("**(granted to itself)**") == true)
    }

    /// Between `<pre>` and `</pre>`, where Markdown means nothing.
    private func isPreformatted(_ line: Substring, of page: String) -> Bool {
        let before = page[..<line.startIndex]
        return before.ranges(of: "<pre>").count > before.ranges(of: "</pre>").count
    }

    @Test("is cut at 60,000 bytes, removals and privileged changes last")
    func cut() {
        var changes: [(Change, Location?)] = []
        for index in 1...2_000 {
            let person = email("person-\(index)@acme.example")
            let role = RoleName("role_\(index)")
            changes.append(
                (
                    Sample.change(index, .assignRole(Sample.production, person, role)),
                    Sample.at("people/\(index).yaml", 1)
                ))
        }
        for index in 2_001...2_100 {
            let person = email("zoe-\(index)@acme.example")
            changes.append(
                (
                    Sample.change(
                        index, .removeAdmin(TenantName("zulu"), person, Grants()),
                        reason: .undeclared), nil
                ))
        }
        let page = Sample.report(changes).markdown(id: "sha256:00")
        #expect(page.utf8.count <= 60_000)
        #expect(page.utf8.count > 50_000)
        for index in 2_001...2_100 { #expect(page.contains("`zoe-\(index)@acme.example`")) }
        #expect(page.contains("did not fit here, none of them privileged or a removal.**"))
        let removals = Sample.report(Array(changes.suffix(100))).markdown(limit: 5_000)
        #expect(removals.utf8.count <= 5_000)
        #expect(removals.contains("do not approve from this.**"))
    }

    @Test("stays within its limit whatever it is made of")
    func limits() {
        var changes: [(Change, Location?)] = []
        for index in 1...3_000 {
            changes.append(
                (
                    Sample.change(
                        index,
                        .grantPermission(
                            Sample.production, email("p\(index)@acme.example"), .inviteAdmins),
                        privileged: true), nil
                ))
        }
        let findings = Array(repeating: Sample.typo, count: 500)
        let notes = (1...3_000).map { index in
            PlanNote(
                kind: .awaiting, address: .account(email("p\(index)@acme.example")),
                message: "waits")
        }
        let page = Sample.report(changes, findings: findings, notes: notes).markdown()
        #expect(page.utf8.count <= 60_000)
        #expect(page.contains(" of them privileged: see the whole plan before you approve"))
    }
}
