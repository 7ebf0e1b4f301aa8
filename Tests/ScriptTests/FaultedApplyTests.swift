import FoundationEssentials
import Support
import Testing

/// The built program and a server that fails while it applies.
///
/// `MUSTER_FAULTS=N` tries a twentieth of N of each kind; what happens when follows from the number
/// of the round.
@Suite(
    "An apply and a server that fails",
    .enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.hint)), .serialized)
struct FaultedApplyTests {
    private static let rounds = max(1, PostgresServer.faults / 20)

    @Test(
        "ends with 7 when the commit or its answer is lost, and tells when it is run again",
        arguments: [true, false])
    func lost(isSaved: Bool) throws {
        let proxy = try CuttingProxy()
        defer { proxy.stop() }
        var scene = try Scene(store: PostgresServer.newStore(), isSaved: isSaved)
        for _ in 1...Self.rounds {
            for cut in [CuttingProxy.Cut.before, .after, .panic] {
                try scene.invite()
                proxy.cutNext(cut)
                let first = try scene.apply(by: proxy.address(of: scene.store))
                #expect(first.exit == 7 && proxy.hasCut, "\(cut): \(first)")
                #expect(first.err.contains("Run the same command again; it will tell."))
                let second = try scene.apply()
                let told = cut == .before ? "Applied as run" : isSaved ? "already applied" : ""
                #expect(second.exit == 0 && second.out.contains(told), "\(cut): \(second)")
                try scene.check()
            }
        }
    }

    @Test(
        "changes nothing or everything when the server restarts or ends its session at any moment",
        arguments: [true, false])
    func restarted(isSaved: Bool) async throws {
        let folder = TemporaryFolder()
        try await PostgresServer.withVictim {
            _ = try ProcessRun.of(
                [PostgresServer.restart, "fast"], in: "/", input: "",
                environment: ["PATH": Scene.path], scratch: folder.path)
            var scene = try Scene(store: PostgresServer.newVictimStore(), isSaved: isSaved)
            for round in 1...Self.rounds {
                for fault in ["immediate", "fast", "end"] {
                    try scene.invite()
                    let first = try scene.apply(while: fault, round: round)
                    #expect([0, 1, 5, 7].contains(first.exit), "\(fault): \(first)")
                    let plan = try scene.muster("plan", "--operator", "--detailed-exitcode")
                    let isApplied = plan.exit == 0
                    #expect(
                        first.exit == 7 || isApplied == (first.exit != 1),
                        "\(fault): \(first), then \(plan)")
                    let second = try scene.apply()
                    #expect(second.exit == 0, "\(fault): \(second)")
                    try scene.check()
                }
            }
        }
    }
}

/// A project that invites one person more in each round.
private struct Scene {
    let store: String
    let isSaved: Bool
    private let project = TemporaryFolder()
    private let other = TemporaryFolder()
    private var people = 0

    private var folder: String { project.path }
    private var scratch: String { other.path }

    static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    init(store: String, isSaved: Bool) throws {
        (self.store, self.isSaved) = (store, isSaved)
        try write(
            """
            kind: Project
            name: acme-access
            invitations:
              from: Acme Access <access@acme.example>
              acceptURL: https://access.acme.example/accept
            """, to: "muster.yaml")
        try write(
            """
            kind: Role
            name: access_read
            ---
            kind: Tenant
            name: production
            availableRoles: [access_read]
            """, to: "access.yaml")
        let first = try muster("apply", "--operator", "--yes")
        try #require(first.exit == 0, "\(first)")
    }

    private func write(_ text: String, to name: String) throws {
        try Data((text + "\n").utf8).write(to: URL(filePath: folder + "/" + name))
    }

    /// One person more in the manifests, and in the saved plan.
    mutating func invite() throws {
        people += 1
        try write(
            """
            kind: Admin
            email: p\(people)@acme.example
            firstName: Pat
            lastName: Doe
            mobile: "+31612345671"
            memberships:
              - { tenant: production, roles: [access_read] }
            """, to: "p\(people).yaml")
        guard isSaved else { return }
        let plan = try muster("plan", "--operator", "--out", "plan.json")
        try #require(plan.exit == 0, "\(plan)")
    }

    func apply(by address: String? = nil) throws -> ProcessRun {
        try isSaved
            ? muster("apply", "plan.json", "--operator", by: address)
            : muster("apply", "--operator", "--yes", by: address)
    }

    /// - Parameter fault: A way to restart the server, or `end` for the sessions alone.
    func apply(while fault: String, round: Int) throws -> ProcessRun {
        let moment = Double((round * 37 + people * 61) % 100) / 100
        let server = store.split(separator: "&schema=")[0]
        let session = store.split(separator: "application_name=")[1]
        let trouble =
            fault == "end"
            ? """
            psql -qXAt '\(server)' -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE application_name = '\(session)'"
            """ : "'\(PostgresServer.restart)' \(fault)"
        let command =
            isSaved
            ? "\"$0\" apply plan.json --operator" : "\"$0\" apply --operator --yes"
        let script =
            "(sleep \(moment); \(trouble)) >/dev/null 2>&1 & \(command); code=$?; wait; exit $code"
        return try run(["sh", "-c", script, ProcessRun.muster()], store)
    }

    func muster(_ words: String..., by address: String? = nil) throws -> ProcessRun {
        try run([ProcessRun.muster()] + words, address ?? store)
    }

    private func run(_ words: [String], _ address: String) throws -> ProcessRun {
        try ProcessRun.of(
            words, in: folder, input: "",
            environment: [
                "PATH": Self.path, "HOME": scratch, "MUSTER_STORE": address,
                "MUSTER_CLOCK": "2026-11-22T10:00:00Z",
                "MUSTER_INVITATION_KEY": String(repeating: "0123456789abcdef", count: 4),
            ], scratch: scratch)
    }

    /// Nothing is left to do, the chain is whole, and everybody has one letter.
    func check() throws {
        for words in [["plan", "--operator", "--detailed-exitcode"], ["audit", "verify"]] {
            let run = try run([ProcessRun.muster()] + words, store)
            #expect(run.exit == 0, "\(words): \(run)")
        }
        let letters = folder + "/.muster/mail/new"
        var recipients = try FileManager.default.contentsOfDirectory(atPath: letters).map { name in
            let text = String(
                decoding: try Data(contentsOf: URL(filePath: letters + "/" + name)), as: UTF8.self)
            return text.split(separator: "\n").first { $0.hasPrefix("To:") }.map { String($0) }
                ?? ""
        }
        recipients.sort()
        #expect(recipients.count == people && Set(recipients).count == people, "\(recipients)")
    }
}
