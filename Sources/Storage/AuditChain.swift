internal import AccessModel

/// How audit entries hang together: each one's hash covers the one before it, its run and a digest
/// of what it says. Any edit of an entry, of its run or of their order breaks it from there on; a
/// cut tail is seen by whoever kept the head.
package struct AuditChain: Sendable {
    /// SHA-256 as lower-case hexadecimal digits; an argument, for this floor has no cryptography.
    package typealias Hash = @Sendable ([UInt8]) -> String

    /// The head of a chain without entries.
    package static let start = String(repeating: "0", count: 64)

    package struct Link: Hashable, Sendable {
        /// Of the entry's content, under the salt.
        package var digest: String
        package var hash: String

        package init(digest: String, hash: String) {
            self.digest = digest
            self.hash = hash
        }
    }

    private let hash: Hash

    package init(hash: @escaping Hash) { self.hash = hash }

    /// What every entry of the run shares; computed once for each run.
    package func seal(_ run: RunRecord) -> [UInt8] {
        var bytes = Self.framed([
            String(run.number), run.kind.rawValue, run.actor, run.at.text, run.project,
            run.systemUser, run.host, run.ci, run.commit, run.plan,
        ])
        bytes += Self.framed([String(run.changes), String(run.letters)])
        return bytes
    }

    package func link(
        _ entry: AuditEntry, after previous: String, run seal: [UInt8], salt: String
    ) -> Link {
        let content = Self.framed([
            salt, entry.actor, entry.address, entry.kind, entry.reason, entry.before, entry.after,
            entry.comment,
        ])
        let digest = hash(content)
        return Link(
            digest: digest,
            hash: hash(Self.framed([previous, String(entry.sequence), digest]) + seal))
    }

    /// Fields as netstrings, so that no two lists of fields have the same bytes.
    private static func framed(_ fields: [String?]) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            guard let field else {
                bytes += "-,".utf8
                continue
            }
            bytes += String(field.utf8.count).utf8
            bytes.append(0x3A)
            bytes += field.utf8
            bytes.append(0x2C)
        }
        return bytes
    }
}

/// An entry with its place in the chain, as a store keeps it.
package struct ChainedEntry: Hashable, Sendable {
    package var entry: AuditEntry
    package var salt: String
    package var previous: String
    package var link: AuditChain.Link

    package init(entry: AuditEntry, salt: String, previous: String, link: AuditChain.Link) {
        self.entry = entry
        self.salt = salt
        self.previous = previous
        self.link = link
    }
}

/// Walks a chain from its first entry and keeps the first thing that does not fit.
package struct AuditWalk: Sendable {
    private let chain: AuditChain
    private var runs: [Int64: RunRecord] = [:]
    private var seals: [Int64: [UInt8]] = [:]
    private var counted: [Int64: Int] = [:]
    private var verification = AuditVerification(entries: 0, head: AuditChain.start)
    private let expected: String?

    /// - Parameters:
    ///   - runs: by number, ascending.
    ///   - expected: a hash that the chain should contain.
    package init(_ chain: AuditChain, runs: [RunRecord], expecting expected: String? = nil) {
        self.chain = chain
        self.expected = expected
        verification.containsExpected = expected.map { _ in false }
        for run in runs { self.runs[run.number] = run }
    }

    package mutating func visit(_ chained: ChainedEntry) {
        let expected = verification.entries + 1
        let previous = verification.head
        verification.entries += 1
        verification.head = chained.link.hash
        if self.expected == chained.link.hash { verification.containsExpected = true }
        guard verification.broken == nil else { return }
        if let reason = objection(to: chained, expected: expected, previous: previous) {
            verification.broken = .init(sequence: expected, reason: reason)
        }
    }

    /// Checks at last that no run lacks entries that it counted.
    package consuming func finish() -> AuditVerification {
        // The head of a chain without entries stands for nothing once there are some.
        if verification.entries == 0, expected == AuditChain.start {
            verification.containsExpected = true
        }
        if verification.broken == nil {
            let last = verification.entries + 1
            for (place, number) in runs.keys.sorted().enumerated() {
                if number != Int64(place) + 1 {
                    verification.broken = .init(
                        sequence: last, reason: "run \(place + 1) is missing")
                    break
                }
                if let run = runs[number], run.changes != counted[number, default: 0] {
                    verification.broken = .init(
                        sequence: last,
                        reason: "run \(number) made \(run.changes) changes, and "
                            + "\(counted[number, default: 0]) are here")
                    break
                }
            }
        }
        return verification
    }

    private mutating func objection(
        to chained: ChainedEntry, expected: Int64, previous: String
    ) -> String? {
        let entry = chained.entry
        guard entry.sequence == expected else { return "entry \(expected) is missing" }
        guard let run = runs[entry.run] else { return "its run, \(entry.run), is missing" }
        guard chained.previous == previous else { return "it does not follow the entry before it" }
        let seal = seals[entry.run] ?? chain.seal(run)
        seals[entry.run] = seal
        counted[entry.run, default: 0] += 1
        let link = chain.link(entry, after: previous, run: seal, salt: chained.salt)
        guard link.digest == chained.link.digest else { return "its content was changed" }
        guard link.hash == chained.link.hash else { return "it, or its run, was changed" }
        return nil
    }
}
