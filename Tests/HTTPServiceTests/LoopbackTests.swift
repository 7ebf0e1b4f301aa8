import AsyncHTTPClient
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import Support
import Testing

/// The built program on this machine's own network.
@Suite("The service on a network", .serialized) struct LoopbackTests {
    @Test("a thousand views of a link change no byte of the store, and no log line has the token")
    func views() async throws {
        let site = try Site()
        let token = try site.token()
        let service = try site.serve("--verbose")
        let url = try await service.url() + "/accept/" + token
        let before = try site.storeBytes()
        for _ in 0..<20 {
            let views = try await all(50) { try await get(url) }
            #expect(views.allSatisfy { $0.status == 200 })
        }
        #expect(try site.storeBytes() == before)
        service.interrupt()
        #expect(service.wait() == 0)
        #expect(!service.err.contains(token.prefix(8)))
        #expect(service.err.contains("notice stopped"))
    }

    @Test("of an acceptance and a revocation at once, one wins and the other is told so")
    func race() async throws {
        for _ in 0..<5 {
            let site = try Site()
            let token = try site.token()
            let service = try site.serve()
            let url = try await service.url() + "/accept/" + token
            async let revoked = Task.detached {
                try site.muster("invitation", "revoke", "ann@acme.example", "--operator")
            }.value
            async let accepted = post(url)
            let (exit, status) = (try await Int(revoked.exit), try await accepted.status)
            #expect([[0, 404], [3, 200]].contains([exit, status]), "\(exit) \(status)")
            #expect(try site.muster("audit", "verify").exit == 0)
        }
    }

    @Test("slow, large and malformed requests are ended, and others are served meanwhile")
    func hostile() async throws {
        let site = try Site()
        let service = try site.serve()
        let url = try await service.url()
        let slow = try (0..<40).map { _ in try Wire(to: url) }
        for (place, wire) in slow.enumerated() {
            // A head that never ends, or a body.
            wire.say(
                place < 20
                    ? "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "
                    : "POST /accept/\(place) HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\nanswer=accept")
        }
        let start = ContinuousClock.now
        let drip = Task {
            for _ in 0..<100 {
                try await Task.sleep(for: .milliseconds(250))
                guard slow.allSatisfy({ $0.say("a") }) else { return }
            }
        }
        #expect(try await get(url + "/healthz").status == 200)
        let large = String(repeating: "a", count: 1 << 20)
        for text in [
            "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: \(large)",
            "GET /\(large) HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nX: \r\n\u{0}\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "POST /accept/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        ] {
            let wire = try Wire(to: url)
            wire.say(text)
            let answer = wire.hear()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(80))")
        }
        _ = try await drip.value
        for wire in slow { #expect(!wire.hear().hasPrefix("HTTP/1.1 200")) }
        #expect(start.duration(to: .now) < .seconds(40))
        #expect(try await get(url + "/healthz").status == 200)
    }

