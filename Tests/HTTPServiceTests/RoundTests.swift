import FoundationEssentials
import Glibc
import Hummingbird
import HummingbirdTesting
import Support
import Synchronization
import Testing

/// What the built program does on its own account.
@Suite("The service's rounds", .serialized) struct RoundTests {
    @Test("drift is told when it changes; who could not be told is told again, and nobody else")
    func drift() async throws {
        let site = try Site()
        let hook = Hook()
        try await hook.listen { url in
            let service = try site.serve(
                "--drift-every", "1s", "--drift-webhook", url, "--drift-mail",
                "ops@acme.example", environment: ["MUSTER_WEBHOOK_KEY": "0123456789abcdef"])
            _ = try await service.url()
            hook.answer(.internalServerError)
            try site.change("UPDATE roles SET title = 'Everything'")
            try await hook.wait(for: 2)
            #expect(try site.mails == 1)
            hook.answer(.noContent)
            let refused = hook.posts.count
            try await hook.wait(for: refused + 1)
            let last = try #require(hook.posts.last)
            #expect(last.body.contains("\"drift\"") && last.body.contains("Everything"))
            #expect(last.signature.wholeMatch(of: /t=[0-9]{10},v1=[0-9a-f]{64}/) != nil)
            let told = hook.posts.count
            try await Task.sleep(for: .seconds(2.5))
            #expect(hook.posts.count == told)
            #expect(try site.mails == 1)
            // Another change of the same object is another drift.
            try site.change("UPDATE roles SET title = 'Nothing'")
            try await hook.wait(for: told + 1)
            try await Task.sleep(for: .seconds(2.5))
            #expect(hook.posts.count == told + 1)
            #expect(try site.mails == 2)
            #expect(hook.posts.last?.body.contains("Nothing") == true)
            try site.change("UPDATE roles SET title = 'Read access'")
            try await hook.wait(for: told + 2)
            service.interrupt()
            #expect(service.wait() == 0)
            #expect(try site.mails == 3)
            let again = try site.serve(
                "--drift-every", "1s", "--drift-webhook", url, "--drift-mail", "ops@acme.example")
            _ = try await again.url()
            try await Task.sleep(for: .seconds(2.5))
            #expect(hook.posts.count == told + 2)
            #expect(try site.mails == 3)
            #expect(!service.err.contains(url))
        }
    }

    @Test("mail of drift that does not leave is tried at each look, and nobody else is told again")
    func failingMail() async throws {
        // Nothing listens there.
        let site = try Site(settings: "delivery: smtp://127.0.0.1:1?tls=none")
        let hook = Hook()
        try await hook.listen { url in
            let service = try site.serve(
                "--drift-every", "1s", "--drift-webhook", url, "--drift-mail", "ops@acme.example")
            _ = try await service.url()
            try site.change("UPDATE roles SET title = 'Everything'")
            try await hook.wait(for: 1)
            func failures() -> Int { service.err.matches(of: /error drift mail\s/).count }
            for _ in 0..<300 where failures() < 3 {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(failures() >= 3)
            #expect(hook.posts.count == 1)
            #expect(service.err.matches(of: /warning drift objects=1/).count == 1)
        }
    }

    @Test("manifests that become invalid are logged once, and stop nothing")
    func invalidManifests() async throws {
        let site = try Site()
        let service = try site.serve("--drift-every", "1s")
        let url = try await service.url()
        func wait(for text: String) async throws {
            for _ in 0..<300 where !service.err.contains(text) {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        try site.write("broken.yaml", "kind: Nothing\n")
        try await wait(for: "warning manifests are invalid errors=1 first=E101")
        try await Task.sleep(for: .seconds(2.5))
        #expect(try await get(url + "/metrics").body.contains("\nmuster_manifests_invalid 1\n"))
        #expect(try await get(url + "/readyz").status == 200)
        unlink(site.folder.path + "/broken.yaml")
        try await wait(for: "notice manifests are valid again")
        service.interrupt()
        #expect(service.wait() == 0)
        #expect(service.err.matches(of: /manifests are\s/).count == 2)
    }
}

extension Site {
    /// As somebody would who has the file and no `muster`.
    fileprivate func change(_ statement: String) throws {
        let script = """
            import sqlite3, sys
            store = sqlite3.connect(sys.argv[1], timeout=20)
            store.execute(sys.argv[2])
            store.commit()
            """
        let child = try Child(
            "/usr/bin/python3", ["-c", script, store, statement], below: folder.path,
            environment: [:])
        #expect(child.wait() == 0, "\(child.err)")
    }

    /// How many letters have arrived.
    var mails: Int {
        get throws {
            let folder = folder.path + "/.muster/mail/new"
            guard FileManager.default.fileExists(atPath: folder) else { return 0 }
            return try FileManager.default.contentsOfDirectory(atPath: folder).count
        }
    }
}

/// An endpoint that remembers what it was sent.
private final class Hook: Sendable {
    struct Post {
        var body: String
        var signature: String
    }

    private let status = Mutex<HTTPResponse.Status>(.noContent)
    private let received = Mutex<[Post]>([])

    var posts: [Post] { received.withLock { $0 } }

    func answer(_ status: HTTPResponse.Status) { self.status.withLock { $0 = status } }

    func wait(for count: Int) async throws {
        for _ in 0..<300 where posts.count < count {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(posts.count >= count)
    }

    func listen(_ work: @Sendable (String) async throws -> Void) async throws {
        let router = Router()
        router.post("/hook") { [self] request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            let signature = request.headers[.init("Muster-Signature")!] ?? ""
            received.withLock { $0.append(Post(body: String(buffer: body), signature: signature)) }
            return status.withLock { $0 }
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client in
            try await work("http://127.0.0.1:\(client.port ?? 0)/hook")
        }
    }
}
