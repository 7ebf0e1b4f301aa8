import AccessModel
import Presentation
import Reconciliation
import Storage
import Testing

@Suite("The access report as HTML")
struct HTMLTests {
    @Test("every text is escaped, and what cannot be seen is made visible")
    func escaping() {
        let page = page(of: named("<b a=\"x\" b='y'>&\u{202e}\u{1b}[0m</b>"))
        #expect(
            page.contains(
                "<small><bdi>&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;"
                    + "\\u{202e}\\u{1b}[0m&lt;/b&gt;</bdi></small>"))
        #expect(!page.contains("<b a"))
    }

    @Test("a member's row says who, how it stands, what it holds and until when")
    func row() {
        let page = page(of: named("Ann Bee"))
        #expect(
            page.contains(
                """
                <tr data-m="privileged expiring "><th scope="row"><bdi>ann<wbr>@acme.example</bdi>\
                <small><bdi>Ann Bee</bdi></small></th>\
                <td><span class="badge active">active</span></td>\
                <td><ul class="chips"><li class="strong">invite_admins</li></ul></td>\
                <td><ul class="chips"><li>access_read</li>\
                <li class="strong">access_write <small>sensitive</small></li></ul></td>\
                <td><span class="badge expiring">expiring</span> \
                <time datetime="2026-12-01T00:00:00Z">2026-12-01 00:00:00 UTC</time></td></tr>

                """))
    }

    @Test("the policy names the page's own style and script, and comes before them")
    func policy() throws {
        let page = page(of: named("Ann"))
        func content(_ tag: String) throws -> (place: String.Index, hash: String) {
            let start = try #require(page.firstRange(of: "<\(tag)>"))
            let end = try #require(page.firstRange(of: "</\(tag)>"))
            return (
                start.lowerBound, contentHash(of: String(page[start.upperBound..<end.lowerBound]))
            )
        }
        let (style, script) = (try content("style"), try content("script"))
        let policy = try #require(
            page.firstRange(
                of: "content=\"default-src 'none'; style-src '\(style.hash)'; "
                    + "script-src '\(script.hash)'; base-uri 'none'; form-action 'none'\">"))
        #expect(policy.upperBound < style.place && policy.upperBound < script.place)
    }

    /// RFC 4634 names this digest of "abc".
    @Test("a content hash is the SHA-256 in base64")
    func hash() {
        #expect(
            contentHash(of: "abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    }

    private func page(of report: AccessReport) -> String {
        String(decoding: report.html(version: "1"), as: UTF8.self)
    }

    /// One tenant with Ann, who has this name.
    private func named(_ name: String) -> AccessReport {
        let ann = email("ann@acme.example")
        var observed = ObservedState(origin: .init(id: "store", serial: 3))
        observed.tenants[Sample.production] = Tenant(name: Sample.production)
        observed.roles = [
            RoleName("access_read"): Role(name: RoleName("access_read")),
            RoleName("access_write"): Role(name: RoleName("access_write"), sensitive: true),
        ]
        observed.accounts[ann] = Account(
            email: ann, profile: Profile(firstName: name), state: .activated)
        let grants = Grants(
            permissions: [.inviteAdmins],
            roles: [RoleName("access_read"), RoleName("access_write")]
        )
        observed.memberships[Sample.production] = [ann: Membership(grants: grants)]
        var desired = DesiredState(project: Project(name: "acme-access"))
        desired.memberships = [
            DesiredMembership(
                tenant: Sample.production, email: ann, grants: grants,
                expires: Instant(date: "2026-12-01"))
        ]
        return accessReport(
            project: "acme-access",
            records: StoreRecords(observed: observed, runs: [], entries: [:], undelivered: 0),
            desired: desired, plan: Sample.report([]), actorIsAssumed: false,
            now: Instant(rfc3339: "2026-11-22T10:00:00Z")!)
    }
}
