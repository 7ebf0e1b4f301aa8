import AccessModel
import SQLStorage
import Storage

/// A whole audit log as a value, to be edited and verified a thousand times.
struct TamperedChain: Hashable {
    var runs: [SealedRun]
    var entries: [ChainedEntry]

    /// The log of a store, chained anew, with one person forgotten in it.
    init(of store: any Store, forgetting person: EmailAddress) async throws {
        let chain = AuditChain(hash: SHA256Digest.hexadecimal)
        (runs, entries) = ([], [])
        var erasure = Erasure(person, number: 1)
        for run in try await store.runs(limit: 100).reversed() {
            let audited = try await store.audit(.run(run.number))
            for entry in audited { erasure.learn(from: entry) }
            append(audited, of: run, chain)
        }
        var draft = ForgetDraft(erasure, chain)
        for run in runs { draft.add(run) }
        for chained in entries { draft.add(chained) }
        for run in draft.runs { runs[Int(run.run.number) - 1] = run }
        for chained in draft.entries { entries[Int(chained.entry.sequence) - 1] = chained }
        var run = makeRun(.forget)
        run.number = Int64(runs.count) + 1
        let statements = draft.statements(of: run, after: Int64(entries.count))
        run.changes = statements.count
        append(statements, of: run, chain)
    }

    private mutating func append(_ audited: [AuditEntry], of run: RunRecord, _ chain: AuditChain) {
        let sealed = chain.sealed(run, salt: "salt of run \(run.number)")
        runs.append(sealed)
        for entry in audited {
            let previous = entries.last?.link.hash ?? AuditChain.start
            let salt = "salt of entry \(entry.sequence)"
            let link = chain.link(entry, after: previous, run: chain.seal(sealed), salt: salt)
            entries.append(
                ChainedEntry(entry: entry, salt: salt, previous: previous, link: link))
        }
    }

    func verification(expecting head: String) -> AuditVerification {
        var vouches = AuditVouches()
        for chained in entries { vouches.add(chained.entry) }
        var walk = AuditWalk(
            AuditChain(hash: SHA256Digest.hexadecimal), runs: runs, vouches: vouches,
            expecting: head)
        for entry in entries { walk.visit(entry) }
        return walk.finish()
    }

    /// One edit of one thing, or a cut, a swap or a copy of entries.
    mutating func edit(_ dice: inout some RandomNumberGenerator) {
        let place = Int.random(in: entries.indices, using: &dice)
        let other = Int.random(in: entries.indices, using: &dice)
        let texts = [
            "x", "", "operator", "production/bob@acme.example", entries[other].entry.actor,
        ]
        let text = texts.randomElement(using: &dice)!
        switch Int.random(in: 0..<20, using: &dice) {
        case 0: entries[place].entry.actor = text
        case 1: entries[place].entry.address = text
        case 2: entries[place].entry.kind = text
        case 3: entries[place].entry.reason = text
        case 4: entries[place].entry.before = text
        case 5: entries[place].entry.after = text
        case 6: entries[place].entry.comment = text
        case 7: entries[place].salt = text
        case 8: entries[place].link.digest = entries[other].link.digest
        case 9: entries[place].link.hash = entries[other].link.hash
        case 10: entries[place].previous = entries[other].previous
        case 11: entries[place].entry.run = entries[other].entry.run
        case 12: entries.swapAt(place, other)
        case 13: entries.remove(at: place)
        case 14: entries[place].entry.after = entries[other].entry.after
        case 15: entries.removeLast(entries.count - place)
        default: editRun(text, &dice)
        }
    }

    private mutating func editRun(_ text: String, _ dice: inout some RandomNumberGenerator) {
        let place = Int.random(in: runs.indices, using: &dice)
        switch Int.random(in: 0..<8, using: &dice) {
        case 0: runs[place].run.actor = text
        case 1: runs[place].run.systemUser = text
        case 2: runs[place].run.kind = .import
        case 3: runs[place].run.commit = text
        case 4: runs[place].run.changes += 1
        case 5: runs[place].grain?.salt = text
        case 6: runs[place].grain?.digest = text
        default: runs[place].grain = nil
        }
    }

    func difference(from other: TamperedChain) -> String {
        let changed = entries.filter { !other.entries.contains($0) }.map { "\($0)" }
        return (changed + runs.filter { !other.runs.contains($0) }.map { "\($0)" })
            .joined(separator: "\n")
    }
}