    @Test(
        "a store that is locked, damaged or gone is not ready within two seconds; the process lives"
    )
    func readiness() async throws {
        let site = try Site()
        let service = try site.serve()
        let url = try await service.url()
        #expect(try await get(url + "/readyz").body == "ready\n")
        let script = """
            import sqlite3, sys, time
            store = sqlite3.connect(sys.argv[1], isolation_level=None)
            store.execute(sys.argv[2])
            time.sleep(60)
            """
        // One keeps readers out as well, the other only those who would write.
        for lock in ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"] {
            let other = try Child(
                "/usr/bin/python3", ["-c", script, site.store, lock], below: site.folder.path,
                environment: [:])
            try await Task.sleep(for: .seconds(1.5))
            let start = ContinuousClock.now
            async let alive = get(url + "/healthz")
            let locked = try await get(url + "/readyz")
            #expect(start.duration(to: .now) < .seconds(2))
            #expect(locked.status == 503 && locked.body == "not ready: locked\n")
            #expect(try await alive.status == 200)
            other.interrupt(SIGKILL)
            other.wait()
            try await Task.sleep(for: .seconds(1.1))
            #expect(try await get(url + "/readyz").status == 200)
        }
        var bytes = try site.storeBytes()
        bytes.replaceSubrange(4_096..<6_000, with: Data(repeating: 0xA5, count: 1_904))
        try bytes.write(to: URL(filePath: site.store))
        try await Task.sleep(for: .seconds(1.1))
        #expect(try await get(url + "/readyz").body == "not ready: damaged\n")
        unlink(site.store)
        try await Task.sleep(for: .seconds(1.1))
        #expect(try await get(url + "/readyz").body == "not ready: no store\n")
    }

    @Test("an answer that waits for the store is finished before the service stops")
    func graceful() async throws {
        let site = try Site()
        let token = try site.token()
        let service = try site.serve()
        let url = try await service.url()
        let script = """
            import fcntl, sys, time
            lock = open(sys.argv[1] + ".lock", "a")
            fcntl.flock(lock, fcntl.LOCK_EX)
            print("held", flush=True)
            time.sleep(3)
            """
        let holder = try Child(
            "/usr/bin/python3", ["-c", script, site.store], below: site.folder.path,
            environment: [:])
        for _ in 0..<200 where holder.out.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        async let answer = post(url + "/accept/" + token)
        try await Task.sleep(for: .seconds(1))
        service.interrupt()
        #expect(try await answer.status == 200)
        #expect(service.wait() == 0)
        holder.wait()
        #expect(try site.muster("history", "--format", "json").out.contains("\"accept\""))
    }

    @Test("a body without end is refused and its connection closed, in little memory")
    func hugeBodies() async throws {
        let site = try Site()
        let service = try site.serve()
        let url = try await service.url()
        #expect(try await get(url + "/healthz").status == 200)
        let before = try service.megabytes
        let start = ContinuousClock.now
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
        let heads = ["Content-Length: 9999999999\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"]
        let said = try await all(16) {
            let wire = try Wire(to: url)
            let head = heads.randomElement() ?? ""
            wire.say(
                "POST /accept/x HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\n" + head)
            let isChunked = head.hasPrefix("T")
            while start.duration(to: .now) < .seconds(30) {
                guard !isChunked || wire.say("100000\r\n"), wire.say(piece),
                    !isChunked || wire.say("\r\n")
                else { break }
            }
            return wire.hear()
        }
        #expect(start.duration(to: .now) < .seconds(20))
        for answer in said {
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer.prefix(80))")
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
        #expect(try service.megabytes - before < 64)
        #expect(try await get(url + "/healthz").status == 200)
    }

    @Test("one token that is asked for from everywhere waits, and so does one client")
    func limits() async throws {
        let site = try Site()
        let service = try site.serve("--rate-limit", "2", "--trusted-proxy", "127.0.0.1")
        let url = try await service.url()
        func status(_ token: String, from client: String) async throws -> Int {
            var request = HTTPClientRequest(url: url + "/accept/" + token)
            request.headers.add(name: "X-Forwarded-For", value: client)
            return try await answer(to: request).status
        }
        // The beginning counts, so that no token is found by its end.
        var statuses: [Int] = []
        for place in 0..<6 {
            statuses.append(try await status("SAMESAME\(place)", from: "198.51.100.\(place)"))
        }
        #expect(statuses == [404, 404, 429, 429, 429, 429])
        statuses = []
        for place in 0..<6 {
            // One network of IPv6 is one client.
            statuses.append(try await status("\(place)OTHER", from: "2001:db8::\(place)"))
        }
        #expect(statuses == [404, 404, 429, 429, 429, 429])
        #expect(try await status("THIRD", from: "2001:db8:1::1") == 404)
        #expect(try await status("FOURTH", from: "nonsense, ,") == 404)
    }

    @Test("clients are told apart by what a trusted proxy says, and by nobody else's word")
    func proxies() async throws {
        let site = try Site()
        func statuses(_ service: Child, _ client: String) async throws -> [Int] {
            let url = try await service.url()
            var statuses: [Int] = []
            for _ in 0..<3 {
                let token = String(UInt64.random(in: 1 << 60 ... .max), radix: 36)
                var request = HTTPClientRequest(url: url + "/accept/" + token)
                request.headers.add(name: "X-Forwarded-For", value: "203.0.113.9, \(client)")
                statuses.append(try await answer(to: request).status)
            }
            return statuses
        }
        let trusting = try site.serve("--rate-limit", "2", "--trusted-proxy", "127.0.0.0/8")
        #expect(try await statuses(trusting, "198.51.100.1") == [404, 404, 429])
        #expect(try await statuses(trusting, "198.51.100.2") == [404, 404, 429])
        let wary = try site.serve("--rate-limit", "2")
        #expect(try await statuses(wary, "198.51.100.1") == [404, 404, 429])
        #expect(try await statuses(wary, "198.51.100.2") == [429, 429, 429])
    }

    @Test("an address that cannot be had is said with its cause and a way out")
    func addresses() async throws {
        let site = try Site()
        let service = try site.serve()
        let address = try await service.url().replacing("http://", with: "")
        func said(_ address: String) throws -> String {
            let other = try site.serve("--listen", address)
            #expect(other.wait() == 1)
            return other.err
        }
        #expect(
            try said(address) == """
                error: cannot listen on \(address): another program listens there. Stop it, or \
                pass --listen with another port; port 0 takes a free one.

                """)
        #expect(
            try said("203.0.113.1:8080") == """
                error: cannot listen on 203.0.113.1:8080: this machine has no such address. Pass \
                --listen with one that it has; :8080 is all of them.

                """)
        #expect(
            try said("nowhere.example:8080") == """
                error: cannot listen on nowhere.example:8080: no host has that name here. Pass \
                --listen with an address of this machine.

                """)
    }

    @Test("a disk that is full is not ready within two seconds")
    func fullDisk() async throws {
        let site = try Site()
        // No file can grow beyond what the store has already, and a little.
        let blocks = try site.storeBytes().count / 512 + 1_024
        let service = try Child(
            "/bin/sh",
            [
                "-c", "ulimit -f \(blocks); exec \"$@\"", "sh", Child.programs + "/muster", "-C",
                site.folder.path, "serve", "--listen", "127.0.0.1:0",
            ], below: site.folder.path, environment: [:])
        let url = try await service.url()
        let start = ContinuousClock.now
        let answer = try await get(url + "/readyz")
        #expect(start.duration(to: .now) < .seconds(2))
        #expect(answer.status == 503 && answer.body == "not ready: full\n")
        #expect(try await get(url + "/healthz").status == 200)
    }

    @Test("wrong usage is said before anything listens")
    func usage() throws {
        let site = try Site()
        func exit(_ words: String..., environment: [String: String] = [:]) throws -> Int32 {
            try Child(
                "muster", ["-C", site.folder.path, "serve", "--listen", "127.0.0.1:0"] + words,
                below: site.folder.path, environment: environment
            ).wait()
        }
        #expect(
            try exit(environment: ["MUSTER_CLOCK": "2026-11-22T10:00:00Z"]) == 64)
        #expect(try exit("--listen", "nowhere") == 64)
        #expect(try exit("--tls-cert", "x") == 64)
        #expect(try exit("--trusted-proxy", "x") == 64)
        #expect(try exit("--drift-every", "soon") == 64)
        #expect(try exit("--drift-webhook", "https://x.example/") == 64)
        #expect(try exit("--drift-every", "1m", "--drift-webhook", "http://x.example/") == 64)
        #expect(try exit("--tls-cert", "/none", "--tls-key", "/none") == 1)
        #expect(try exit("--listen", "203.0.113.1:1") == 1)
    }
}
