import Glibc
import Storage
import Testing

/// The product against an independent model of the rules (`Model/`), over random lives of up to
/// 20 events: manifests, plans applied at once, later, twice and at the same time, answers to new
/// and old links, blocks, time, and changes by others, in memory and for every tenth on a file.
///
/// `MUSTER_SEEDS=N` sets how many lives, and `MUSTER_SEED=N` the first. A failure names the seed
/// and all that happened until it failed: the shortest beginning of that life that fails.
@Suite("The model of the rules") struct ModelLawTests {
    private static let first = number("MUSTER_SEED") ?? 1
    private static let last = number("MUSTER_SEEDS") ?? 300

    private static let events = number("MUSTER_SEEDS") == nil ? 15 : 20

    private static func number(_ name: String) -> Int? {
        getenv(name).flatMap { Int(String(cString: $0)) }
    }

    @Test("Random lives: the product plans, refuses, applies and keeps what the model says")
    func lives() async throws {
        var counts = ModelCounts()
        for seed in Self.first...max(Self.first, Self.last) {
            guard let life = try await whole(seed, events: Self.events) else { return }
            counts.add(life)
        }
        if Self.number("MUSTER_SEEDS") != nil { print(counts.text) }
        guard Self.last - Self.first > 200 else { return }
        // A simulation in which nothing happens, or everything is refused, would show nothing.
        for word in [
            "accept", "already", "applied", "at once", "dead link", "decline", "nothing", "outside",
            "refused", "refused by hand", "resend", "revoke", "stale",
        ] {
            #expect(counts.outcomes[word, default: 0] > 0, "no \(word)")
        }
        #expect(counts.refusals.count > 20 && counts.steps > counts.plans)
    }

    /// A saved plan removed somebody from one of two places, and others then took the second one.
    @Test("Lives that once went another way", arguments: [2470])
    func known(seed: Int) async throws { _ = try await whole(seed, events: 20) }

    /// - Returns: What happened in a life, or nothing when it went another way than the model's.
    private func whole(_ seed: Int, events: Int) async throws -> ModelCounts? {
        var life = ModelledLife(seed: seed, withFile: seed % 10 == 0)
        for _ in 0..<events {
            var broken = try await life.event()
            if broken.isEmpty { broken = try await life.compareStates() }
            #expect(broken == [], "\(life.story(seed))")
            if !broken.isEmpty { return nil }
            try await life.remember()
        }
        for store in life.stores where life.inForce != nil {
            #expect(try await store.verifyAudit(expecting: nil).broken == nil, "seed \(seed)")
        }
        return life.counts
    }
}
