import AccessModel
import Glibc
import Storage
import Testing

/// The product against an independent model of the rules, over random lives.
///
/// `MUSTER_SEEDS=N` sets how many; a failure names the seed and all that happened until it failed,
/// which is the shortest beginning of that life that does.
@Suite("The model of the rules") struct ModelLawTests {
    private static let seeds = getenv("MUSTER_SEEDS").flatMap { Int(String(cString: $0)) } ?? 300
    private static let first = getenv("MUSTER_SEED").flatMap { Int(String(cString: $0)) } ?? 1

    @Test("Random lives: the stores are what the model says, after every event")
    func lives() async throws {
        var counts = ModelCounts()
        for seed in Self.first..<max(Self.first + 1, Self.seeds + 1) {
            var life = ModelledLife(seed: seed, withFile: seed % 10 == 0)
            for _ in 0..<20 {
                var broken = try await life.event()
                if broken.isEmpty { broken = try await life.compareStates() }
                if !broken.isEmpty {
                    print("INFO", life.desired.admins.map { "\($0.email) b\($0.blocked) c\($0.profile.isCompleteForAdmin)" }, life.model.people.mapValues { "\($0.isActivated) b\($0.isBlocked)" }, life.findings)
                    print("FACTS", life.model.facts.sorted().joined(separator: "\n  "), life.desired.memberships.map { "\n  want \($0.tenant)/\($0.email) \($0.grants) \($0.expires?.text ?? "") \($0.grantedBy?.canonical ?? "")" }.joined(), life.desired.identityUsers.map { "\n  want \($0.identity)/\($0.email) \($0.admin)" }.joined(), life.desired.admins.map { "\n  admin \($0.email) \($0.automation) \($0.expires?.text ?? "")"}.joined(), "\n  now", life.now.text, life.desired.project, "\n  MOVES", life.moves)
                    print("DIFF", seed, life.log.count, life.log.last ?? "", broken.prefix(4))
                    print("  ", life.desired.tenants.map { "\($0.name) \($0.management) \($0.presence)" }, life.desired.identities.map { "\($0.code) \($0.tenant)" })
                    break
                }
                try await life.remember()
            }
            for store in life.stores where life.inForce != nil {
                #expect(try await store.verifyAudit(expecting: nil).broken == nil, "seed \(seed)")
            }
            counts.add(life.counts)
        }
        if getenv("MUSTER_SEEDS") != nil { print(counts) }
    }

    private func story(_ life: ModelledLife, _ seed: Int) -> String {
        "seed \(seed): MUSTER_SEED=\(seed) MUSTER_SEEDS=\(seed) swift test --filter ModelLaw\n"
            + life.log.enumerated().map { "  \($0 + 1). \($1)" }.joined(separator: "\n")
    }
}
