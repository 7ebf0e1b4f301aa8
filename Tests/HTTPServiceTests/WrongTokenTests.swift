import Hummingbird
import HummingbirdTesting
import Reconciliation
import Testing

/// Texts in the place of a token that are none, as a path has them.
private let wrongPaths = [
    "/accept/" + String(repeating: "U", count: 43),
    "/accept/" + String(repeating: "U", count: 42), "/accept/" + String(repeating: "U", count: 44),
    "/accept/" + String(repeating: "x", count: 10_000), "/accept", "/accept/", "/accept/x",
    "/accept/a%00b", "/accept/%00", "/accept/%ff%fe", "/accept/%E2%80%AE", "/accept/%zz",
    "/accept/%", "/accept/a%2Fb", "/accept/a/b", "/accept/..", "/accept/%2e%2e/healthz",
    "/accept/{token}", "/accept/*", "/accept/a%20b", "/accept/%0D%0AX-Evil:%201",
    "/accept/'%20OR%201=1--", "/accept//", "//accept//x", "/accept/x?y=z",
    // What is encoded twice is decoded once.
    "/accept/" + String(repeating: "%2554", count: 43),
]

@Suite("Wrong tokens") struct WrongTokenTests {
    @Test("whatever stands in the place of a token has one answer, to the byte and the header")
    func uniform() async throws {
        try await Home().visit { client async throws in
            let unknown = try await client.get(wrongPaths[0])
            #expect(unknown.status == 404 && unknown.body.contains("This link is not valid"))
            for path in wrongPaths {
                #expect(try await client.get(path) == unknown, "GET \(path.prefix(60))")
                #expect(
                    try await client.post(path, "answer=accept") == unknown,
                    "POST \(path.prefix(60))")
                let head = try await client.get(path, method: .head)
                #expect(head.headers == unknown.headers && head.body.isEmpty)
            }
            let declined = try await client.post("/decline/a%00b")
            #expect(declined == unknown)
        }
    }

    @Test("a token is the same however a mail program or a proxy writes its link")
    func encoded() async throws {
        let encoded = String(repeating: "%54", count: 43)
        for path in [
            "/accept/" + encoded, "/%61ccept/" + Home.token, "//accept/" + Home.token,
            "/accept//" + Home.token, "/accept/" + Home.token + "/",
            "/accept/" + Home.token + "?utm_source=mail",
        ] {
            let home = try await Home()
            try await home.visit { client async throws in
                #expect(try await client.get(path).status == 200, "\(path)")
                #expect(try await client.post(path).status == 200, "\(path)")
                let figures = try await client.get("/metrics").body
                for line in [
                    "muster_http_requests_total{route=\"accept\",method=\"GET\",status=\"200\"} 1",
                    "muster_http_requests_total{route=\"accept\",method=\"POST\",status=\"200\"} 1",
                ] {
                    #expect(figures.contains("\n\(line)\n"), "\(path): \(line)")
                }
                #expect(!figures.contains("\"other\"") && !figures.contains("TTTT"))
                #expect(!figures.contains("%54"))
            }
            #expect(home.log.allSatisfy { !$0.contains("TTTT") && !$0.contains("%54") })
        }
    }

    @Test("no figure has a label that a path could choose")
    func labels() async throws {
        try await Home().visit { client async throws in
            for path in wrongPaths + [
                "/x", "/healthz/x", "/decline/x", "/%22%7d%0amuster_evil%201", "/metrics%2f",
            ] {
                _ = try await client.get(path)
            }
            let figures = try await client.get("/metrics").body
            let routes = figures.matches(of: /route="([^"]*)"/).map { String($0.1) }
            #expect(Set(routes) == ["accept", "decline", "other"])
            #expect(!figures.contains("evil"))
        }
    }

    @Test("links at the root of a host of their own are found, and machines' pages stay")
    func root() async throws {
        try await Home().visit(acceptURL: "https://join.acme.example/") { client async throws in
            #expect(try await client.get("/" + Home.token).status == 200)
            #expect(try await client.get("/accept/" + Home.token).status == 200)
            #expect(try await client.get("/healthz").body == "alive\n")
            let wrong = try await client.get("/x")
            #expect(wrong.status == 404 && wrong.body.contains("This link is not valid"))
        }
    }

    @Test("a limit of requests about a token counts every way to write it")
    func limits() async throws {
        let settings = ServiceSettings(rateLimit: 2, version: "0")
        try await Home().visit(settings) { client async throws in
            let wrong = String(repeating: "U", count: 8)
            #expect(try await client.get("/accept/" + wrong + "1").status == 404)
            #expect(try await client.get("/accept/%55" + wrong.dropFirst() + "2").status == 404)
            #expect(try await client.get("//accept/" + wrong + "3").status == 429)
            #expect(try await client.post("/decline/" + wrong + "4").status == 429)
            #expect(try await client.get("/accept/" + Home.token).status == 200)
        }
    }

    @Test("a request that is no HTTP is answered as a wrong token, when it is about one")
    func broken() async throws {
        let site = try Site()
        let service = try site.serve("--verbose")
        let url = try await service.url()
        func answer(_ target: [UInt8], _ method: String = "GET") throws -> [String] {
            let wire = try Wire(to: url)
            wire.say(Array("\(method) ".utf8) + target)
            wire.say(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            // The moment differs, and who closed the connection.
            return wire.hear().split(separator: "\r\n").map(String.init)
                .filter {
                    !$0.lowercased().hasPrefix("date:") && $0.lowercased() != "connection: close"
                }
                .sorted()
        }
        let place = Array("/accept/".utf8)
        let unknown = try answer(place + Array(repeating: 0x55, count: 43))
        #expect(
            unknown.last?.hasPrefix("X-Frame") == true && unknown.contains("HTTP/1.1 404 Not Found")
        )
        for token: [UInt8] in [
            [0], [0x61, 0, 0x62], [0xFF, 0xFE], [0x61, 0x20, 0x62], [0x01, 0x7F], [0xC3, 0xA9],
            Array(repeating: 0x78, count: 10_000), Array(repeating: 0x78, count: 20_000),
            Array(repeating: 0x78, count: 200_000),
        ] {
            #expect(try answer(place + token) == unknown, "\(token.prefix(9)) \(token.count)")
            #expect(try answer(place + token, "POST") == unknown, "\(token.prefix(9))")
        }
        #expect(try answer([0x2F, 0]) == ["Content-Length: 0", "HTTP/1.1 400 Bad Request"])
        let figures = try answer(Array("/metrics".utf8)).joined(separator: "\n")
        #expect(figures.contains("route=\"accept\",method=\"POST\",status=\"404\"} 9\n"))
        service.interrupt()
        #expect(service.wait() == 0)
        #expect(!service.err.contains("xxxx"))
    }
}
