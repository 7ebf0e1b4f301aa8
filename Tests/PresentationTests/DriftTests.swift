import AccessModel
import Diagnostics
import Planning
import Presentation
import Reconciliation
import Testing

@Suite("Drift, shown")
struct DriftTests {
    private let noon = Instant(rfc3339: "2026-11-22T12:00:00Z")!

    private func item(
        _ address: Address, _ before: [String: String]?, _ after: [String: String]?,
        _ standing: DriftReport.Standing = .open, course: DriftReport.Course = .revert,
        kinds: [ChangeKind] = [], restraint: DriftReport.Restraint? = nil, times: Int = 1,
        by: String? = nil, isPrivileged: Bool = false
    ) -> DriftReport.Item {
        DriftReport.Item(
            change: ForeignChange(
                address: address, before: before, after: after, at: noon,
                firstAt: noon.adding(seconds: times > 1 ? -60 : 0), times: times, by: by),
            standing: standing, course: course, kinds: kinds, restraint: restraint, codes: [],
            source: Sample.at("people.yaml", 3), isPrivileged: isPrivileged)
    }

    private func report(
        _ items: [DriftReport.Item], recorder: [ResolvedDiagnostic] = [], refusals: [String] = [],
        errors: [ResolvedDiagnostic] = []
    ) -> DriftReport {
        DriftReport(
            project: "acme", origin: .init(id: "s", serial: 7), since: nil, items: items,
            recorder: recorder, overdue: [], refusals: refusals, errors: errors)
    }

    private var membership: Address { .membership(Sample.production, email("ann@acme.example")) }
    private var account: Address { .account(email("ann@acme.example")) }

    @Test("tells what, when, how often, by whom and what the next plan does")
    func text() {
        let shown = report([
            item(
                account, ["blocked": "false"], ["blocked": "true"], kinds: [.unblockAccount],
                times: 3, by: "dba", isPrivileged: true),
            item(membership, nil, ["pending": "false"], course: .leave, restraint: .unmanaged),
            item(.role(RoleName("r")), ["title": "a"], ["title": "a"], .reverted, times: 2),
            item(.role(RoleName("q")), ["title": "a"], nil, .settled(run: 4)),
        ]).text()
        #expect(
            shown == """
                Changed outside Muster
                  ~ account:ann@acme.example: blocked "false" -> "true" ! privileged
                      3 times from 2026-11-22 11:59:00 UTC to 2026-11-22 12:00:00 UTC, by dba
                      -> the next plan reverts it (unblockAccount)  people.yaml:3
                  + production/ann@acme.example: added (pending "false")
                      2026-11-22 12:00:00 UTC, the store does not know by whom
                      -> left alone: nothing declares it  people.yaml:3

                Put back by hand in the meantime: no drift
                  ~ role:r: changed and put back
                      2 times from 2026-11-22 11:59:00 UTC to 2026-11-22 12:00:00 UTC, \
                the store does not know by whom  people.yaml:3

                Settled by run 4: no drift any more
                  - role:q: removed (title "a")
                      2026-11-22 12:00:00 UTC, the store does not know by whom  people.yaml:3

                warning[W285]: 2 objects changed outside Muster; the next plan reverts 1 and \
                leaves 1 alone.
                muster apply does what is said of the next plan; to keep what is there, muster \
                export --adopt writes it into the manifests.
                The operator's next complete apply settles what is told here: it is no drift \
                afterwards.

                """)
    }

    @Test("there is drift when something is open or the record cannot be trusted")
    func exists() {
        let past = item(membership, nil, nil, .reverted)
        let doubt = ResolvedDiagnostic(
            code: "W286", severity: .warning, subject: "project", message: "the recorder is off.")
        #expect(!report([past]).hasDrift)
        #expect(report([past]).text().hasSuffix("\nNo drift: the store is as Muster left it.\n"))
        #expect(report([], recorder: [doubt]).hasDrift)
        #expect(
            report([], recorder: [doubt]).text().contains(
                "\nNo change is recorded, but the record cannot be trusted.\n"))
        #expect(report([item(membership, nil, [:])]).hasDrift)
    }

    @Test("says that the plan cannot be applied, or is not known")
    func caveats() {
        let changed = item(membership, nil, [:])
        #expect(
            report([changed], refusals: ["E271"]).text().contains(
                "That plan cannot be applied as it is (E271): muster plan shows why."))
        #expect(
            report([changed], errors: [Sample.typo]).markdown().contains(
                "what a plan would do is not known"))
    }

    @Test("escapes what the store says in every format, and masks mobiles")
    func escaping() {
        let nasty = "\u{1B}[2J\u{202E}\n<b>|@all"
        let shown = report([
            item(
                .tenant(TenantName("t\u{7}")), ["title": "a"], ["title": nasty], by: "x\r\u{1B}"),
            item(account, ["mobile": "+31612345678"], ["mobile": "+31687654321"]),
        ])
        for text in [shown.text(), shown.markdown(), shown.annotations] {
            #expect(
                text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
            #expect(!text.contains("345678") && text.contains("876") == false)
        }
        #expect(!shown.markdown().contains("<b>") && !shown.markdown().contains("@all"))
        #expect(shown.annotations.split(separator: "\n").count == 3)
        #expect(!shown.json.contains("345678") && !shown.sarif.contains("345678"))
    }

    @Test("shows values of the store as code in a comment, where nothing is a mention or a link")
    func values() {
        let shown = report([
            item(.role(RoleName("r")), ["title": "a"], ["title": "@octocat #1"], by: "@octocat"),
            item(.role(RoleName("q")), nil, ["title": "x@y.example"]),
        ]).markdown()
        #expect(
            shown.contains(
                """
                | title "`a`" -&gt; "<code>&#64;octocat &#35;1</code>" \
                | 2026-11-22 12:00:00 UTC, by <code>&#64;octocat</code> |
                """))
        #expect(shown.contains("| added (title \"`x@y.example`\") |"))
    }

    @Test("has a place in code scanning though nothing declares it")
    func place() {
        var undeclared = item(membership, nil, ["pending": "false"])
        undeclared.source = nil
        let shown = report([undeclared]).sarif.filter { !$0.isWhitespace }
        #expect(
            shown.contains(
                #""artifactLocation":{"uri":"muster.yaml"},"region":{"startLine":1}}"#))
    }

    @Test("fits a comment, and cuts what weighs least")
    func limit() {
        let items = (0..<5_000).map { number in
            item(
                .grant(
                    Sample.production, email("u\(number)@acme.example"),
                    .permission(.assignRoles)), nil, [:], isPrivileged: number == 0)
        }
        let text = report(items).markdown()
        #expect(text.utf8.count <= PlanReport.markdownLimit && text.utf8.count > 50_000)
        #expect(text.contains("/u0@acme.example#permission:assign_roles`"))
        #expect(text.contains(" more.** `muster drift --verbose` shows all."))
        #expect(report(items).text().contains("... and 4,950 more (--verbose shows all)"))
        #expect(!report(items).text(verbose: true).contains("--verbose"))
    }
}
