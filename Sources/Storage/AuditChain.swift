internal import AccessModel

/// How audit entries hang together: each one's hash covers the one before it, its run and a digest
/// of what it says. Any edit of an entry, of its run or of their order breaks it from there on; a
/// cut tail is seen by whoever kept the head.
///
/// What is said of people is in the chain as a salted digest only: of each entry its `digest`, of
/// each run its `Grain`. So it can be erased and the chain still holds; and once the salt is gone
/// with it, nobody can find out by guessing what it was. What an erased entry or run says instead
/// is vouched for by an entry of the run that erased it (`AuditVouches`).
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

    /// What every entry of a run shares; computed once for each run.
    package struct Seal: Hashable, Sendable {
        fileprivate var bytes: [UInt8]
        /// Version 1 of the schema had the actor in the seal, and an entry's kind in its digest.
        fileprivate var isOfVersionOne: Bool
    }

    private let hash: Hash

    package init(hash: @escaping Hash) { self.hash = hash }

    /// The run with the digest of who made it.
    package func sealed(_ run: RunRecord, salt: String) -> SealedRun {
        SealedRun(run: run, grain: .init(salt: salt, digest: personalDigest(of: run, salt: salt)))
    }

    /// Who made a run, and where that person sat.
    func personalDigest(of run: RunRecord, salt: String) -> String {
        hash(Self.framed([salt, run.actor, run.systemUser, run.host]))
    }

    package func seal(_ sealed: SealedRun) -> Seal {
        let run = sealed.run
        let counts = Self.framed([String(run.changes), String(run.letters)])
        guard let grain = sealed.grain else {
            let fields = [
                String(run.number), run.kind.rawValue, run.actor, run.at.text, run.project,
                run.systemUser, run.host, run.ci, run.commit, run.plan,
            ]
            return Seal(bytes: Self.framed(fields) + counts, isOfVersionOne: true)
        }
        let fields = [
            "2", String(run.number), run.kind.rawValue, grain.digest, run.at.text, run.project,
            run.ci, run.commit, run.plan,
        ]
        return Seal(bytes: Self.framed(fields) + counts, isOfVersionOne: false)
    }

    package func link(
        _ entry: AuditEntry, after previous: String, run seal: Seal, salt: String
    ) -> Link {
        let content =
            seal.isOfVersionOne
            ? [
                salt, entry.actor, entry.address, entry.kind, entry.reason, entry.before,
                entry.after, entry.comment,
            ] : [salt, entry.actor, entry.address, entry.before, entry.after, entry.comment]
        let digest = hash(Self.framed(content))
        return Link(
            digest: digest, hash: hash(of: entry, digest: digest, after: previous, run: seal))
    }

    /// The hash of an entry whose content only the digest knows.
    func hash(
        of entry: AuditEntry, digest: String, after previous: String, run seal: Seal
    ) -> String {
        var fields: [String?] = [previous, String(entry.sequence), digest]
        if !seal.isOfVersionOne { fields += [entry.kind, entry.reason] }
        return hash(Self.framed(fields) + seal.bytes)
    }

    /// What vouches for an entry as it is now, whatever it was.
    package func vouch(for chained: ChainedEntry) -> String {
        let entry = chained.entry
        return hash(
            Self.framed([
                "entry", String(entry.sequence), String(entry.run), entry.actor, entry.address,
                entry.kind, entry.reason, entry.before, entry.after, entry.comment, chained.salt,
                chained.previous, chained.link.digest, chained.link.hash,
            ]))
    }

    /// What vouches for a run as it is now.
    package func vouch(for sealed: SealedRun) -> String {
        let run = sealed.run
        return hash(
            Self.framed([
                "run", String(run.number), run.kind.rawValue, run.actor, run.at.text, run.project,
                run.systemUser, run.host, run.ci, run.commit, run.plan, String(run.changes),
                String(run.letters), sealed.grain?.salt, sealed.grain?.digest,
            ]))
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
    /// Empty once the content was erased.
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

/// A run as a store keeps it.
package struct SealedRun: Hashable, Sendable {
    package struct Grain: Hashable, Sendable {
        /// Empty once the run's person was erased.
        package var salt: String
        /// Of the run's person, under the salt.
        package var digest: String

        package init(salt: String, digest: String) {
            self.salt = salt
            self.digest = digest
        }
    }

    package var run: RunRecord
    /// `nil`: written by version 1.
    package var grain: Grain?

    package init(run: RunRecord, grain: Grain?) {
        self.run = run
        self.grain = grain
    }
}
