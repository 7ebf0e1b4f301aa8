import Hummingbird
import HummingbirdTesting
import Reconciliation
import Storage
import Testing

@Suite("Health, readiness and figures") struct HealthTests {
    @Test("the process lives whatever the store says; readiness tells why not")
    func ready() async throws {
        let home = try await Home()
        try await home.visit { client async throws in
            #expect(try await client.get("/healthz").body == "alive\n")
            #expect(try await client.get("/readyz").body == "ready\n")
        }
        let failures: [(StoreError, String)] = [
            (.locked(nil), "locked"), (.damaged("p", reason: "r"), "damaged"),
            (.newer(found: 9, known: 2), "newer schema"), (.absent("p"), "no store"),
        ]
        for (failure, word) in failures {
            let home = try await Home()
            try await home.visit { client async throws in
                home.fail(failure)
                let answer = try await client.get("/readyz")
                #expect(answer.status == 503)
                #expect(answer.body == "not ready: \(word)\n")
                #expect(try await client.get("/healthz").status == 200)
            }
        }
    }

    @Test("a full disk is not ready")
    func full() async throws {
        let home = try await Home()
        home.setSpace(1 << 19)
        try await home.visit { client async throws in
            #expect(try await client.get("/readyz").body == "not ready: full\n")
        }
    }

    @Test("a store whose lock somebody holds is not ready")
    func locked() async throws {
        let home = try await Home()
        let holder = LockHolder(
            actor: "operator", systemUser: "test", host: "test", process: 1, since: home.now)
        let lock = try await home.store.lock(holder: holder, timeout: 0)
        try await home.visit { client async throws in
            #expect(try await client.get("/readyz").status == 503)
        }
        await lock.release()
    }

    @Test("the figures are the store's and the service's, in Prometheus' format")
    func metrics() async throws {
        let home = try await Home()
        try await home.visit { client async throws in
            _ = try await client.get("/accept/x")
            _ = try await client.post("/accept/" + Home.token)
            let answer = try await client.get("/metrics")
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                "# TYPE muster_runs_total counter", "muster_runs_total{kind=\"apply\"} 1",
                "muster_runs_total{kind=\"accept\"} 1", "muster_runs_total{kind=\"drop\"} 0",
                "muster_changes_total{kind=\"apply\"} 5",
                "muster_invitations{state=\"pending\"} 0", "muster_store_up 1",
                "muster_outbox_letters{state=\"waiting\"} 0",
                "muster_outbox_oldest_age_seconds 0", "muster_drift_objects 0",
                "muster_invitation_answers_total{outcome=\"accepted\"} 1",
                "muster_http_requests_total{route=\"accept\",method=\"GET\",status=\"404\"} 1",
                "muster_http_request_duration_seconds_count{route=\"accept\"} 2",
                "muster_http_request_duration_seconds_bucket{route=\"accept\",le=\"+Inf\"} 2",
            ] {
                #expect(answer.body.contains("\n\(line)\n"), "\(line)")
            }
            #expect(!answer.body.contains("TTTT"))
            let samples = answer.body.split(separator: "\n").filter { !$0.hasPrefix("#") }
            #expect(
                samples.allSatisfy {
                    $0.wholeMatch(of: /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+/)
                        != nil
                })
        }
    }
}
