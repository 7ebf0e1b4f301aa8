package import AccessModel

/// What an erasure leaves of the audit, and what the run that erases says of it.
package struct ForgetDraft: Sendable {
    private let erasure: Erasure
    private let chain: AuditChain
    /// As they are from now on, in the order of their numbers.
    package private(set) var runs: [SealedRun] = []
    package private(set) var entries: [ChainedEntry] = []
    /// The others of `entries` are unchanged and only vouched for.
    package private(set) var erasedEntries = 0
    private var unsealed: Set<Int64> = []

    package init(_ erasure: Erasure, _ chain: AuditChain) {
        self.erasure = erasure
        self.chain = chain
    }

    /// Runs go before entries.
    package mutating func add(_ sealed: SealedRun) {
        guard let erased = erasure.erased(sealed.run) else { return }
        var grain = sealed.grain
        grain?.salt = ""
        if grain == nil { unsealed.insert(sealed.run.number) }
        runs.append(SealedRun(run: erased, grain: grain))
    }

    /// An entry is also vouched for when its run was sealed by version 1, for then the person who
    /// made the run is in the entry's hash, which nobody can compute any more.
    package mutating func add(_ chained: ChainedEntry) {
        var left = chained
        if let erased = erasure.erased(chained.entry) {
            left.entry = erased
            left.salt = ""
            erasedEntries += 1
        } else if !unsealed.contains(chained.entry.run) {
            return
        }
        entries.append(left)
    }

    /// The entries of the run that erases.
    package func statements(of run: RunRecord, after last: Int64) -> [AuditEntry] {
        var statements: [AuditEntry] = []
        func add(_ kind: String, _ address: String, _ after: String?) {
            statements.append(
                AuditEntry(
                    sequence: last + Int64(statements.count) + 1, run: run.number,
                    actor: run.actor, address: address, kind: kind, after: after))
        }
        add(Forgetting.person, Address.account(erasure.pseudonym).text, nil)
        for run in runs {
            add(
                Forgetting.run, "run:\(run.run.number)", Forgetting.statement(chain.vouch(for: run))
            )
        }
        for entry in entries {
            add(
                Forgetting.entry, "entry:\(entry.entry.sequence)",
                Forgetting.statement(chain.vouch(for: entry)))
        }
        return statements
    }
}

extension Erasure {
    /// A letter to somebody else without the person as its inviter; `nil` when it has another.
    package func erased(_ letter: Letter, inviter: String) -> Letter? {
        var erased = letter
        if isPerson(letter.inviter) { erased.inviter = inviter }
        if let address = letter.replyTo, isAddress(address) {
            erased.inviter = inviter
            erased.replyTo = nil
        }
        return erased == letter ? nil : erased
    }
}

extension Scope {
    package func with(_ email: EmailAddress) -> Scope {
        switch self {
        case .membership(let tenant, _): .membership(tenant, email)
        case .identityUser(let code, _): .identityUser(code, email)
        }
    }
}
