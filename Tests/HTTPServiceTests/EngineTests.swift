import FoundationEssentials
import Glibc
import Support
import Testing

/// What must hold on every store; `Tests/postgres` adds the shared one.
@Suite("The service on both stores", .serialized) struct EngineTests {
    private static let wrong = String(repeating: "U", count: 43)

    @Test(
        "used, declined, expired, revoked, replaced and unknown tokens have one answer",
        arguments: Site.Engine.all)
    func uniform(_ engine: Site.Engine) async throws {
        let site = try Site(people: ["ann", "bob", "cid", "dan", "eve"], on: engine)
        var tokens = [
            "used": try site.token(of: "ann"), "revoked": try site.token(of: "bob"),
            "declined": try site.token(of: "dan"), "replaced": try site.token(of: "eve"),
            "unknown": Self.wrong, "malformed": "x", "empty": "",
        ]
        _ = try site.token(of: "eve")
        #expect(try site.muster("invitation", "revoke", "bob@acme.example", "--operator").exit == 0)
        try site.writeProject(expireAfter: "1s")
        tokens["expired"] = try site.token(of: "cid")
        try await Task.sleep(for: .seconds(2))
        let service = try site.serve("--rate-limit", "0")
        let url = try await service.url()
        let first = try await post(url + "/accept/" + (tokens["used"] ?? ""))
        #expect(first.status == 200)
        let no = try await post(url + "/accept/" + (tokens["declined"] ?? ""), "answer=decline")
        #expect(no.status == 200)
        let unknown = try await get(url + "/accept/" + Self.wrong)
        #expect(unknown.status == 404)
        var times: [String: [Double]] = [:]
        for _ in 0..<40 {
            for (name, token) in tokens.sorted(by: { $0.key < $1.key }) {
                let start = ContinuousClock.now
                let seen = try await get(url + "/accept/" + token)
                let time = (ContinuousClock.now - start).components
                times[name, default: []].append(Double(time.attoseconds) / 1e15)
                #expect(seen == unknown, "\(name)")
            }
        }
        for (name, token) in tokens {
            #expect(try await post(url + "/accept/" + token) == unknown, "\(name)")
            #expect(try await post(url + "/accept/" + token, "answer=decline") == unknown)
            #expect(try await post(url + "/decline/" + token, "") == unknown, "\(name)")
        }
        // In the same milliseconds, whatever was wrong with it: of each the time that nothing else
        // on the machine made longer.
        let shortest = times.mapValues { $0.min() ?? 0 }
        let (least, most) = (shortest.values.min() ?? 0, shortest.values.max() ?? 0)
        #expect(most < 2 * least + 2, "\(shortest)")
    }

    @Test("a thousand views of a link change nothing", arguments: Site.Engine.all)
    func views(_ engine: Site.Engine) async throws {
        let site = try Site(on: engine)
        let token = try site.token()
        let service = try site.serve("--rate-limit", "0")
        let url = try await service.url() + "/accept/" + token
        func contents() throws -> [String] {
            try [
                site.muster("export").out, site.muster("history", "--format", "json").out,
                site.muster("audit", "verify").out, site.muster("outbox", "list").out,
            ]
        }
        let before = try contents()
        for _ in 0..<20 {
            let views = try await all(50) { try await get(url) }
            #expect(views.allSatisfy { $0.status == 200 && $0 == views[0] })
        }
        #expect(try contents() == before)
    }

    @Test("of a hundred answers to one link exactly one accepts", arguments: Site.Engine.all)
    func onlyOnce(_ engine: Site.Engine) async throws {
        let site = try Site(on: engine)
        let token = try site.token()
        let service = try site.serve("--rate-limit", "0")
        let url = try await service.url()
        let answers = try await all(100) { try await post(url + "/accept/" + token) }
        #expect(answers.count { $0.status == 200 } == 1)
        let unknown = try await get(url + "/accept/" + Self.wrong)
        #expect(answers.count { $0 == unknown } == 99)
        let history = try site.muster("history", "--format", "json").out
        #expect(history.matches(of: /"kind": ?"accept"/).count == 1)
        #expect(try site.muster("plan", "--operator", "--detailed-exitcode").exit == 0)
        #expect(try site.muster("audit", "verify").exit == 0)
    }

    @Test("letters leave round after round, each once", arguments: Site.Engine.all)
    func delivery(_ engine: Site.Engine) async throws {
        let site = try Site(people: ["ann", "bob"], on: engine)
        #expect(try site.mails == 0)
        let service = try site.serve("--deliver-every", "1s")
        func wait(for count: Int) async throws {
            for _ in 0..<200 where try site.mails < count {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try site.mails == count)
        }
        try await wait(for: 2)
        for (count, name) in [(3, "cid"), (4, "dan")] {
            try site.declare(name)
            try site.apply()
            try await wait(for: count)
        }
        try await Task.sleep(for: .seconds(2.5))
        #expect(try site.mails == 4)
        service.interrupt()
        #expect(service.wait() == 0)
        #expect(service.err.matches(of: /delivery left=0 sent=/).count == 3)
        #expect(try site.muster("outbox", "list").out.contains("@") == false)
    }
}
