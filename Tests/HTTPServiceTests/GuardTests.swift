import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Reconciliation
import Storage
import Testing

@Suite("What the service refuses and tells") struct GuardTests {
    private let path = "/accept/" + Home.token

    @Test("every answer has the headers that keep a token where it is")
    func headers() async throws {
        try await Home().visit { client async throws in
            for path in [path, "/accept/x", "/healthz", "/nowhere"] {
                let headers = try await client.get(path).headers
                #expect(headers[.cacheControl] == "no-store")
                #expect(headers[.init("Referrer-Policy")!] == "no-referrer")
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.init("X-Frame-Options")!] == "DENY")
                let policy = headers[.contentSecurityPolicy] ?? ""
                #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(headers[.setCookie] == nil)
            }
        }
    }

    @Test("a form of another site, and what is no form, is refused and changes nothing")
    func provenance() async throws {
        let home = try await Home()
        let site = HTTPField.Name("Sec-Fetch-Site")!
        try await home.visit { client async throws in
            for value in ["cross-site", "same-site"] {
                #expect(try await client.post(path, "", [site: value]).status == 403)
            }
            for origin in ["https://evil.example", "http://localhost.evil.example"] {
                #expect(try await client.post(path, "", [.origin: origin]).status == 403)
            }
            for type in ["application/json", "text/plain", "multipart/form-data"] {
                #expect(try await client.post(path, "{}", type: type).status == 415)
            }
            #expect(try await client.post(path, "a=b", type: nil).status == 415)
            let large = String(repeating: "a", count: 20_000)
            #expect(try await client.post(path, large).status == 413)
            let many = String(repeating: "a=b&", count: 100)
            #expect(try await client.post(path, many).status == 400)
        }
        #expect(try await home.store.runs(limit: 9).count == 1)
        try await home.visit { client async throws in
            // Its own page sends `null`, for it has no referrer.
            let own: HTTPFields = [site: "same-origin", .origin: "null"]
            #expect(try await client.post(path, "", own).status == 200)
        }
    }

    @Test("a method that a path does not have is named, and another path is not there")
    func methods() async throws {
        try await Home().visit { client async throws in
            for method in [HTTPRequest.Method.put, .delete, .patch, .options, .trace] {
                let answer = try await client.get(path, method: method)
                #expect(answer.status == 405)
                #expect(answer.headers[.allow] == "GET, HEAD, POST")
            }
            let decline = try await client.get("/decline/" + Home.token)
            #expect(decline.status == 405 && decline.headers[.allow] == "POST")
            let health = try await client.post("/healthz")
            #expect(health.status == 405 && health.headers[.allow] == "GET, HEAD")
            for path in ["/", "/accept", "/accept/a/b", "/healthz/x", "/..%2f", "/accept/../x"] {
                #expect(try await client.get(path).status == 404, "\(path)")
            }
        }
    }

    @Test("too many requests of one client or about one token wait, whatever they ask for")
    func limits() async throws {
        let settings = ServiceSettings(rateLimit: 1, version: "0")
        try await Home().visit(settings) { client async throws in
            #expect(try await client.get(path).status == 200)
            let late = try await client.get(path)
            #expect(late.status == 429)
            // A minute a request, of which some may have gone by on a busy machine.
            #expect((1...60).contains(late.headers[.retryAfter].flatMap { Int($0) } ?? 0))
            #expect(try await client.get("/accept/other").status == 404)
            #expect(try await client.get("/healthz").status == 200)
        }
        try await Home().visit(ServiceSettings(rateLimit: 0, version: "0")) { client async throws in
            for _ in 0..<50 { #expect(try await client.get(path).status == 200) }
        }
    }

    @Test("X-Forwarded-For is believed as far as trusted proxies wrote it")
    func blocks() {
        let blocks = ["10.0.0.0/8", "2001:db8::/33", "192.0.2.7"].compactMap(AddressBlock.init)
        #expect(blocks.count == 3)
        for text in ["10.0.0.0/33", "x", "10.0.0.0/-1", "10.0.0/8", ""] {
            #expect(AddressBlock(text) == nil, "\(text)")
        }
        func isTrusted(_ text: String) -> Bool? {
            NetworkAddress(text).map { address in blocks.contains { $0.contains(address) } }
        }
        #expect(isTrusted("10.255.1.2") == true)
        #expect(isTrusted("::ffff:10.1.1.1") == true)
        #expect(isTrusted("11.0.0.1") == false)
        #expect(isTrusted("[2001:db8:7fff::1]") == true)
        #expect(isTrusted("2001:db8:8000::1") == false)
        #expect(isTrusted("192.0.2.8") == false)
        #expect(isTrusted("nobody") == nil)
        #expect(
            NetworkAddress("2001:db8::1")?.client == NetworkAddress("2001:db8::ffff:1")?.client)
    }

    @Test("a link under the project's own path is found there")
    func acceptURL() async throws {
        try await Home().visit(acceptURL: "https://x.example/team/join/") { client async throws in
            #expect(try await client.get("/team/join/" + Home.token).status == 200)
            #expect(try await client.get(path).status == 200)
        }
        try await Home().visit(acceptURL: "https://x.example/a{b}") { client async throws in
            #expect(try await client.get(path).status == 200)
        }
    }

    @Test("no log line holds a token, at the most talkative level")
    func log() async throws {
        let home = try await Home()
        let settings = ServiceSettings(isVerbose: true, version: "0")
        try await home.visit(settings) { client async throws in
            _ = try await client.get(path)
            _ = try await client.get("/\(Home.token)")
            _ = try await client.get(path, method: .put)
            _ = try await client.post(path, "firstName=Secret")
            _ = try await client.post("/decline/" + Home.token)
            _ = try await client.get("/healthz")
        }
        #expect(home.log.count == 6)
        #expect(home.log.allSatisfy { !$0.contains("TTTT") && !$0.contains("Secret") })
        #expect(
            home.log[3]
                .hasPrefix("2026-11-22T10:00:00Z info request method=POST ms="))
        #expect(home.log[3].hasSuffix(" route=accept status=200\n"))
    }
}
